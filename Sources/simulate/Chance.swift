import Sealing

/// Chance with a seed: Steele's SplitMix64. The same seed and purpose give the same draws.
struct Chance: Sendable {
    private var state: UInt64

    /// Each purpose draws from a stream of its own, so that one more draw for one of them leaves
    /// the others as they were.
    init(_ seed: UInt64, _ purpose: String, _ number: Int = 0) {
        state = seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(truncatingIfNeeded: number &+ 1)
        for byte in purpose.utf8 { state = Self.mixed(state ^ UInt64(byte)) &+ state }
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// 0 ..< count.
    mutating func below(_ count: Int) -> Int {
        precondition(count > 0, "chance needs something to choose from")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True so many times in a thousand.
    mutating func hits(perMille share: Int) -> Bool { below(1000) < share }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    mutating func key() -> SecretKey {
        guard let key = SecretKey(bytes: bytes(SecretKey.size)) else {
            preconditionFailure("a key has so many bytes")
        }
        return key
    }
}
