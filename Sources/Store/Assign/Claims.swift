import Bank
import GRDB
import Sync
import Vault

extension Database {
    /// The claims on a customer that this node knows, in the order of their ids.
    func claims(on customer: CustomerNumber) throws -> [(claim: Claim, outcome: Decision.Outcome?)]
    {
        try Row.fetchAll(
            self, prepared: "SELECT id, content, outcome FROM claim WHERE customer = ? ORDER BY id",
            arguments: [customer]
        ).map { (try claim($0), try $0.value("outcome")) }
    }

    /// The claim of a row with `id` and `content`.
    func claim(_ row: Row) throws -> Claim {
        let (id, content): (ClaimID, String) = (try row.value("id"), try row.value("content"))
        guard let json = try? JSONValue(reading: Array(content.utf8)),
            let claim = Claim(id: id, content: json)
        else { throw StoreError.damaged("claim") }
        return claim
    }

    /// A claim of this node (`sequence` nil: to be sent) or one that head office passed on (0), with
    /// its attestation.
    func insert(
        _ claim: Claim, outcome: Decision.Outcome? = nil, sequence: Int64? = nil,
        attestation: String? = nil
    ) throws {
        try execute(
            prepared: """
                INSERT INTO claim (id, customer, author, content, outcome, sequence, attestation)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE
                SET outcome = excluded.outcome,
                    attestation = coalesce(excluded.attestation, attestation)
                """,
            arguments: [
                claim.id, claim.customer, claim.author, claim.content.description, outcome,
                sequence, attestation,
            ])
    }

    /// The claim of the settled owner, from the directory; where this outlet does not have the
    /// claim itself, what the directory says of it is all that an owner needs.
    func settledClaim(on customer: CustomerNumber, firstTier: UnitCode) throws -> Claim? {
        guard
            let row = try Row.fetchOne(
                self,
                prepared: """
                    SELECT claim, manager, outlet, since FROM directory
                    WHERE customer = ? AND outlet IS NOT NULL
                    """,
                arguments: [customer]), let id: ClaimID = try row.value("claim") as ClaimID?
        else { return nil }
        return Claim(
            id: id, customer: customer, firstTier: firstTier, author: try row.value("outlet"),
            kind: .assignment, base: nil, outlet: try row.value("outlet"),
            manager: try row.value("manager"),
            evidence: Evidence(
                activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
            businessDate: try row.value("since"), stamp: "", enteredBy: "")
    }

    /// Who owns a customer as this node knows it: the order over the claims it has, settled or not.
    func ownership(of customer: CustomerNumber, firstTier: UnitCode) throws -> Ownership {
        let settled = try settledClaim(on: customer, firstTier: firstTier)
        return Ownership(
            settled: settled, unsettled: try openClaims(on: customer, isOwned: settled != nil))
    }

    /// The claims on a customer that a settlement would have to decide.
    func openClaims(on customer: CustomerNumber, isOwned: Bool) throws -> [Claim] {
        let known = try claims(on: customer)
        guard !known.isEmpty else { return [] }
        return Settlement.open(
            known, isOwned: isOwned, answered: try answeredClaims(on: customer))
    }

    /// The claims whose request had its answer, as the steps known here say.
    func answeredClaims(on customer: CustomerNumber) throws -> [ClaimID: Decision.Answer] {
        let rows = try Row.fetchAll(
            self, prepared: "SELECT claim, answer FROM answeredClaim WHERE customer = ?",
            arguments: [customer])
        return try rows.reduce(into: [:]) { answers, row in
            answers[try row.value("claim")] = Decision.Answer(rawValue: try row.value("answer"))
        }
    }

    /// Writes down for lists what `ownership(of:)` says.
    func refreshHolder(of customer: CustomerNumber, firstTier: UnitCode) throws {
        let ownership = try ownership(of: customer, firstTier: firstTier)
        guard let owner = ownership.owner else {
            try execute(prepared: "DELETE FROM holder WHERE customer = ?", arguments: [customer])
            return
        }
        try execute(
            prepared: """
                INSERT OR REPLACE INTO holder (customer, outlet, manager, since, state)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [customer, owner.outlet, owner.manager, owner.since, ownership.state])
    }
}
