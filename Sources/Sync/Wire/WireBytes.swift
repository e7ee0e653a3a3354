/// Why bytes are not taken for what they should be: they end too soon, or say what cannot be.
package enum WireError: Error, Sendable {
    case malformed
}

/// Writes the wire's numbers and texts, little end first, seven bits a byte.
package struct WireWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func append(byte: UInt8) { bytes.append(byte) }

    package mutating func append(number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Small magnitudes of either sign are short.
    package mutating func append(signed number: Int64) {
        append(number: UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    package mutating func append(text: String) {
        append(number: UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }
    package mutating func append(_ other: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: other)
    }

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// Reads what `WireWriter` wrote; every step is checked, since the bytes come from outside.
package struct WireReader {
    package private(set) var rest: UnsafeRawBufferPointer

    package init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    package var isAtEnd: Bool { rest.isEmpty }

    package mutating func byte() throws(WireError) -> UInt8 {
        guard let first = rest.first else { throw .malformed }
        drop(1)
        return first
    }

    package mutating func number() throws(WireError) -> UInt64 {
        // Most numbers are below 128.
        if let first = rest.first, first < 0x80 {
            drop(1)
            return UInt64(first)
        }
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for used in 0..<rest.count {
            let byte = rest[used]
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw .malformed }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                drop(used + 1)
                return value
            }
            shift += 7
        }
        throw .malformed
    }

    /// No more than there are.
    private mutating func drop(_ count: Int) {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }

    package mutating func signed() throws(WireError) -> Int64 {
        let number = try number()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// A count or length that the bytes at hand can hold.
    package mutating func count() throws(WireError) -> Int {
        let number = try number()
        guard number <= UInt64(rest.count) else { throw .malformed }
        return Int(number)
    }

    package mutating func take(_ count: Int) throws(WireError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= rest.count else { throw .malformed }
        let taken = UnsafeRawBufferPointer(rebasing: rest[..<count])
        drop(count)
        return taken
    }

    package mutating func text() throws(WireError) -> String {
        let length = try count()
        guard let text = String(validating: try take(length), as: UTF8.self) else {
            throw .malformed
        }
        return text
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes are well-formed UTF-8, found out without a copy of them.
    var isUTF8: Bool {
        var index = 0
        while index + 8 <= count,
            loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            index += 8
        }
        while index < count, self[index] < 0x80 { index += 1 }
        guard index < count else { return true }
        let rest = UnsafeRawBufferPointer(rebasing: self[index...])
        return rest.withMemoryRebound(to: UInt8.self) { bytes in
            do {
                _ = try UTF8Span(validating: bytes.span)
                return true
            } catch {
                return false
            }
        }
    }
}
