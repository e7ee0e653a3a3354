import Bank
import GRDB
package import Sync
import Vault

extension BranchStore {
    /// The next of this node's settlement records that are newer than one, also those that later
    /// ones followed, in their order, as many as a message holds; nil where there is none.
    package func recordsToGiveBack(after number: Int64) throws -> GivenBack? {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT record, signature, content, known.customer AS customer
                    FROM (
                        SELECT number, customer, digest, record, signature FROM directory
                        WHERE number > ?1
                        UNION ALL
                        SELECT number, customer, digest, record, signature FROM pastRecord
                        WHERE number > ?1) AS known
                    LEFT JOIN decision ON decision.digest = known.digest
                    ORDER BY known.number
                    """,
                arguments: [number])
            var settled: [Delta.Settled] = []
            var claims: [Claim] = []
            var size = 0
            while let row = try rows.next() {
                guard let record = json(row["record"]).flatMap(SettlementRecord.init(json:)) else {
                    throw StoreError.damaged("directory")
                }
                let decision = json(row["content"])
                let behind =
                    decision == nil
                    ? [] : try db.claims(on: row["customer"] as CustomerNumber).map(\.claim)
                size += (row["record"] as String).utf8.count
                size += (row["content"] as String?)?.utf8.count ?? 0
                size += behind.reduce(0) { $0 + $1.content.description.utf8.count + 80 }
                if size > GivenBack.mostBytes, !settled.isEmpty {
                    return GivenBack(settled: settled, claims: claims, isLast: false)
                }
                settled.append(
                    Delta.Settled(
                        record: record, signature: row["signature"], decision: decision))
                claims += behind
            }
            return settled.isEmpty
                ? nil : GivenBack(settled: settled, claims: claims, isLast: true)
        }
    }

    private func json(_ text: String?) -> JSONValue? {
        text.flatMap { try? JSONValue(reading: Array($0.utf8)) }
    }
}
