/// Who looked after a customer and when: periods, the earliest first, from the claims and from what
/// was settled of them. Never kept, always derived: claims and records are what was and stays.
package struct OwnershipHistory: Hashable, Sendable {
    /// A time during which one manager, or an outlet without one, owned the customer.
    package struct Period: Hashable, Sendable {
        package let from: BusinessDay
        /// The date from which somebody else, or nobody, owns the customer; nil while it lasts, and
        /// where it is not known here when it ended.
        package fileprivate(set) var to: BusinessDay?
        /// Whether it is over; one of which only the record is known may be over without a date.
        package fileprivate(set) var isOver = false
        package let outlet: UnitCode
        /// Nil: awaiting assignment at the outlet.
        package let manager: StaffID?
        /// The claim that began it; nil where it is not told, and kind and author where the claim is
        /// not known here.
        package let claim: ClaimID?
        package let reason: Claim.Kind?
        package let enteredBy: StaffID?
        /// What decided, and the number of the record; nil while it is provisional.
        package let rule: Decision.Rule?
        package let record: Int64?
        /// The kind of claim that ended it, where one that gives the customer to nobody did.
        package fileprivate(set) var ending: Claim.Kind?

        package var isProvisional: Bool { record == nil }

        package init(
            from: BusinessDay, to: BusinessDay? = nil, isOver: Bool = false, outlet: UnitCode,
            manager: StaffID?, claim: ClaimID? = nil, reason: Claim.Kind? = nil,
            enteredBy: StaffID? = nil, rule: Decision.Rule?, record: Int64?,
            ending: Claim.Kind? = nil
        ) {
            self.from = from
            self.to = to
            self.isOver = isOver
            self.outlet = outlet
            self.manager = manager
            self.claim = claim
            self.reason = reason
            self.enteredBy = enteredBy
            self.rule = rule
            self.record = record
            self.ending = ending
        }
    }

    /// What one settlement record says, as far as a history needs it.
    package struct Settled: Hashable, Sendable {
        package let number: Int64
        package let claim: ClaimID?
        package let owner: Ownership.Owner?
        package let rule: Decision.Rule

        package init(
            number: Int64, claim: ClaimID?, owner: Ownership.Owner?, rule: Decision.Rule
        ) {
            self.number = number
            self.claim = claim
            self.owner = owner
            self.rule = rule
        }
    }

    package private(set) var periods: [Period] = []
    private let claims: [ClaimID: Claim]

    /// As another place derived it.
    package init(periods: [Period]) {
        self.periods = periods
        claims = [:]
    }

    /// - Parameters:
    ///   - claims: those known here with what became of them, in any order.
    ///   - settled: the records known here, in any order.
    ///   - provisional: what the order says of the claims that are not settled; nil: there are none.
    package init(
        claims: [(claim: Claim, outcome: Decision.Outcome?)], settled: [Settled],
        provisional: Decision? = nil
    ) {
        self.claims = Dictionary(
            claims.map { ($0.claim.id, $0.claim) }, uniquingKeysWith: { first, _ in first })
        let endings = claims.filter { !$0.claim.kind.gives && $0.outcome == .ended }.map(\.claim)
        var owner: ClaimID?
        for record in settled.sorted(by: { $0.number < $1.number }) {
            if let claim = record.claim, let given = record.owner {
                guard claim != owner else { continue }
                settle(claim, given, record, after: owner)
                owner = claim
            } else if owner != nil || record.rule != .noClaim {
                end(by: ending(of: owner, among: endings), record, after: owner)
                owner = nil
            }
        }
        if let provisional { begin(provisional, after: owner, endings: claims.map(\.claim)) }
    }

    /// The last one, where nobody owns the customer any more.
    package var former: Period? { periods.last.flatMap { $0.isOver ? $0 : nil } }

    /// A settlement gives the customer to a claim: those that it builds on had their time as well.
    private mutating func settle(
        _ id: ClaimID, _ owner: Ownership.Owner, _ record: Settled, after previous: ClaimID?
    ) {
        let chain = chain(to: id, after: previous)
        for claim in chain { apply(claim, rule: record.rule, record: record.number) }
        guard chain.last?.id != id else { return }
        // Its claim is not known here: only outlets that serve the customer have it.
        append(
            Period(
                from: owner.since, outlet: owner.outlet, manager: owner.manager, claim: id,
                reason: nil, enteredBy: nil, rule: record.rule, record: record.number))
    }

    private mutating func end(by claim: Claim?, _ record: Settled, after previous: ClaimID?) {
        guard let claim else { return close(on: nil, by: nil) }
        for claim in chain(to: claim.id, after: previous) {
            apply(claim, rule: record.rule, record: record.number)
        }
    }

    /// What is not settled yet: who would own the customer, or that nobody would.
    private mutating func begin(
        _ decision: Decision, after previous: ClaimID?, endings: [Claim]
    ) {
        if let owner = decision.owner {
            guard owner.id != previous else { return }
            for claim in chain(to: owner.id, after: previous) {
                apply(claim, rule: nil, record: nil)
            }
        } else {
            let ends = Set(decision.outcomes.filter { $0.value == .ended }.keys)
            let claim = ending(of: previous, among: endings.filter { ends.contains($0.id) })
            for claim in claim.map({ chain(to: $0.id, after: previous) }) ?? [] {
                apply(claim, rule: nil, record: nil)
            }
        }
    }

    private mutating func apply(_ claim: Claim, rule: Decision.Rule?, record: Int64?) {
        guard let outlet = claim.outlet else {
            return close(on: claim.businessDate, by: claim.kind)
        }
        append(
            Period(
                from: claim.businessDate, outlet: outlet, manager: claim.manager, claim: claim.id,
                reason: claim.kind, enteredBy: claim.enteredBy, rule: rule, record: record))
    }

    private mutating func append(_ period: Period) {
        close(on: period.from, by: nil)
        periods.append(period)
    }

    /// Ends the period that lasts; never before it began, whatever date the next claim has.
    private mutating func close(on day: BusinessDay?, by ending: Claim.Kind?) {
        guard let last = periods.indices.last, !periods[last].isOver else { return }
        periods[last].to = day.map { max($0, periods[last].from) }
        periods[last].isOver = true
        periods[last].ending = ending
    }

    /// The claims from the first one after the owner's through one, each on the base of the one
    /// before it; as far as they are known here.
    private func chain(to id: ClaimID, after previous: ClaimID?) -> [Claim] {
        var chain: [Claim] = []
        var next: ClaimID? = id
        var seen: Set<ClaimID> = []
        while let id = next, id != previous, seen.insert(id).inserted, let claim = claims[id] {
            // What had its time before may be named as a base, and has no second one.
            guard !periods.contains(where: { $0.claim == id }) else { break }
            chain.insert(claim, at: 0)
            next = claim.base
        }
        return chain
    }

    /// The claim that ended an ownership: one that gives the customer to nobody and builds on it.
    private func ending(of owner: ClaimID?, among endings: [Claim]) -> Claim? {
        endings.filter { ending in
            chain(to: ending.id, after: owner).first?.base == owner
        }.min { ($0.businessDate, $0.id) < ($1.businessDate, $1.id) }
    }
}
