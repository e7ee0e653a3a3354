package import Bank
import GRDB
package import Sync
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
    /// The last batch of records kept and its chain hash.
    package let batch: Int64?
    package let digest: String?
    /// What the last compare found that was not an ordinary one.
    package let verdict: Verdict?
    /// Rows that could not be applied and are set apart, less what the outlet gave up.
    package let setApart: Int
    /// Batches that the node handed over while it was fenced, for people to look at.
    package let handedOver: Int
}

extension BankStore {
    /// Every outlet of the bank in the order of codes, whether it has a node or not; audited.
    package func nodes(by actor: String) throws -> [NodeView] {
        try audit(.viewed, by: actor, on: nil, detail: ["view": "nodes"])
        let now = world.now()
        let (units, rows) = try translating {
            try bank.readState { db in
                (try db.units(), try Row.fetchAll(db, prepared: "SELECT * FROM node"))
            }
        }
        let organisation = Organisation(units: units, staff: [])
        let byOutlet = try Dictionary(
            once: rows.map { (try $0.value("outlet") as UnitCode, $0) }, in: "node")
        return try units.filter { $0.level == .outlet }.compactMap { outlet in
            guard let code = organisation.firstTier(of: outlet.code) else { return nil }
            let row = byOutlet[outlet.code]
            let (date, checkpoint) = try translating {
                try firstTier(code).database.readState { db in
                    (
                        try BusinessDay.fetchOne(
                            db, prepared: "SELECT max(date) FROM dayClose WHERE outlet = ?",
                            arguments: [outlet.code]),
                        try Row.fetchOne(
                            db,
                            prepared: """
                                SELECT batch, hash, epoch,
                                    (SELECT sum(rows) FROM laneCheckpoint WHERE outlet = ?1)
                                        AS delivered,
                                    (SELECT count(*) FROM quarantine
                                        WHERE outlet = ?1 AND discardedAt IS NULL) AS setApart,
                                    (SELECT count(DISTINCT hash) FROM review WHERE outlet = ?1)
                                        AS handedOver,
                                    (SELECT coalesce(fencedAs, verdict) FROM nodeState
                                        WHERE outlet = ?1) AS verdict
                                FROM laneCheckpoint WHERE outlet = ?1 AND lane = 'records'
                                """,
                            arguments: [outlet.code])
                    )
                }
            }
            let contactedAt = try row?.value("contactedAt") as Int64?
            let reported = try row?.value("reportedPending") as Int64?
            let since =
                (try checkpoint?.value("delivered") as Int64? ?? 0)
                - (try row?.value("deliveredAtHello") as Int64? ?? 0)
            return NodeView(
                outlet: outlet, firstTier: code,
                epoch: try checkpoint?.value("epoch") ?? row?.value("epoch"),
                enrolledAt: try row?.value("enrolledAt"), revokedAt: try row?.value("revokedAt"),
                contactedAt: contactedAt, lag: contactedAt.map { max(0, now - $0) },
                pending: reported.map { max(0, $0 - since) },
                skewMilliseconds: try row?.value("skewMilliseconds"), businessDate: date,
                batch: try checkpoint?.value("batch"), digest: try checkpoint?.value("hash"),
                verdict: (try checkpoint?.value("verdict") as String?).flatMap(
                    Verdict.init(rawValue:)),
                setApart: try checkpoint?.value("setApart") ?? 0,
                handedOver: try checkpoint?.value("handedOver") ?? 0)
        }
    }
}
