/// An address of this program with its query, and its variations: another order, another page.
package struct PageLink: Sendable {
    package let path: String
    private var query: [(name: String, value: String)]

    package init(_ path: String, _ query: KeyValuePairs<String, String?> = [:]) {
        self.path = path
        self.query = query.compactMap { name, value in value.map { (name, $0) } }
    }

    /// The same address with one field of the query set, or removed by nil.
    package func with(_ name: String, _ value: String?) -> PageLink {
        var link = self
        link.query.removeAll { $0.name == name }
        if let value { link.query.append((name, value)) }
        return link
    }

    package var text: String {
        guard !query.isEmpty else { return path }
        return path + "?"
            + query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
            .joined(separator: "&")
    }

    /// Percent-encoded for a path segment or a query value: unreserved characters stay (RFC 3986).
    package static func encoded(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
            }
        }
    }

    /// Whether an address that came with a request leads back to this program and nowhere else.
    package static func isLocal(_ address: String) -> Bool {
        let bytes = Array(address.utf8)
        guard bytes.count <= 2_000, bytes.first == UInt8(ascii: "/") else { return false }
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        return isPlain && bytes.dropFirst().first != UInt8(ascii: "/")
    }
}
