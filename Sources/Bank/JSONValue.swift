/// A JSON document as a value: what is hashed, sent, stored as facts and printed by `--json`.
///
/// Numbers are integers, since every amount is; a fraction is refused. Reading refuses what two
/// readers could take differently: duplicate keys, invalid UTF-8, unpaired surrogates, anything
/// after the document, nesting deeper than 64.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

// NB: no nil literal: `nil` beside a value would silently mean null where absence was meant.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}

extension JSONValue {
    package init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    package init(_ number: Int64?) { self = number.map(JSONValue.int) ?? .null }
    package init(_ number: Int) { self = .int(Int64(number)) }
    package init<Subject>(_ id: ID<Subject>?) { self.init(id?.rawValue) }
    package init(_ day: BusinessDay?) { self.init(day?.description) }
    package init(_ amount: Fen) { self = .int(amount.rawValue) }
    package init(_ amount: HalfFen) { self = .int(amount.rawValue) }

    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var int: Int64? {
        guard case .int(let number) = self else { return nil }
        return number
    }

    package var bool: Bool? {
        guard case .bool(let truth) = self else { return nil }
        return truth
    }

    package var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var object: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    package var day: BusinessDay? { string.flatMap { BusinessDay($0) } }
    package var isNull: Bool { self == .null }

    /// A content that a later version made deeper than this is refused: it travels inside of other
    /// documents, and those are read to a depth of 64.
    package static let deepestContent = 16

    /// Whether no array or object lies inside of more than `depth` - 1 others.
    package func isNested(atMost depth: Int) -> Bool {
        switch self {
        case .array(let elements):
            depth > 0 && elements.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .object(let members):
            depth > 0 && members.values.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .null, .bool, .int, .string: true
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// Canonical form: keys in byte order, no white space, only the escapes that JSON demands.
    /// Equal values have equal bytes, so a digest of it names the value.
    package var description: String { String(decoding: canonicalBytes, as: UTF8.self) }

    package var canonicalBytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .int(let number): bytes.append(contentsOf: String(number).utf8)
        case .string(let string): Self.write(string, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { text in
            // Whatever needs no escape is copied in runs.
            var start = 0
            for (index, byte) in text.enumerated() {
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
                bytes.append(contentsOf: escape(of: byte).utf8)
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(of byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\n"): return "\\n"
        case UInt8(ascii: "\r"): return "\\r"
        case UInt8(ascii: "\t"): return "\\t"
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return "\\" + String(UnicodeScalar(byte))
        }
    }
}
