import Bank
import GRDB
package import Sync
import Vault

extension BankStore {
    /// What is new to a node after the sequence that it has, within its scope: the claims on
    /// customers that its outlet serves, every settlement of its first-tier branch.
    ///
    /// Its rows are no more than travels in a chunk, packed, since a cut has all of it sent again
    /// (`sync.md`, statement 10); one transaction is whole whatever its size.
    ///
    /// - Parameter size: bytes after which it ends, unpacked, with the sequence that it is in at
    ///   least.
    package func delta(
        for node: EnrolledNode, _ request: PullRequest, upTo size: Int = Delta.mostBytes
    ) throws -> Delta {
        let tier = try firstTier(node.firstTier)
        let version = try organisationVersion()
        let organisation =
            try isNews(version, to: request.organisationVersion)
            ? try scopedOrganisation(node.firstTier) : nil
        return try translating {
            try tier.database.readState { db in
                var size = size
                var last: Int64?
                while true {
                    let rows = try rows(db, newTo: node, after: request.after, upTo: size)
                    // It does not become less by asking for less.
                    guard rows.through != last else { return rows.delta(version, organisation) }
                    last = rows.through
                    // Few rows fit unpacked, and with three bytes a character.
                    guard rows.size > Part.size / 3 else {
                        return rows.delta(version, organisation)
                    }
                    let json = rows.delta(version, nil).json.canonicalBytes
                    let packed = json.count > Part.size ? Zstd.compress(json).count : json.count
                    if packed <= Part.size || !rows.isDivisible {
                        return rows.delta(version, organisation)
                    }
                    size = min(size / 2, json.count * Int(Part.size) / packed)
                }
            }
        }
    }

    /// Whether a node that holds an organisation of a version gets head office's: also where its own
    /// is greater, of a head office whose clock was ahead, or that came out of a backup. While that
    /// is being made whole, the backup's organisation replaces none: the newest is still to be
    /// loaded.
    private func isNews(_ version: Int64, to held: Int64) throws -> Bool {
        guard version < held else { return version > held }
        return try !isRecovering()
    }

    private func rows(
        _ db: Database, newTo node: EnrolledNode, after: Int64, upTo size: Int
    ) throws -> NewRows {
        let (through, hasMore, size) = try db.end(ofDeltaFor: node, after: after, upTo: size)
        let claims = try db.claims(for: node, after: after, through: through)
        let steps = try steps(db, for: node, after: after, through: through)
        return NewRows(
            through: through, hasMore: hasMore, size: size, claims: claims,
            settled: try db.settlements(for: node, after: after, through: through),
            steps: steps, records: try passedOn(db, to: node, after: after, through: through),
            attestations: attestations(of: claims.map(\.row.claim), steps.map(\.row), for: node),
            closedThrough: try db.tierClosed(with: node.outlet))
    }
}

/// What a delta brings beside the organisation.
private struct NewRows {
    let through: Int64
    let hasMore: Bool
    /// Bytes that its rows take unpacked, where every character is one.
    let size: Int
    let claims: [Sequenced<Delta.ClaimChange>]
    let settled: [Sequenced<Delta.Settled>]
    let steps: [Sequenced<DisputeStep>]
    let records: [Sequenced<PassedOn>]
    let attestations: [String: String]
    let closedThrough: BusinessDay?

    private var sequences: Delta.Sequences {
        Delta.Sequences(
            claims: claims.map(\.sequence), settled: settled.map(\.sequence),
            steps: steps.map(\.sequence), records: records.map(\.sequence))
    }

    /// Whether they are of more than one transaction.
    var isDivisible: Bool { Set(sequences.all).count > 1 }

    func delta(_ version: Int64, _ organisation: JSONValue?) -> Delta {
        Delta(
            through: through, hasMore: hasMore, organisationVersion: version,
            organisation: organisation, claims: claims.map(\.row), settled: settled.map(\.row),
            steps: steps.map(\.row), attestations: attestations, records: records.map(\.row),
            sequences: sequences, closedThrough: closedThrough)
    }
}

/// A row that goes down, with the sequence of the transaction that it is of.
struct Sequenced<Row> {
    let row: Row
    let sequence: Int64
}

extension Database {
    /// Whether an outlet serves a customer, or was party to what was settled of them: a claim that
    /// is open or was refused opens nothing.
    static let isEntitled = isEntitled(outlet: "?2")

    /// The same, with the SQL that names the outlet.
    static func isEntitled(outlet: String) -> String {
        """
        (EXISTS (SELECT 1 FROM standing AS s
                WHERE s.customer = item.customer AND s.outlet = \(outlet) AND s.isLatest = 1
                    AND s.accounts > 0)
            OR EXISTS (SELECT 1 FROM claim AS c
                WHERE c.customer = item.customer AND c.author = \(outlet)
                    AND c.outcome <> 'refused'))
        """
    }
    /// Its own claim an outlet gets back in any case, with what became of it.
    static let mayHave = mayHave(outlet: "?2")

    static func mayHave(outlet: String) -> String {
        "(item.author = \(outlet) OR \(isEntitled(outlet: outlet)))"
    }

    /// And the steps of a dispute that it began, to its end.
    static let mayHaveStep = mayHaveStep(outlet: "?2")

