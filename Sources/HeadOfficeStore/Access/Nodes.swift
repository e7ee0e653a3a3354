package import Bank
import GRDB
import Vault

/// One outlet's node as head office sees it.
package struct NodeView: Sendable {
    package let outlet: Bank.Unit
    package let firstTier: UnitCode
    /// Nil where no node of the outlet was ever enrolled; so are the rest then.
    package let epoch: Int64?
    package let enrolledAt: Int64?
    /// When it was shut out; nil while it may speak.
    package let revokedAt: Int64?
    /// When it was last heard, milliseconds; nil: never since it was enrolled.
    package let contactedAt: Int64?
    /// Milliseconds since it was last heard; a silent node is unknown since then, not in step.
    package let lag: Int64?
    /// Rows it said it still had to send.
    package let pending: Int64?
    package let skewMilliseconds: Int64?
    /// The last business date that it closed and delivered.
    package let businessDate: BusinessDay?
    /// The last batch kept and its chain hash.
    package let batch: Int64?
    package let digest: String?
}

extension BankStore {
    /// Every outlet of the bank in the order of codes, whether it has a node or not; audited.
    package func nodes(by actor: String) throws -> [NodeView] {
        try audit(.viewed, by: actor, on: nil, detail: ["view": "nodes"])
        let now = world.now()
        let (units, rows) = try translating {
            try bank.read { db in
                (try db.units(), try Row.fetchAll(db, sql: "SELECT * FROM node"))
            }
        }
        let organisation = Organisation(units: units, staff: [])
        let byOutlet = Dictionary(
            uniqueKeysWithValues: rows.map { ($0["outlet"] as UnitCode, $0) })
        return try units.filter { $0.level == .outlet }.compactMap { outlet in
            guard let code = organisation.firstTier(of: outlet.code) else { return nil }
            let row = byOutlet[outlet.code]
            let (date, checkpoint) = try translating {
                try firstTier(code).database.read { db in
                    (
                        try BusinessDay.fetchOne(
                            db, sql: "SELECT max(date) FROM dayClose WHERE outlet = ?",
                            arguments: [outlet.code]),
                        try Row.fetchOne(
                            db, sql: "SELECT batch, hash FROM checkpoint WHERE outlet = ?",
                            arguments: [outlet.code])
                    )
                }
            }
            let contactedAt = row?["contactedAt"] as Int64?
            return NodeView(
                outlet: outlet, firstTier: code, epoch: row?["epoch"],
                enrolledAt: row?["enrolledAt"], revokedAt: row?["revokedAt"],
                contactedAt: contactedAt,
                lag: contactedAt.map { max(0, now - $0) }, pending: row?["reportedPending"],
                skewMilliseconds: row?["skewMilliseconds"], businessDate: date,
                batch: checkpoint?["batch"], digest: checkpoint?["hash"])
        }
    }
}
