/// A customer who would have another owner, had the order of claims been another.
package struct OwnerChange: Hashable, Sendable {
    package let customer: CustomerNumber
    package let now: Ownership.Owner?
    package let then: Ownership.Owner?
    /// The rule that would decide.
    package let rule: Decision.Rule
    /// The kind of claim that would decide; nil where there is none.
    package let kind: Claim.Kind?

    package init(
        customer: CustomerNumber, now: Ownership.Owner?, then: Ownership.Owner?,
        rule: Decision.Rule, kind: Claim.Kind?
    ) {
        self.kind = kind
        self.customer = customer
        self.now = now
        self.then = then
        self.rule = rule
    }
}

extension OwnerChange {
    /// What would be different about a customer had every settlement been decided in another
    /// order; nil where the owner would be the same.
    ///
    /// `settlements` are the customer's, the earliest first. Each starts from the owner that the
    /// one before would have chosen, so that a later hand-over falls with what it builds on.
    package init?(
        of customer: CustomerNumber, _ settlements: [Settlement], under order: [Decision.Rule]
    ) {
        var actual: Decision?
        var supposed: Decision?
        for settlement in settlements {
            actual = settlement.decide()
            let previous = supposed.map(\.owner) ?? settlement.previous
            supposed = settlement.supposing(previous: previous, order: order).decide()
        }
        guard let actual, let supposed, actual.owner?.id != supposed.owner?.id else { return nil }
        self.init(
            customer: customer, now: actual.owner.flatMap(Ownership.Owner.init),
            then: supposed.owner.flatMap(Ownership.Owner.init), rule: supposed.rule,
            kind: supposed.owner?.kind)
    }
}

extension Settlement {
    /// An order as somebody wrote it: the rules that they name, then those that cannot be level.
    /// Nil where one is no rule of the order or stands twice. A ruling is always first.
    package static func order(_ names: [String]) -> [Decision.Rule]? {
        let named = names.compactMap { Decision.Rule(rawValue: $0) }
        guard named.count == names.count, Set(named).count == named.count,
            named.allSatisfy(Self.order.contains)
        else { return nil }
        let last: [Decision.Rule] = [.outletCode, .claimID]
        return [.ruling] + named.filter { $0 != .ruling }
            + last.filter { !named.contains($0) }
    }

    fileprivate func supposing(previous: Claim?, order: [Decision.Rule]) -> Settlement {
        Settlement(
            customer: customer, firstTier: firstTier, previous: previous, claims: claims,
            figures: figures, refused: refused, answered: answered, rules: rules, order: order)
    }
}
