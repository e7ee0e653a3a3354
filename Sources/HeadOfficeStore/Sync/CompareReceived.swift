import Bank
import Foundation
import GRDB
import Sealing
import Sync
import Vault

extension BankStore {
    /// Compares what went down to a node with what it has of it: equal, or where they differ; then
    /// the rows there; then those that it asks for, whole.
    func compare(
        received question: ReceivedQuestion, with node: EnrolledNode
    ) throws -> JSONValue {
        let tier = try firstTier(node.firstTier)
        let behind: JSONValue = ["behind": true, "protocol": .int(Message.version)]
        if let position = question.position,
            try position.organisationVersion != organisationVersion()
        {
            return behind
        }
        switch question {
        case .root(let root, let position, let later):
            guard let digest = try digest(of: node, at: position, tier) else { return behind }
            guard digest.root(with: later) != root else {
                return ["equal": true, "protocol": .int(Message.version)]
            }
            return [
                "equal": false, "protocol": .int(Message.version), "sums": digest.sums,
                "with": later.named,
            ]
        case .buckets(let buckets, let position):
            guard let listing = try listing(of: buckets, for: node, at: position, tier) else {
                return behind
            }
            return ["protocol": .int(Message.version), "rows": listing.json]
        case .rows(let keys, let position):
            return try rows(again: keys, for: node, at: position)?.json ?? behind
        }
    }

    /// Nil where there is something newer than the node's position.
    private func digest(
        of node: EnrolledNode, at position: ReceivedPosition, _ tier: FirstTier
    ) throws -> ReceivedDigest? {
        var digest = ReceivedDigest()
        for row in try organisation(of: node.firstTier).digestRows {
            digest.add(.organisation, row.key, row.digest)
        }
        let isInStep = try translating {
            try tier.database.readState { db -> Bool in
                guard try db.isInStep(node, position) else { return false }
                for table in ReceivedTable.allCases {
                    try digests(of: table, db, node) { digest.add(table, $0, $1) }
                }
                return true
            }
        }
        return isInStep ? digest : nil
    }

    private func listing(
        of buckets: [ReceivedBucket], for node: EnrolledNode, at position: ReceivedPosition?,
        _ tier: FirstTier
    ) throws -> Comparison.Listing? {
        var listing = Comparison.Listing()
        let organisation = try organisation(of: node.firstTier)
        let isInStep = try translating {
            try tier.database.readState { db -> Bool in
                guard try db.isInStep(node, position) else { return false }
                for (table, buckets) in Dictionary(grouping: buckets, by: \.table) {
                    let wanted = Set(buckets.map(\.number))
                    var rows: Comparison.Rows = [:]
                    func add(_ key: String, _ digest: Digest) {
                        guard wanted.contains(TableDigest.bucket(of: key)) else { return }
                        rows[key] = digest.shortened
                    }
                    if table == .organisation {
                        for row in organisation.digestRows { add(row.key, row.digest) }
                    }
                    try digests(of: table, db, node, add)
                    listing.tables[table.rawValue] = rows
                }
                return true
            }
        }
        return isInStep ? listing : nil
    }

    func organisation(of firstTier: UnitCode) throws -> Organisation {
        try translating { try bank.readState { try $0.organisation(openedBy: secrets.cipher) } }
            .scoped(to: firstTier)
    }

