package import Bank
import GRDB
import Sync
import Vault

/// What would be if the order of claims or the waiting time were another; nothing is written.
package struct DryRun: Sendable {
    /// Customers whose claims would be settled now, and for whom.
    package let due: [OwnerChange]
    /// Settled customers who would have another owner.
    package let changes: [OwnerChange]
}

extension BankStore {
    /// - Parameters:
    ///   - order: names of rules, the first that tells claims apart decides; nil for today's.
    ///   - wait: business days to wait for a silent outlet; nil for the parameter's.
    package func dryRun(
        _ code: UnitCode?, order names: [String]? = nil, wait: Int? = nil, by actor: String
    ) throws -> DryRun {
        let order = try names.map { names in
            guard let order = Settlement.order(names) else {
                throw Refusal(
                    .unknownOrder,
                    ["rules": Settlement.order.map(\.rawValue).joined(separator: ", ")])
            }
            return order
        }
        let codes = try code.map { [try firstTier($0).code] } ?? firstTierCodes
        var (due, changes): ([OwnerChange], [OwnerChange]) = ([], [])
        for code in codes {
            let tier = try firstTier(code)
            let rules = try Admissibility(of: code, bank: bank, now: world.now())
            try translating {
                try tier.database.readState { db in
                    due += try wouldSettle(db, tier, rules, order ?? Settlement.order, wait)
                    if let order { changes += try db.wouldChange(under: order) }
                }
            }
        }
        try audit(
            .triedOrder, by: actor, on: code?.rawValue,
            detail: [
                "order": order.map { .array($0.map { .string($0.rawValue) }) } ?? .null,
                "wait": JSONValue(wait.map(Int64.init)),
            ])
        return DryRun(due: due, changes: changes)
    }

    private func wouldSettle(
        _ db: Database, _ tier: FirstTier, _ rules: Admissibility, _ order: [Decision.Rule],
        _ wait: Int?
    ) throws -> [OwnerChange] {
        try db.customersToSettle(after: nil, most: Int.max).compactMap { customer in
            let open = try openClaims(db, tier, rules.calendar, on: customer)
            let isDue = try rules.calendar.areDue(
                open, wait: wait, passingOver: rules.closed, db)
            guard !open.isEmpty && isDue else { return nil }
            let settlement = try settlement(db, tier, rules, of: customer, open, order: order)
            let decision = settlement.decide()
            return OwnerChange(
                customer: customer, now: settlement.previous.flatMap(Ownership.Owner.init),
                then: decision.owner.flatMap(Ownership.Owner.init), rule: decision.rule,
                kind: Decision.decidingClaim(decision.content, open)?.kind)
        }
    }
}

extension Database {
    fileprivate func wouldChange(under order: [Decision.Rule]) throws -> [OwnerChange] {
        let customers = try CustomerNumber.fetchAll(
            self, prepared: "SELECT customer FROM ownership ORDER BY customer")
        return try customers.compactMap { customer in
            let claims = try Dictionary(
                once: try knownClaims(on: customer).map { ($0.claim.id, $0.claim) }, in: "claim")
            let decisions = try String.fetchAll(
                self,
                prepared: "SELECT decision FROM settlement WHERE customer = ? ORDER BY number",
                arguments: [customer]
            ).map { text in
                guard let decision = try? JSONValue(reading: Array(text.utf8)) else {
                    throw StoreError.damaged("settlement")
                }
                return decision
            }
            // Lost with a head office that came out of a backup: nothing can be said of the customer.
            let isWhole = decisions.allSatisfy { decision in
                !decision.isNull
                    && Settlement.claims(namedIn: decision).allSatisfy { claims[$0] != nil }
            }
            guard isWhole else { return nil }
            let settlements = try decisions.map { decision in
                guard let settlement = Settlement(replaying: decision, claims: claims) else {
                    throw StoreError.damaged("settlement")
                }
                return settlement
            }
            return OwnerChange(of: customer, settlements, under: order)
        }
    }
}
