/// Chance with a seed (SplitMix64): the same seed and labels give the same draws everywhere.
///
/// Every draw is integer arithmetic: floating point differs in the last digit between the
/// mathematics libraries of two machines.
struct Chance: Sendable {
    /// What is drawn; each stream is independent of how much another one was used.
    enum Stream: UInt64, Sendable {
        case person = 1
        case removal, identity, holdings, day, staff
    }

    private var state: UInt64

    init(_ seed: UInt64, _ stream: Stream, _ first: Int = 0, _ second: Int = 0) {
        state = seed
        for label in [stream.rawValue, UInt64(first), UInt64(second)] {
            state = Self.mixed(state ^ Self.mixed(label &+ Self.step))
        }
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func next() -> UInt64 {
        state &+= Self.step
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

    /// True so many times in a million.
    mutating func hits(perMillion share: Int) -> Bool { below(1_000_000) < share }

    mutating func hits(percent share: Int) -> Bool { below(100) < share }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// A part of an amount of fen, from `low` to `high` percent of it.
    mutating func part(of amount: Int64, _ low: Int, _ high: Int) -> Int64 {
        amount / 1000 * Int64(within(low * 10...high * 10))
            + amount % 1000 * Int64(low) / 100
    }
}
