package import Bank

/// A pool and a tier that a close gave.
package struct TierDecision: Hashable, Sendable {
    package let pool: Pool
    package let tier: Tier?

    init(pool: Pool, tier: Tier?) {
        self.pool = pool
        self.tier = tier
    }

    init(_ standing: Standing) {
        self.init(pool: standing.pool, tier: standing.tier)
    }
}

/// A run of closed dates on which something else is decided now.
struct TierChange: Equatable {
    let dates: ClosedRange<BusinessDay>
    let then: TierDecision
    /// Nil where no outlet knows the customer any more.
    let now: TierDecision?

    /// Where two runs over the same dates differ. A customer of whom nothing was decided then had
    /// no decision to change.
    ///
    /// - Parameter before: where the customer stood before the first of the dates.
    static func changes(
        _ before: Standing?, _ old: [TierStandingRow], _ new: [TierStandingRow],
        over span: ClosedRange<BusinessDay>
    ) -> [TierChange] {
        let days = Set((old + new).map(\.standing.date)).sorted()
        func decision(_ rows: [TierStandingRow], _ day: BusinessDay) -> TierDecision? {
            (rows.last { $0.standing.date <= day }?.standing ?? before).map(TierDecision.init)
        }
        var changes: [TierChange] = []
        for (index, day) in days.enumerated() {
            guard let then = decision(old, day), case let now = decision(new, day), then != now
            else { continue }
            let end = index + 1 < days.count ? days[index + 1].previous : span.upperBound
            if let last = changes.last, last.dates.upperBound.next == day, last.then == then,
                last.now == now
            {
                changes[changes.count - 1] = TierChange(
                    dates: last.dates.lowerBound...end, then: then, now: now)
            } else {
                changes.append(TierChange(dates: day...end, then: then, now: now))
            }
        }
        return changes
    }
}
