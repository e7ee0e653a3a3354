/// Who looked after a customer last, now that nobody does.
package struct FormerOwner: Hashable, Sendable {
    package let manager: StaffID?
    package let outlet: UnitCode
    package let since: BusinessDay
    /// Nil where it is not known here when it ended.
    package let until: BusinessDay?
    /// The kind of claim that ended it; nil where it is not known here.
    package let ending: Claim.Kind?

    package init?(_ history: OwnershipHistory) {
        guard let last = history.former else { return nil }
        manager = last.manager
        outlet = last.outlet
        since = last.from
        until = last.to
        ending = last.ending
    }

    /// For so many days after the end the former manager is suggested for whoever comes back (an
    /// assumption of ours: as long as a ruling stands).
    package static let suggestionDays = 90

    /// Whether the former manager is to be suggested, never set, for a customer who is waiting for
    /// assignment on a date.
    package func isSuggested(on day: BusinessDay) -> Bool {
        guard manager != nil, let until else { return false }
        return day - until <= Self.suggestionDays
    }
}
