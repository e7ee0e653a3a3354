/// The version of both programs; it grows with what operators and peers can notice.
package enum Version {
    package static let current = "0.3.0"
}