    /// Hands on the key and digest of each row of the branch's that a node should have.
    private func digests(
        of table: ReceivedTable, _ db: Database, _ node: EnrolledNode,
        _ take: (String, Digest) throws -> Void
    ) throws {
        let setApart = try db.tablesSetApart(of: node.outlet)
        // Of its own that is set apart an older state may be here; the node leaves it out as well.
        func isSetApart(_ record: String, _ key: String, by author: UnitCode) throws -> Bool {
            guard author == node.outlet, setApart.contains(record) else { return false }
            return try db.isSetApart(record, key: key, of: author)
        }
        switch table {
        case .organisation: break
        case .claim:
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, customer, author, content, outcome FROM claim AS item
                    WHERE \(Database.mayHave)
                    """,
                arguments: [nil, node.outlet])
            while let row = try rows.next() {
                // What does not go down is not compared.
                let (id, content): (String, String) = (
                    try row.value("id"), try row.value("content")
                )
                guard Digest.sha256(content).hex == id,
                    try !isSetApart("claim", id, by: row.value("author"))
                else { continue }
                try take(id, ReceivedTable.digest(row.cells))
            }
        case .directory:
            // A record may have been given back without its decision.
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT customer, CASE WHEN outlet IS NULL THEN NULL ELSE claim END, manager,
                        outlet, since, number, rule, digest, record, signature,
                        CASE WHEN \(Database.isEntitled) THEN nullif(decision, 'null') END
                    FROM (
                        SELECT settlement.customer, claim, manager, outlet, since,
                            settlement.number, json_extract(record, '$.rule') AS rule, digest,
                            record, signature, decision
                        FROM settlement JOIN ownership USING (customer, number)) AS item
                    """,
                arguments: [nil, node.outlet])
            while let row = try rows.next() {
                try take(try row.value("customer"), ReceivedTable.digest(row.cells))
            }
        case .disputeStep:
            var after = ""
            while true {
                let customers = try String.fetchAll(
                    db,
                    prepared: """
                        SELECT DISTINCT customer FROM disputeStep WHERE customer > ?
                        ORDER BY customer LIMIT ?
                        """,
                    arguments: [after, snapshotLimits.customersPerPage])
                guard let last = customers.last else { return }
                for step in try steps(
                    db, for: node, of: CustomerRange(after: after, through: last))
                {
                    // One about a customer whom head office does not know from the outlet does not
                    // go down.
                    if try isSetApart("disputeStep", step.id.rawValue, by: step.author)
                        || isSetApart("customer", step.customer.rawValue, by: step.author)
                    {
                        continue
                    }
                    try take(
                        step.id.rawValue,
                        ReceivedTable.digest([
                            step.id.rawValue, step.dispute.rawValue, step.customer.rawValue,
                            step.author.rawValue, step.content.description,
                        ]))
                }
                after = last
            }
        case .profileEdit:
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, author, customer, field, lifts, at, counter, node, staff, date,
                        value, note
                    FROM profileEdit AS item WHERE \(Database.mayHaveEdit(outlet: "?2"))
                    """,
                arguments: [nil, node.outlet])
            while let row = try rows.next() {
                let (id, author): (String, String) = (try row.value("id"), try row.value("author"))
                let opened = try ["value", "note"].map {
                    try secrets.open(row.value($0), "profileEdit", "\(author)/\(id)", $0)
                }
                try take(id, ReceivedTable.digest(row.cells.prefix(10) + opened))
            }
        case .tierStanding:
            for word in try db.tierWords(where: "TRUE", [nil, node.outlet]) {
                try take(word.row.customer.rawValue, word.row.digest)
            }
        }
    }
}

extension Database {
    fileprivate func isSetApart(
        _ record: String, key: String, of outlet: UnitCode
    ) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM quarantine
                    WHERE outlet = ? AND record = ? AND key = ?)
                """,
            arguments: [outlet, record, key]) ?? false
    }

    /// Whether a node lacks nothing that it would only have to pull, and head office neither what it
    /// once told it: that is being made whole, or came out of a backup meanwhile.
    func isInStep(_ node: EnrolledNode, _ position: ReceivedPosition?) throws -> Bool {
        // One of a version before does not say where it stands.
        guard let position else { return true }
        let newest = try Int64.fetchOne(self, prepared: "SELECT value FROM changeCounter") ?? 0
        return try position.after <= newest
            && countScope(of: node, after: position.after, most: 1) == 0
            && Int64.fetchOne(self, prepared: "SELECT lastRecord FROM recovery") == nil
    }
}
