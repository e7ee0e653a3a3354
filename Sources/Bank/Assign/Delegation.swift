/// Who stands in for a manager on leave (`domain.md` 4): ownership stays, and ends by nothing of it.
package struct Delegation: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        case coming, running, ended
    }

    package let number: Int64
    /// Whose customers they remain.
    package let manager: StaffID
    package let deputy: StaffID
    package let days: ClosedRange<BusinessDay>
    package let reason: String
    package let madeBy: StaffID
    /// Milliseconds since 1970-01-01 UTC, here and below.
    package let madeAt: Int64
    /// Who ended it by hand; nil where it runs its dates.
    package let endedBy: StaffID?
    package let endedAt: Int64?

    package init(
        number: Int64, manager: StaffID, deputy: StaffID, days: ClosedRange<BusinessDay>,
        reason: String, madeBy: StaffID, madeAt: Int64, endedBy: StaffID?, endedAt: Int64?
    ) {
        self.number = number
        self.manager = manager
        self.deputy = deputy
        self.days = days
        self.reason = reason
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.endedBy = endedBy
        self.endedAt = endedAt
    }

    /// On the business date being worked on.
    package func state(on day: BusinessDay) -> State {
        endedBy != nil || day > days.upperBound
            ? .ended : day < days.lowerBound ? .coming : .running
    }
}

extension Function {
    /// Whether a deputy may do it with the manager's customers: see them and write down what was
    /// said, and change nothing of what is known.
    package var isDeputys: Bool {
        [.profile, .holdings, .marketingRecord, .readMarketingRecords].contains(self)
    }
}
