import Bank
import Foundation
import GRDB
package import Sync
import Vault

extension BankStore {
    /// The rows of which a comparison said that the node has them otherwise or not at all, whole.
    /// They are no more than travels in a chunk, packed, and one at least: with `hasMore` the node
    /// asks again for what did not come.
    ///
    /// Nil where there is something newer than the node's position.
    ///
    /// - Parameter size: bytes after which it ends, unpacked.
    package func rows(
        again keys: [ReceivedKey], for node: EnrolledNode, at position: ReceivedPosition?,
        upTo size: Int = Delta.mostBytes
    ) throws -> Delta? {
        let tier = try firstTier(node.firstTier)
        let keys = Dictionary(grouping: keys, by: \.table).mapValues { $0.map(\.key) }
        let part = try keys[.organisation].map {
            try JSONValue(
                reading: Array(
                    JSONEncoder().encode(organisation(of: node.firstTier).part(Set($0)))))
        }
        let version = try organisationVersion()
        return try translating {
            try tier.database.readState { db in
                guard try db.isInStep(node, position) else { return nil }
                var size = size
                while true {
                    let rows = try rows(db, again: keys, for: node, upTo: size)
                    let attested = attestations(
                        of: rows.claims.map(\.claim), rows.steps, for: node)
                    let json = rows.delta(version, nil, attested).json.canonicalBytes
                    let packed = json.count > Part.size ? Zstd.compress(json).count : json.count
                    if packed <= Part.size || rows.count <= 1 {
                        return rows.delta(version, part, attested)
                    }
                    size = min(size / 2, json.count * Int(Part.size) / packed)
                }
            }
        }
    }

    private func rows(
        _ db: Database, again keys: [ReceivedTable: [String]], for node: EnrolledNode,
        upTo size: Int
    ) throws -> RowsAgain {
        var rows = RowsAgain()
        var total = 0
        for table in ReceivedTable.allCases {
            for key in keys[table] ?? [] {
                let arguments: StatementArguments = [key, node.outlet]
                var next = RowsAgain()
                switch table {
                case .organisation: continue
                case .claim:
                    next.claims = try db.claims(for: node, where: "id = ?1", arguments)
                case .directory:
                    next.settled = try db.lastSettlements(
                        for: node, where: "customer = ?1", arguments)
                case .disputeStep:
                    next.steps = try steps(
                        db, for: node, where: "item.id = ?1", by: "id", arguments
                    ).map(\.row)
                case .profileEdit:
                    next.records = try edits(db, where: "item.id = ?1", arguments).map(\.row)
                case .tierStanding:
                    next.records = try db.tierWords(where: "item.customer = ?1", arguments).map {
                        $0.row.record(of: node.firstTier)
                    }
                }
                total += next.size
                guard total <= size || rows.count == 0 || next.count == 0 else {
                    rows.isCut = true
                    return rows
                }
                rows.append(next)
            }
        }
        return rows
    }
}

/// Rows that are sent again.
private struct RowsAgain {
    var claims: [Delta.ClaimChange] = []
    var settled: [Delta.Settled] = []
    var steps: [DisputeStep] = []
    var records: [PassedOn] = []
    /// Whether there was no room for all that were asked for.
    var isCut = false

    var count: Int { claims.count + settled.count + steps.count + records.count }

    /// In bytes; name, outcome and attestation come to what a claim or step says.
    var size: Int {
        let texts =
            settled.map(\.json) + records.map(\.json) + claims.map(\.claim.content)
            + steps.map(\.content)
        return texts.reduce(count * 300) { $0 + $1.description.utf8.count }
    }

    mutating func append(_ next: RowsAgain) {
        claims += next.claims
        settled += next.settled
        steps += next.steps
        records += next.records
    }

    func delta(
        _ version: Int64, _ organisation: JSONValue?, _ attestations: [String: String]
    ) -> Delta {
        Delta(
            through: 0, hasMore: isCut, organisationVersion: version, organisation: organisation,
            claims: claims, settled: settled, steps: steps, attestations: attestations,
            records: records)
    }
}

extension Database {
    fileprivate func claims(
        for node: EnrolledNode, where condition: String, _ arguments: StatementArguments
    ) throws -> [Delta.ClaimChange] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT id, content, outcome FROM claim AS item
                WHERE \(condition) AND \(Self.mayHave)
                """,
            arguments: arguments
        ).map { Delta.ClaimChange(claim: try Claim(row: $0), outcome: try $0.value("outcome")) }
    }
}
