/// A move of a manager's book, or of part of it, as the outlet's supervisor orders it
/// (`domain.md` items 14 to 16): a receipt that is carried out on its date.
package struct BookMove: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// To one manager.
        case handOver = "hand-over"
        /// Among several, so that each gets as many customers.
        case splitEvenly = "split-evenly"
        /// Among several, so that each gets as many of every tier.
        case splitByTier = "split-tier"
        /// To nobody: the customers await assignment.
        case recall
    }

    package enum State: String, Sendable, CaseIterable {
        /// May still be changed.
        case draft
        /// Waits for its date, or is being carried out.
        case submitted
        case done
        /// Thrown away, or called off before its date.
        case cancelled
    }

    /// Its number, which the receipt bears.
    package let number: Int64
    package let order: BookOrder
    package let state: State
    package let madeBy: StaffID
    /// Milliseconds since 1970-01-01 UTC, here and below.
    package let madeAt: Int64
    /// Nil of a draft, and of one that was never more.
    package let submittedBy: StaffID?
    package let submittedAt: Int64?
    package let endedAt: Int64?

    package init(
        number: Int64, order: BookOrder, state: State, madeBy: StaffID, madeAt: Int64,
        submittedBy: StaffID?, submittedAt: Int64?, endedAt: Int64?
    ) {
        self.number = number
        self.order = order
        self.state = state
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.submittedBy = submittedBy
        self.submittedAt = submittedAt
        self.endedAt = endedAt
    }
}

/// What is to happen to whose book, and when.
package struct BookOrder: Hashable, Sendable {
    /// Whose customers they are.
    package let manager: StaffID
    package let kind: BookMove.Kind
    package let receivers: [StaffID]
    /// The chosen ones; nil for the whole book, as it is when the move is carried out.
    package let customers: [CustomerNumber]?
    /// The move is carried out when this date is the one being worked on.
    package let effectiveOn: BusinessDay
    package let reason: String

    package init(
        manager: StaffID, kind: BookMove.Kind, receivers: [StaffID],
        customers: [CustomerNumber]? = nil, effectiveOn: BusinessDay, reason: String
    ) {
        self.manager = manager
        self.kind = kind
        self.receivers = receivers
        self.customers = customers
        self.effectiveOn = effectiveOn
        self.reason = reason
    }

    /// Throws unless the order says to whom, and to nobody twice or who has the book already.
    package func check() throws(Refusal) {
        let isEnough =
            switch kind {
            case .handOver: receivers.count == 1
            case .splitEvenly, .splitByTier: receivers.count > 1
            case .recall: receivers.isEmpty
            }
        guard isEnough, Set(receivers).count == receivers.count else {
            throw Refusal(.receiversDoNotFit)
        }
        guard !receivers.contains(manager) else {
            throw Refusal(.receiverIsGiver, ["staff": manager.rawValue])
        }
        if let customers, customers.isEmpty { throw Refusal(.nobodyChosen) }
    }
}

/// One customer of a book, as far as it matters to whom they are dealt.
package struct BookCustomer: Hashable, Sendable {
    package let number: CustomerNumber
    package let tier: Tier?
    /// At this outlet.
    package let assets: HalfFen

    package init(number: CustomerNumber, tier: Tier?, assets: HalfFen) {
        self.number = number
        self.tier = tier
        self.assets = assets
    }
}

extension BookOrder {
    /// To whom each customer goes; nobody in a recall. The same customers are dealt the same way,
    /// in whichever order they come.
    package func deal(_ customers: [BookCustomer]) -> [CustomerNumber: StaffID] {
        Distribution(
            of: customers.map {
                Distribution.Candidate(number: $0.number, tier: $0.tier, assets: $0.assets)
            },
            // What is dealt becomes even, whatever the receivers had before.
            among: receivers.reduce(into: [:]) { $0[$1] = BookSize.empty },
            by: kind == .splitByTier ? .tier : .count
        ).shares
    }
}