    static func mayHaveStep(outlet: String) -> String {
        """
        (item.outlet = \(outlet) OR \(isEntitled(outlet: outlet))
            OR EXISTS (SELECT 1 FROM disputeStep AS d
                WHERE d.id = item.dispute AND d.outlet = \(outlet)))
        """
    }

    /// The sequences and sizes of what is new to an outlet, 2, after one, 1; in no order.
    static let newSequences = """
        SELECT sequence, length(content) AS size FROM claim AS item
        WHERE sequence > ?1 AND \(mayHave)
        UNION ALL
        SELECT sequence, length(content) FROM disputeStep AS item
        WHERE sequence > ?1 AND \(mayHaveStep)
        UNION ALL
        \(sequencesPassedOn)
        UNION ALL
        \(sequencesFollowing)
        UNION ALL
        \(sequencesOfTierWords)
        UNION ALL
        SELECT sequence, length(record) + length(decision) FROM settlement WHERE sequence > ?1
        """

    /// Where a delta ends: after whole transactions, so that a settlement never comes without the
    /// claims it settles.
    fileprivate func end(
        ofDeltaFor node: EnrolledNode, after: Int64, upTo size: Int
    ) throws -> (through: Int64, hasMore: Bool, size: Int) {
        let newest = try Int64.fetchOne(self, prepared: "SELECT value FROM changeCounter") ?? 0
        let rows = try Row.fetchAll(
            self,
            prepared: """
                SELECT sequence, size FROM (\(Self.newSequences))
                ORDER BY sequence
                LIMIT ?3
                """,
            arguments: [after, node.outlet, Delta.mostRows])
        var total = 0
        var last: Int64?
        // The last sequence that is in whole.
        var whole: Int64?
        for row in rows {
            let sequence = row[0] as Int64
            if let last, sequence > last {
                whole = last
                if total >= size { return (last, true, total) }
            }
            // Names, outcome, signature and attestation come to what is kept.
            total += row[1] as Int + 300
            if total > size, let whole { return (whole, true, total) }
            last = sequence
        }
        guard rows.count == Delta.mostRows, let last, last < newest else {
            return (newest, false, total)
        }
        return (last, true, total)
    }

    fileprivate func claims(
        for node: EnrolledNode, after: Int64, through: Int64
    ) throws -> [Sequenced<Delta.ClaimChange>] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT id, content, outcome, sequence FROM claim AS item
                WHERE sequence > ?1 AND sequence <= ?3 AND \(Self.mayHave)
                ORDER BY sequence, id
                """,
            arguments: [after, node.outlet, through]
        ).map {
            Sequenced(
                row: Delta.ClaimChange(claim: try Claim(row: $0), outcome: try $0.value("outcome")),
                sequence: try $0.value("sequence"))
        }
        // Version 0.1.0 kept of a claim only what it knew: such a one would stop the receiver.
        .filter(\.row.claim.hasItsName)
    }

    fileprivate func settlements(
        for node: EnrolledNode, after: Int64, through: Int64
    ) throws -> [Sequenced<Delta.Settled>] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT record, signature, decision, sequence, \(Self.isEntitled) AS isEntitled
                FROM settlement AS item
                WHERE sequence > ?1 AND sequence <= ?3
                ORDER BY number
                """,
            arguments: [after, node.outlet, through]
        ).map { Sequenced(row: try Delta.Settled(row: $0), sequence: try $0.value("sequence")) }
    }

    /// The last records of some customers.
    ///
    /// - Parameter arguments: the second is the node's outlet.
    func lastSettlements(
        for node: EnrolledNode, where condition: String, _ arguments: StatementArguments
    ) throws -> [Delta.Settled] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT record, signature, decision, \(Self.isEntitled) AS isEntitled
                FROM settlement AS item
                WHERE \(condition) AND number = (
                    SELECT max(number) FROM settlement AS s WHERE s.customer = item.customer)
                """,
            arguments: arguments
        ).map { try Delta.Settled(row: $0) }
    }
}

extension Delta.Settled {
    /// With the decision where `isEntitled` says so.
    fileprivate init(row: Row) throws {
        guard let json = try? JSONValue(reading: Array((row.value("record") as String).utf8)),
            let record = SettlementRecord(json: json)
        else { throw StoreError.damaged("settlement") }
        var decision: JSONValue?
        if try row.value("isEntitled") {
            // A damaged one must not go out as none.
            guard
                let kept = try? JSONValue(reading: Array((row.value("decision") as String).utf8))
            else { throw StoreError.damaged("settlement.decision") }
            decision = kept
        }
        self.init(record: record, signature: try row.value("signature"), decision: decision)
    }
}

extension Claim {
    /// What a signed record says of the owner's claim; nil where it says that there is none.
    init?(by record: SettlementRecord) {
        guard let id = record.claim, let owner = record.owner else { return nil }
        self.init(
            id: id, customer: record.customer, firstTier: record.firstTier, author: owner.outlet,
            kind: .assignment, base: nil, outlet: owner.outlet, manager: owner.manager,
            evidence: Evidence(
                activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil),
            businessDate: owner.since, stamp: "", enteredBy: "")
    }

    /// A claim as it was kept; its form was checked when it came.
    init(row: Row) throws {
        guard let content = try? JSONValue(reading: Array((row.value("content") as String).utf8)),
            let claim = Claim(id: try row.value("id"), content: content)
        else { throw StoreError.damaged("claim") }
        self = claim
    }
}
