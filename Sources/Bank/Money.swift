/// An amount of money in fen, a hundredth of a yuan.
package struct Fen: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package init(_ fen: Int64) {
        rawValue = fen
    }

    package static let zero = Fen(0)

    /// The same amount counted in half-fen, the unit of every measure.
    package var halves: HalfFen { HalfFen(rawValue * 2) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package static func + (left: Self, right: Self) -> Fen { Fen(left.rawValue + right.rawValue) }
    package static prefix func - (amount: Self) -> Fen { Fen(-amount.rawValue) }
}

extension Fen: LosslessStringConvertible {
    /// More than any personal balance, and small enough that a year of half-fen sums of a whole
    /// outlet cannot overflow.
    private static let largestYuan: Int64 = 100_000_000_000

    /// Decimal yuan with at most two decimals, as the core-banking extract writes them: `-12.5`.
    /// Nil for anything else, and for amounts of 100 billion yuan and more.
    package init?(_ text: String) {
        var text = text
        guard let amount = text.withUTF8({ Fen(decimal: $0) }) else { return nil }
        self = amount
    }

    /// The same from the text's bytes.
    package init?(decimal bytes: UnsafeBufferPointer<UInt8>) {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = bytes[(isNegative ? 1 : 0)...]
        let point = digits.firstIndex(of: UInt8(ascii: "."))
        let whole = digits[..<(point ?? digits.endIndex)]
        guard (1...12).contains(whole.count), let yuan = Self.number(whole),
            yuan < Self.largestYuan
        else { return nil }
        var fen = yuan * 100
        if let point {
            let decimals = digits[(point + 1)...]
            guard (1...2).contains(decimals.count), let cents = Self.number(decimals)
            else { return nil }
            fen += decimals.count == 1 ? cents * 10 : cents
        }
        self.init(isNegative ? -fen : fen)
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        var number: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// Decimal yuan as the extract writes them: `1234.50`.
    package var description: String {
        let magnitude = rawValue.magnitude
        let cents = magnitude % 100
        return "\(rawValue < 0 ? "-" : "")\(magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }

    /// Yuan for people, with separators: `1,234.50`.
    package var grouped: String {
        let magnitude = rawValue.magnitude
        let cents = magnitude % 100
        var groups: [String] = []
        var rest = magnitude / 100
        while rest >= 1000 {
            let group = String(rest % 1000)
            groups.append(String(repeating: "0", count: 3 - group.count) + group)
            rest /= 1000
        }
        groups.append(String(rest))
        let yuan = groups.reversed().joined(separator: ",")
        return "\(rawValue < 0 ? "-" : "")\(yuan).\(cents < 10 ? "0" : "")\(cents)"
    }
}

/// An amount in half-fen, so that a loan at half its balance stays an integer (`domain.md` 0.3).
package struct HalfFen: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package init(_ halves: Int64) {
        rawValue = halves
    }

    package static let zero = HalfFen(0)

    /// Half up to the fen, for display only: a rule compares half-fen.
    package var rounded: Fen { Fen((rawValue + 1) >> 1) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package static func + (left: Self, right: Self) -> HalfFen {
        HalfFen(left.rawValue + right.rawValue)
    }
    package static func * (halves: Self, factor: Int64) -> HalfFen {
        HalfFen(halves.rawValue * factor)
    }
}

// An amount travels as its bare integer.
extension Fen {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension HalfFen {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
