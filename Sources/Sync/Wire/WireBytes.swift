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
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
        return first
    }

    package mutating func number() throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        var used = 0
        for byte in rest {
            used += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw .malformed }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(used))
                return value
            }
            shift += 7
        }
        throw .malformed
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
        let taken = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
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
