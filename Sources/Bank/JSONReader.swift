/// Why bytes are no document, and where.
package struct JSONFault: Error, Hashable, Sendable {
    package enum Kind: String, Sendable {
        case malformed, duplicateKey, tooDeep, notAnInteger, notUTF8
    }

    package let kind: Kind
    /// Bytes from the document's start.
    package let offset: Int
}

extension JSONValue {
    /// Reads one document of JSON text.
    package init(reading bytes: [UInt8]) throws(JSONFault) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }
}

private struct JSONReader {
    private static let deepest = 64
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONFault) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw fault(.malformed) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth < Self.deepest else { throw fault(.tooDeep) }
        offset += 1
        var members: [String: JSONValue] = [:]
        var isFirst = true
        while true {
            skipSpace()
            if isFirst, take("}") { return .object(members) }
            guard peek == UInt8(ascii: "\"") else { throw fault(.malformed) }
            let start = offset
            let key = try string()
            skipSpace()
            guard take(":") else { throw fault(.malformed) }
            let member = try value(depth: depth + 1)
            guard members.updateValue(member, forKey: key) == nil else {
                throw JSONFault(kind: .duplicateKey, offset: start)
            }
            isFirst = false
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw fault(.malformed) }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth < Self.deepest else { throw fault(.tooDeep) }
        offset += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw fault(.malformed) }
        }
    }

    private mutating func string() throws(JSONFault) -> String {
        offset += 1
        let start = offset
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20
        {
            offset += 1
        }
        if peek == UInt8(ascii: "\"") {
            let text = try text(bytes[start..<offset])
            offset += 1
            return text
        }
        var content = Array(bytes[start..<offset])
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(content[...])
            case UInt8(ascii: "\\"): content += try escape()
            case 0..<0x20: throw fault(.malformed)
            default: content.append(byte)
            }
        }
        throw fault(.malformed)
    }

    private func text(_ content: ArraySlice<UInt8>) throws(JSONFault) -> String {
        guard let text = String(validating: content, as: UTF8.self) else { throw fault(.notUTF8) }
        return text
    }

    private mutating func escape() throws(JSONFault) -> [UInt8] {
        guard let byte = peek else { throw fault(.malformed) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"):
            var code = UInt32(try unit())
            if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
                let low = UInt32(try unit())
                guard (0xDC00..<0xE000).contains(low) else { throw fault(.notUTF8) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault(.notUTF8) }
            return Array(String(Character(scalar)).utf8)
        default: throw fault(.malformed)
        }
    }

    private mutating func unit() throws(JSONFault) -> UInt16 {
        guard offset + 4 <= bytes.count else { throw fault(.malformed) }
        let digits = bytes[offset..<offset + 4]
        // NB: the number's own reader also takes a sign.
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault(.malformed) }
        offset += 4
        return unit
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = offset
        while let byte = peek, byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) {
            offset += 1
        }
        let digits = bytes[start..<offset]
        if let byte = peek,
            [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte)
        {
            throw JSONFault(kind: .notAnInteger, offset: start)
        }
        let unsigned = digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits
        let isPlain = unsigned.count == 1 || unsigned.first != UInt8(ascii: "0")
        guard !unsigned.isEmpty, isPlain,
            let number = Int64(String(decoding: digits, as: UTF8.self))
        else { throw JSONFault(kind: .malformed, offset: start) }
        return .int(number)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        guard bytes[offset...].starts(with: word.utf8) else { throw fault(.malformed) }
        offset += word.utf8.count
        return value
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            offset += 1
        }
    }

    private func fault(_ kind: JSONFault.Kind) -> JSONFault {
        JSONFault(kind: kind, offset: offset)
    }
}
