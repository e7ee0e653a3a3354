import Bank
import GRDB
package import Sync
import Vault

extension BranchStore {
    /// The next of this node's settlement records that are newer than one, also those that later
    /// ones followed, in their order, as many as a message holds; none where there is none left.
    ///
    /// One that considered more claims than a message holds fills several, itself in each; a decision
    /// that no message holds goes before, in pieces.
    package func recordsToGiveBack(after number: Int64) throws -> [GivenBack] {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT record, signature, content
                    FROM (
                        SELECT number, digest, record, signature FROM directory WHERE number > ?1
                        UNION ALL
                        SELECT number, digest, record, signature FROM pastRecord WHERE number > ?1
                    ) AS known
                    LEFT JOIN decision ON decision.digest = known.digest
                    ORDER BY known.number
                    """,
                arguments: [number])
            var settled: [Delta.Settled] = []
            var claims: [Claim] = []
            var room = GivenBack.mostBytes
            while let row = try rows.next() {
                let next = try self.settled(row)
                let behind = try db.claims(behind: next.decision)
                if let large = next.inPieces {
                    guard settled.isEmpty else {
                        return [GivenBack(settled: settled, claims: claims, isLast: false)]
                    }
                    return large.parts
                        + GivenBack.split(large.record, behind, isLast: try rows.next() == nil)
                }
                let size = next.size + behind.reduce(0) { $0 + $1.size }
                if size > room, !settled.isEmpty {
                    return [GivenBack(settled: settled, claims: claims, isLast: false)]
                }
                if size > room {
                    return GivenBack.split(next, behind, isLast: try rows.next() == nil)
                }
                room -= size
                settled.append(next)
                claims += behind
            }
            return settled.isEmpty
                ? [] : [GivenBack(settled: settled, claims: claims, isLast: true)]
        }
    }

    private func settled(_ row: Row) throws -> Delta.Settled {
        guard let record = json(try row.value("record")).flatMap(SettlementRecord.init(json:))
        else {
            throw StoreError.damaged("directory")
        }
        return Delta.Settled(
            record: record, signature: try row.value("signature"),
            decision: json(try row.value("content")))
    }

    private func json(_ text: String?) -> JSONValue? {
        text.flatMap { try? JSONValue(reading: Array($0.utf8)) }
    }
}

extension Database {
    /// The claims that a decision names, as far as they are here.
    fileprivate func claims(behind decision: JSONValue?) throws -> [Claim] {
        let named =
            (decision?["considered"]?.array ?? []).compactMap(\.string)
            + [decision?["previous"]?.string].compactMap(\.self)
        return try named.compactMap { id in
            try Row.fetchOne(
                self, prepared: "SELECT id, content FROM claim WHERE id = ?", arguments: [id]
            ).map(claim)
        }
    }
}

extension GivenBack {
    /// One record with its decision in as many messages as the claims behind it fill.
    fileprivate static func split(
        _ settled: Delta.Settled, _ claims: [Claim], isLast: Bool
    ) -> [GivenBack] {
        var parts: [[Claim]] = [[]]
        var room = mostBytes - settled.size
        for claim in claims {
            if claim.size > room, parts[parts.count - 1].isEmpty == false {
                parts.append([])
                room = mostBytes - settled.size
            }
            parts[parts.count - 1].append(claim)
            room -= claim.size
        }
        return parts.enumerated().map { index, claims in
            GivenBack(
                settled: [settled], claims: claims, isLast: isLast && index == parts.count - 1)
        }
    }
}

extension Delta.Settled {
    fileprivate var size: Int { json.description.utf8.count }

    /// A decision that no message holds, in messages of its own, and its record without it; nil for
    /// any other.
    fileprivate var inPieces: (parts: [GivenBack], record: Delta.Settled)? {
        guard let decision, decision.description.utf8.count > GivenBack.mostBytes else {
            return nil
        }
        let parts = DecisionPart.all(of: decision).map { part in
            var message = GivenBack(settled: [], claims: [], isLast: false)
            message.parts = [part]
            return message
        }
        return (parts, Delta.Settled(record: record, signature: signature, decision: nil))
    }
}

extension Claim {
    /// With its name beside it.
    fileprivate var size: Int { content.description.utf8.count + 100 }
}
