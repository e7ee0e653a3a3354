import Glibc

/// The disk or a given file failed; the sentence tells the operator what and why.
package struct WorldFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    init(_ operation: String, _ path: String, errno code: Int32) {
        description = "cannot \(operation) \(path): \(String(cString: strerror(code)))"
    }
}
