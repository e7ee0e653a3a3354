package import Bank
import GRDB
import Schema
package import Sync
import Vault

/// How things stand between this node and head office.
package struct LineState: Hashable, Sendable {
    package enum Condition: String, Sendable {
        /// No head office was given at init.
        case alone
        /// Enrolled, but no exchange has ended well yet.
        case never
        case online
        /// The last try failed; the node works on.
        case offline
    }

    package let condition: Condition
    /// Milliseconds since 1970-01-01 UTC; of the last exchange that ended well.
    package let contactedAt: Int64?
    package let attemptedAt: Int64?
    /// Code of the last try's failure.
    package let failure: String?
    /// Rows that head office does not have yet.
    package let pending: Int
    package let oldestUnsentAt: Int64?
    /// Head office's sequence through which this node has everything in its scope.
    package let watermark: Int64
    /// Head office's clock less this one, at the last contact.
    package let skewMilliseconds: Int64?
    package let lastClosed: BusinessDay?
    package let lastExtract: BusinessDay?
    /// Transactions that head office could not apply and set apart.
    package let quarantined: Int
    /// Decisions that head office signed and did not send all claims for, so that they were never run
    /// again here.
    package let unverified: Int
    /// What the last compare found that was not an ordinary one.
    package let verdict: Verdict?
    /// When the two sides were last compared by digest, and whether they were equal in what goes up
    /// and what comes down.
    package let digestAt: Int64?
    package let digestIsEqual: Bool?
}

extension BranchStore {
    package func lineState() throws -> LineState {
        try read { db in
            let row = try Row.fetchOne(db, prepared: "SELECT * FROM line")
            let contactedAt = try row?.value("contactedAt") as Int64?
            let failure = try row?.value("failure") as String?
            let condition: LineState.Condition =
                node.headOffice == nil
                ? .alone : failure != nil ? .offline : contactedAt == nil ? .never : .online
            return LineState(
                condition: condition, contactedAt: contactedAt,
                attemptedAt: try row?.value("attemptedAt"),
                failure: failure, pending: try db.countRows(in: db.unsentRanges()),
                oldestUnsentAt: try db.oldestUnsentAt(),
                watermark: try row?.value("pulledThrough") ?? 0,
                skewMilliseconds: try row?.value("skewMilliseconds"),
                lastClosed: try db.lastClosed(), lastExtract: try db.extractSpan()?.upperBound,
                quarantined: try Int.fetchOne(
                    db, prepared: "SELECT count(*) FROM quarantine WHERE discardedAt IS NULL") ?? 0,
                unverified: try db.countUnverified(),
                verdict: (try row?.value("verdict") as String?).flatMap(Verdict.init(rawValue:)),
                digestAt: try row?.value("digestAt"),
                digestIsEqual: try (row?.value("digestIsEqual") as Bool?).map {
                    try $0 && row?.value("receivedDigestIsEqual") as Bool? != false
                })
        }
    }

    /// Writes down how a try to exchange ended; `failure` nil where it went well.
    package func rememberContact(failure: String?, skewMilliseconds: Int64? = nil) throws {
        try write { db in
            let now = world.now()
            try db.execute(
                prepared: """
                    UPDATE line
                    SET attemptedAt = ?1, failure = ?2,
                        contactedAt = CASE WHEN ?2 IS NULL THEN ?1 ELSE contactedAt END,
                        skewMilliseconds = coalesce(?3, skewMilliseconds)
                    """,
                arguments: [now, failure, skewMilliseconds])
        }
    }

    /// The organisation version this node holds, which grows with pulls.
    package func organisationVersion() throws -> Int64 {
        try read { try Int64.fetchOne($0, prepared: "SELECT organisationVersion FROM node") ?? 0 }
    }

    package var schemaVersion: String { Migrations.branch.last?.name ?? "" }

    package func now() -> Int64 { world.now() }
}

extension Database {
    fileprivate func oldestUnsentAt() throws -> Int64? {
        try Int64.fetchOne(
            self,
            prepared: """
                SELECT min(at) FROM changeMark
                WHERE sequence > (
                    SELECT sequence FROM lane
                    WHERE name = CASE changeMark.isUrgent WHEN 1 THEN 'urgent' ELSE 'records' END)
                """)
    }
}
