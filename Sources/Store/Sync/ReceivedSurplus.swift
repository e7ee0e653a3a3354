import Bank
import GRDB
import Sync
import Vault

/// What came down to this node of one customer and is no longer in its scope.
struct ReceivedSurplus {
    var claims: [ClaimID] = []
    var steps: [DisputeStepID] = []
    /// The customer's place in the directory, with the decision.
    var isSettled = false
    /// The decision alone.
    var isDecided = false
    /// What the first-tier branch decided of the customer.
    var hasWord = false

    var isEmpty: Bool {
        claims.isEmpty && steps.isEmpty && !isSettled && !isDecided && !hasWord
    }
    var count: Int {
        claims.count + steps.count + [isSettled, isDecided, hasWord].count { $0 }
    }
}

extension BranchStore {
    /// Derives anew what is derived from a customer's claims, steps and record.
    func refresh(_ db: Database, about customer: CustomerNumber) throws {
        try dropPast(db, of: customer)
        try refreshAnswers(db, about: customer)
        try db.refreshHolder(of: customer, firstTier: node.firstTier)
    }
}

extension Database {
    /// What is here of a page's customers and not in the page: never what the outlet wrote, and no
    /// record that is newer than the snapshot.
    func surplus(
        of page: SnapshotPage, lastRecord: Int64, _ outlet: UnitCode
    ) throws -> [CustomerNumber: ReceivedSurplus] {
        var surplus: [CustomerNumber: ReceivedSurplus] = [:]
        let range = page.through == nil ? "customer > ?1" : "customer > ?1 AND customer <= ?2"
        let bounds = [page.after] + (page.through.map { [$0] } ?? [])

        let claims = Set(page.claims.map(\.claim.id))
        let claimRows = try Row.fetchCursor(
            self,
            sql: """
                SELECT customer, id, author FROM claim
                WHERE sequence = 0 AND \(range)
                """,
            arguments: StatementArguments(bounds))
        while let row = try claimRows.next() {
            let id: ClaimID = try row.value("id")
            guard try row.value("author") != outlet, !claims.contains(id) else { continue }
            surplus[try row.value("customer"), default: ReceivedSurplus()].claims.append(id)
        }

        let steps = Set(page.steps.map(\.id))
        let stepRows = try Row.fetchCursor(
            self,
            sql: "SELECT customer, id, author FROM disputeStep WHERE sequence = 0 AND \(range)",
            arguments: StatementArguments(bounds))
        while let row = try stepRows.next() {
            let id: DisputeStepID = try row.value("id")
            guard try row.value("author") != outlet, !steps.contains(id) else { continue }
            surplus[try row.value("customer"), default: ReceivedSurplus()].steps.append(id)
        }

        let settled = Dictionary(
            page.settled.map { ($0.record.customer, $0.decision != nil) },
            uniquingKeysWith: { $0 || $1 })
        let records = try Row.fetchCursor(
            self, sql: "SELECT customer, number FROM directory WHERE \(range)",
            arguments: StatementArguments(bounds))
        while let row = try records.next() {
            let customer: CustomerNumber = try row.value("customer")
            guard try row.value("number") <= lastRecord, settled[customer] == nil else { continue }
            surplus[customer, default: ReceivedSurplus()].isSettled = true
        }
        let decisions = try Row.fetchCursor(
            self, sql: "SELECT DISTINCT customer FROM decision WHERE number <= ?3 AND \(range)",
            arguments: [page.after, page.through, lastRecord])
        while let row = try decisions.next() {
            let customer: CustomerNumber = try row.value("customer")
            guard settled[customer] != true else { continue }
            surplus[customer, default: ReceivedSurplus()].isDecided = true
        }

        let words = Set(page.records.compactMap(TierStandingRecord.init).map(\.customer))
        let wordRows = try Row.fetchCursor(
            self, sql: "SELECT customer FROM tierStanding WHERE \(range)",
            arguments: StatementArguments(bounds))
        while let row = try wordRows.next() {
            let customer: CustomerNumber = try row.value("customer")
            guard !words.contains(customer) else { continue }
            surplus[customer, default: ReceivedSurplus()].hasWord = true
        }
        return surplus
    }

    func remove(
        _ surplus: ReceivedSurplus, of customer: CustomerNumber, lastRecord: Int64
    ) throws {
        for claim in surplus.claims {
            try execute(
                prepared: "DELETE FROM claim WHERE id = ? AND sequence = 0", arguments: [claim])
        }
        for step in surplus.steps {
            try execute(
                prepared: "DELETE FROM disputeStep WHERE id = ? AND sequence = 0", arguments: [step]
            )
        }
        if surplus.isSettled {
            try execute(
                prepared: "DELETE FROM directory WHERE customer = ? AND number <= ?",
                arguments: [customer, lastRecord])
        }
        if surplus.hasWord {
            try execute(
                prepared: "DELETE FROM tierStanding WHERE customer = ?", arguments: [customer])
        }
        if surplus.isSettled || surplus.isDecided {
            try execute(
                prepared: "DELETE FROM decision WHERE customer = ? AND number <= ?",
                arguments: [customer, lastRecord])
        }
    }
}
