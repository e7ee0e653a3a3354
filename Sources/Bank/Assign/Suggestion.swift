/// Who looked after a customer at an outlet last, as far as claims known there say.
package struct LastManager: Hashable, Sendable {
    package let manager: StaffID
    /// The business date on which it ended; nil where nothing known here says so.
    package let endedOn: BusinessDay?

    package init(manager: StaffID, endedOn: BusinessDay?) {
        self.manager = manager
        self.endedOn = endedOn
    }

    /// Nil where no claim ever gave the customer to a manager of the outlet.
    package init?(
        of claims: [(claim: Claim, outcome: Decision.Outcome?)], at outlet: UnitCode
    ) {
        let counted = claims.filter { _, outcome in
            switch outcome {
            case .owner, .followed, .ended, nil: true
            case .lost, .late, .refused: false
            }
        }.map(\.claim)
        let own = counted.filter { $0.outlet == outlet && $0.manager != nil }
        let bases = Dictionary(counted.map { ($0.id, $0.base) }) { first, _ in first }
        // Those that a later one of the outlet goes back to, in however many steps.
        var before: Set<ClaimID> = []
        for claim in own {
            var base = claim.base
            while let id = base, before.insert(id).inserted { base = bases[id] ?? nil }
        }
        let last = own.filter { !before.contains($0.id) }.max {
            ($0.businessDate, HybridStamp($0.stamp)?.milliseconds ?? 0, $0.id)
                < ($1.businessDate, HybridStamp($1.stamp)?.milliseconds ?? 0, $1.id)
        }
        guard let last, let manager = last.manager else { return nil }
        self.init(
            manager: manager,
            endedOn: counted.filter { $0.base == last.id }.map(\.businessDate).min())
    }
}

/// Which manager could have a customer who awaits assignment, and why (`domain.md` item 12). Nobody
/// is set by it.
package struct Suggestion: Hashable, Sendable {
    package enum Reason: String, Sendable, CaseIterable {
        /// The former owner, and the customer came back within 90 days.
        case recentOwner = "recent-owner"
        /// The former owner.
        case lastOwner = "last-owner"
        case lightestBook = "lightest-book"
    }

    package let manager: StaffID
    package let reason: Reason

    /// An assumption of `domain.md` 2.3: how long after the end a return is soon.
    private static let recent = 90

    /// The last owner if they are one of the managers and have fewer customers than `cap`, else who
    /// has the lightest book; nil where there is no manager.
    ///
    /// - Parameters:
    ///   - books: of the outlet's active managers.
    ///   - returned: since when the customer awaits assignment.
    package init?(
        after former: LastManager?, returned: BusinessDay, among books: [StaffID: BookSize],
        cap: Int
    ) {
        if let former, let book = books[former.manager], book.customers < cap {
            manager = former.manager
            let isRecent = former.endedOn.map { returned - $0 <= Self.recent } ?? false
            reason = isRecent ? .recentOwner : .lastOwner
            return
        }
        let lightest = books.sorted { $0.key < $1.key }.min { $0.value.isLighter(than: $1.value) }
        guard let lightest else { return nil }
        manager = lightest.key
        reason = .lightestBook
    }
}
