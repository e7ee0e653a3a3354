/// 32 secret bytes; no description, interpolation or dump of it shows one of them.
package struct SecretKey: Sendable {
    package static let size = 32

    package let bytes: [UInt8]

    /// Nil unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.init(unchecked: bytes)
    }

    private init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    package static func random() -> SecretKey {
        SecretKey(unchecked: randomBytes(size))
    }
}

extension SecretKey: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        constantTimeEqual(left.bytes, right.bytes)
    }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "SecretKey(…)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
