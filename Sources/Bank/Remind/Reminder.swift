/// What a member of staff has to do or know.
package struct Reminder: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A customer was assigned to the manager.
        case assigned
        /// The manager's claim lost to another outlet's.
        case claimLost = "claim-lost"
        /// The claim came too late: the customer had been settled otherwise.
        case claimLate = "claim-late"
        /// The first-tier branch refused the claim.
        case claimRefused = "claim-refused"
        /// The manager is the settled owner.
        case claimConfirmed = "claim-confirmed"
        /// The customer went to somebody else: by a hand-over, a transfer or a ruling.
        case ownershipLost = "ownership-lost"
        /// The customer left the target pool by the first-tier branch's close, and so the book.
        case leftTarget = "left-target"
        /// Another outlet asks for the customer.
        case transferRequested = "transfer-requested"
        /// Another outlet objects to the ownership.
        case objectionRaised = "objection-raised"
        /// A request or objection had its answer.
        case disputeAnswered = "dispute-answered"
        /// Nobody answered a request or objection in time: it is the first-tier branch's to rule.
        case disputeWentUp = "dispute-went-up"
        /// The close found no demand account of a customer added by hand, or their number merged.
        case additionFailed = "addition-failed"
        /// A target by hand has been below the line for almost as long as one may be.
        case targetLeaving = "target-leaving"
        /// CIF merged a number that somebody owns into another that is not theirs.
        case customerMerged = "customer-merged"
        /// A move that was due left customers where they were.
        case moveIncomplete = "move-incomplete"
        /// The manager stands in for a colleague.
        case deputyNamed = "deputy-named"
        /// A contact is to be followed up.
        case followUp = "follow-up"
    }

    /// Derived from the cause, so that one cause reminds once.
    package let id: String
    package let staff: StaffID
    package let kind: Kind
    package let customer: CustomerNumber?
    package let dueOn: BusinessDay
    /// What its sentence names; codes, numbers and dates.
    package let facts: [String: String]

    /// Whether it has nothing to say any more on a business date: the days are over on which one
    /// stands in.
    package func isOver(by date: BusinessDay?) -> Bool {
        guard kind == .deputyNamed, let date, let last = facts["through"].flatMap(BusinessDay.init)
        else { return false }
        return last < date
    }

    package init(
        id: String, staff: StaffID, kind: Kind, customer: CustomerNumber?, dueOn: BusinessDay,
        facts: [String: String] = [:]
    ) {
        self.id = id
        self.staff = staff
        self.kind = kind
        self.customer = customer
        self.dueOn = dueOn
        self.facts = facts
    }
}
