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
    package var description: String {
        var text = ""
        write(to: &text)
        return text
    }

    package var canonicalBytes: [UInt8] { Array(description.utf8) }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let truth): text += truth ? "true" : "false"
        case .int(let number): text += String(number)
        case .string(let string): Self.write(string, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            let keys = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            for (index, key) in keys.enumerated() {
                if index > 0 { text += "," }
                Self.write(key, to: &text)
                text += ":"
                members[key]?.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case let control where control.value < 0x20:
                let digits = String(control.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
