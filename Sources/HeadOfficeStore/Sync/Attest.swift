import Bank
import GRDB
import Sealing
import Sync
import Vault

// Head office's word for what it passes on: where it loses a claim or a step, and its author's node
// does too, whoever was sent it can give it back.

extension BankStore {
    /// Says that head office had the claim from its author. The name is the hash of the content,
    /// so nothing else has to be covered.
    func attestation(of claim: ClaimID) -> String {
        hexadecimal(secrets.blind.index("attestation", "claim/\(claim)"))
    }

    func attestation(of step: DisputeStepID) -> String {
        hexadecimal(secrets.blind.index("attestation", "step/\(step)"))
    }

    /// What a node is given beside what others wrote; its own it sends again itself.
    func attestations(
        of claims: [Claim], _ steps: [DisputeStep], for node: EnrolledNode
    ) -> [String: String] {
        var attestations: [String: String] = [:]
        for claim in claims where claim.author != node.outlet {
            attestations[claim.id.rawValue] = attestation(of: claim.id)
        }
        for step in steps where step.author != node.outlet {
            attestations[step.id.rawValue] = attestation(of: step.id)
        }
        return attestations
    }

    /// Those of an offer that are not here.
    func lacking(of offer: Offer, from node: EnrolledNode) throws -> Offer {
        let tier = try firstTier(node.firstTier)
        return try translating {
            try tier.database.readState { db in
                Offer(
                    claims: try offer.claims.filter {
                        try Bool.fetchOne(
                            db.cachedStatement(
                                sql: "SELECT NOT EXISTS (SELECT 1 FROM claim WHERE id = ?)"),
                            arguments: [$0]) ?? true
                    },
                    // A row under its name may be anybody's.
                    steps: try offer.steps.filter {
                        try Row.fetchAll(
                            db.cachedStatement(sql: "SELECT * FROM disputeStep WHERE id = ?"),
                            arguments: [$0]
                        ).allSatisfy { try step($0, tier.code) == nil }
                    })
            }
        }
    }

    /// Keeps what is given back with a genuine attestation and is not here; how many there were.
    func takeAttested(
        _ given: GivenBack, _ db: Database, _ tier: FirstTier, sequence: Int64
    ) throws -> Int {
        var taken = 0
        var customers: Set<CustomerNumber> = []
        for claim in given.claims where claim.firstTier == tier.code {
            guard given.attestations[claim.id.rawValue] == attestation(of: claim.id),
                try db.keep(claim, at: world.now(), sequence: sequence)
            else { continue }
            taken += 1
            customers.insert(claim.customer)
        }
        for step in given.steps where step.firstTier == tier.code {
            guard given.attestations[step.id.rawValue] == attestation(of: step.id) else { continue }
            try keep(step, sequence: sequence, db)
            taken += db.changesCount > 0 ? 1 : 0
        }
        // Its author may be a party again, who gets what there is of the customer.
        for customer in customers { try db.showAgain(customer) }
        return taken
    }
}

extension Database {
    /// Keeps a claim that was lost here, with what the decisions at hand made of it; false where it
    /// was here, and only that may have changed.
    func keep(_ claim: Claim, at now: Int64, sequence: Int64) throws -> Bool {
        let outcome = try outcome(of: claim.id, on: claim.customer)
        try execute(
            prepared: """
                INSERT OR IGNORE INTO claim (
                    id, customer, author, content, outcome, receivedAt, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                claim.id, claim.customer, claim.author, claim.content.description, outcome, now,
                sequence,
            ])
        if changesCount > 0 { return true }
        guard let outcome else { return false }
        try execute(
            prepared:
                "UPDATE claim SET outcome = ?, sequence = ? WHERE id = ? AND outcome IS NOT ?1",
            arguments: [outcome, sequence, claim.id])
        return false
    }

    /// What the last decision that names a claim made of it; nil where none does.
    func outcome(
        of claim: ClaimID, on customer: CustomerNumber
    ) throws -> Decision.Outcome? {
        let settlements = try Row.fetchCursor(
            self,
            sql: "SELECT decision, record FROM settlement WHERE customer = ? ORDER BY number DESC",
            arguments: [customer])
        var isLast = true
        while let row = try settlements.next() {
            let (decisionText, recordText): (String, String) = (
                try row.value(0), try row.value(1)
            )
            guard let decision = try? JSONValue(reading: Array(decisionText.utf8)),
                let record = try? JSONValue(reading: Array(recordText.utf8))
            else { throw StoreError.damaged("settlement") }
            // The decision may be lost; the owner stands in the record.
            if decision.isNull, record["claim"]?.string == claim.rawValue {
                return isLast ? .owner : .followed
            }
            isLast = false
            if let outcome = decision["outcomes"]?[claim.rawValue]?.string {
                return Decision.Outcome(rawValue: outcome)
            }
            if decision["previous"]?.string == claim.rawValue {
                let isStill = decision["owner"]?["claim"]?.string == claim.rawValue
                return isStill ? .owner : .followed
            }
        }
        return nil
    }
}
