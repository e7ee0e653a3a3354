/// The manager of an outlet who looked after a customer last.
package struct ManagerBefore: Hashable, Sendable {
    package let manager: StaffID
    /// The business date on which it ended; nil where it is not known here.
    package let endedOn: BusinessDay?
    /// Whether it ended because the customer left the target pool; else people ended it.
    package let endedByExit: Bool

    package init(manager: StaffID, endedOn: BusinessDay?, endedByExit: Bool = false) {
        self.manager = manager
        self.endedOn = endedOn
        self.endedByExit = endedByExit
    }

    /// Nil where nobody at the outlet ever did.
    package init?(_ history: OwnershipHistory, at outlet: UnitCode) {
        let last = history.periods.last { $0.outlet == outlet && $0.manager != nil }
        guard let last, let manager = last.manager else { return nil }
        self.init(
            manager: manager, endedOn: last.to, endedByExit: last.ending == .exit)
    }
}

/// Which manager could have a customer who awaits assignment, and why (`domain.md` item 12). Nobody
/// is set by it.
package struct Suggestion: Hashable, Sendable {
    package enum Reason: String, Sendable, CaseIterable {
        /// The former owner, and the customer came back into the target pool within 90 days.
        case recentOwner = "recent-owner"
        /// The former owner.
        case lastOwner = "last-owner"
        case lightestBook = "lightest-book"
    }

    package let manager: StaffID
    package let reason: Reason

    /// The last owner if they are one of the managers and have fewer customers than `cap`, else who
    /// has the lightest book; nil where there is no manager.
    ///
    /// - Parameters:
    ///   - books: of the outlet's active managers.
    ///   - returned: since when the customer awaits assignment.
    package init?(
        after former: ManagerBefore?, returned: BusinessDay, among books: [StaffID: BookSize],
        cap: Int
    ) {
        if let former, let book = books[former.manager], book.customers < cap {
            manager = former.manager
            let isRecent =
                former.endedByExit
                && former.endedOn.map { returned - $0 <= FormerOwner.suggestionDays } ?? false
            reason = isRecent ? .recentOwner : .lastOwner
            return
        }
        let lightest = books.sorted { $0.key < $1.key }.min { $0.value.isLighter(than: $1.value) }
        guard let lightest else { return nil }
        manager = lightest.key
        reason = .lightestBook
    }
}
