import Foundation

/// The fields of a query or of a posted form, in order; a name may stand more than once.
package struct Form: Sendable {
    /// More than any form of ours has, a page of checkboxes included.
    private static let fieldMaximum = 2_000

    private let fields: [(name: String, value: String)]

    package init() {
        fields = []
    }

    /// Nil for what is not a form: broken percent signs, no UTF-8, NUL, or too many fields.
    package init?(encoded text: some StringProtocol) {
        let pairs = text.utf8.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= Self.fieldMaximum else { return nil }
        var fields: [(name: String, value: String)] = []
        for pair in pairs {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]),
                let value = parts.count == 2 ? Self.decoded(parts[1]) : ""
            else { return nil }
            fields.append((name, value))
        }
        self.fields = fields
    }

    /// The first value of that name, trimmed; nil where it is missing or blank.
    package subscript(name: String) -> String? {
        let value = fields.first { $0.name == name }?.value
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return value?.isEmpty == false ? value : nil
    }

    /// The first value of that name as it was typed, for what must not be trimmed: a password.
    package func exact(_ name: String) -> String {
        fields.first { $0.name == name }?.value ?? ""
    }

    package func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// Nil for broken percent signs, no UTF-8, or NUL. NFC, because Swift takes two forms of one letter for equal and SQLite does not.
    static func decoded(_ bytes: some Collection<UInt8>) -> String? {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit)
                else { return nil }
                plain.append(high << 4 | low)
            default: plain.append(byte)
            }
        }
        guard !plain.contains(0) else { return nil }
        return String(validating: plain, as: UTF8.self)?.precomposedStringWithCanonicalMapping
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
