/// The days that the average of financial assets is over (`aad_method`, `domain.md` 2.2).
package enum AveragingMethod: String, Sendable, CaseIterable {
    /// The calendar days of the year through the date.
    case yearToDate = "ytd"
    /// The 365 days that end with the date; those before the customer came count as nothing.
    case rolling365 = "rolling_365"
    /// Every day since the first close that knew the customer.
    case sinceOpen = "since_open"
}

/// What becomes of the year's average on 1 January.
package enum JanuaryPolicy: Hashable, Sendable {
    case reset
    /// Through this month the better of the new average and the old year's last one counts.
    case carry(throughMonth: Int)

    package static let words = ["reset"] + (1...12).map { "carry_until_month \($0)" }

    package init?(word: String) {
        guard let index = Self.words.firstIndex(of: word) else { return nil }
        self = index == 0 ? .reset : .carry(throughMonth: index)
    }
}

/// An average of financial assets before any division: half-fen summed, and over how many days.
package struct Average: Hashable, Sendable {
    // Since the customer came, sums have no year's end to keep them within 64 bits.
    package let sum: Int128
    package let days: Int

    package init(sum: Int128, days: Int) {
        self.sum = sum
        self.days = days
    }

    package init(sum: HalfFen, days: Int) {
        self.init(sum: Int128(sum.rawValue), days: days)
    }

    /// Compared without dividing (`domain.md` 0.3).
    package func reaches(_ minimum: Fen) -> Bool {
        sum >= Int128(minimum.halves.rawValue) * Int128(days)
    }

    /// The sum as an integer of 64 bits, for display.
    package var total: HalfFen { HalfFen(Int64(clamping: sum)) }

    /// Half up to the fen, for display only.
    package var rounded: Fen {
        let divisor = Int128(2 * days)
        return Fen(Int64(clamping: (2 * sum + divisor) / (2 * divisor)))
    }

    static func greater(_ left: Average, _ right: Average) -> Average {
        left.sum * Int128(right.days) >= right.sum * Int128(left.days) ? left : right
    }
}

/// A customer's financial assets day by day, as the steps at which they changed; before the first
/// there was nothing.
package struct AssetHistory: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package let from: BusinessDay
        package let assets: HalfFen

        package init(from: BusinessDay, assets: HalfFen) {
            self.from = from
            self.assets = assets
        }
    }

    private var steps: [Step]

    /// Steps in the order of their days, none twice.
    package init(_ steps: [Step] = []) {
        self.steps = steps
    }

    package mutating func append(_ assets: HalfFen, from day: BusinessDay) {
        while let last = steps.last, last.from >= day { steps.removeLast() }
        steps.append(Step(from: day, assets: assets))
    }

    package var first: BusinessDay? { steps.first?.from }

    /// Half-fen summed over the days from `first` through `last`.
    package func sum(from first: BusinessDay, through last: BusinessDay) -> Int128 {
        var sum: Int128 = 0
        var end = last
        for step in steps.reversed() where step.from <= end {
            let days = end - max(step.from, first) + 1
            if days > 0 { sum += Int128(step.assets.rawValue) * Int128(days) }
            guard step.from > first else { break }
            end = step.from.previous
        }
        return sum
    }

    package func average(on day: BusinessDay, by parameters: RuleParameters) -> Average {
        switch parameters.averaging {
        case .yearToDate:
            let year = Average(
                sum: sum(from: day.firstOfYear, through: day), days: day.dayOfYear)
            guard case .carry(let month) = parameters.januaryPolicy,
                day.components.month <= month
            else { return year }
            let end = day.firstOfYear.previous
            return .greater(
                year, Average(sum: sum(from: end.firstOfYear, through: end), days: end.dayOfYear))
        case .rolling365:
            return Average(sum: sum(from: day + -364, through: day), days: 365)
        case .sinceOpen:
            let first = min(first ?? day, day)
            return Average(sum: sum(from: first, through: day), days: day - first + 1)
        }
    }
}
