import Bank
import GRDB
import Sealing
import Sync
package import Vault

extension BranchStore {
    /// Looks at everything in the database that can show damage: SQLite's own checks, the audit's
    /// chain, every sealed field, blind indexes, claims, settlements and decisions. Audited.
    ///
    /// - Parameter progress: told each check's name before it runs.
    package func verify(by actor: String, progress: (String) -> Void = { _ in }) throws
        -> Verification
    {
        // A damaged audit must not keep the damage from being told.
        try? audit(.verified, by: actor, on: nil)
        return try read { db in
            var verification = Verification()
            progress("integrity")
            verification.checkDatabase(db, "data.sqlite")
            verification.checkAudit(db)
            for sealed in Self.sealed {
                progress(sealed.table)
                verification.checkSealed(
                    db, sealed.table, boundTo: sealed.row, sealed.columns, secrets)
            }
            progress("customer")
            checkIndexes(db, &verification)
            checkClaims(db, &verification)
            checkSettlements(db, &verification)
            progress("latestStanding")
            checkLatestStandings(db, &verification)
            return verification
        }
    }

    /// Every table with sealed fields, and what they are bound to.
    private static let sealed: [(table: String, row: String, columns: [String])] = [
        (
            "customer", "number",
            ["name", "idNumber", "birthDate", "mobile", "address", "employer"]
        ),
        ("account", "lower(hex(numberIndex))", ["number"]),
        ("card", "lower(hex(numberIndex))", ["number"]),
        ("movement", "source || '/' || id", ["counterparty", "memo"]),
        ("contact", "id", ["note"]),
        ("pastContact", "outlet || '/' || id", ["note"]),
        ("targetRenewal", "id", ["reason"]),
        ("profileEdit", "id", ["value", "note"]),
        ("customerKey", "id", ["name"]),
        ("unknownRecord", "outlet || '/' || record || '/' || key", ["content"]),
        ("disputeStep", "id", ["content"]),
        ("bookMove", "CAST(number AS TEXT)", ["reason"]),
        ("delegation", "CAST(number AS TEXT)", ["reason"]),
        ("staff", "id", ["mobile"]),
        ("identity", "'1'", ["key"]),
        ("enrolmentKey", "'1'", ["key"]),
        (
            "outgoingPart",
            """
            lane || '/' || (SELECT json_extract(head, '$.number') FROM outgoingBatch AS batch
                WHERE batch.lane = outgoingPart.lane) || '/' || number
            """, ["content"]
        ),
    ]

    /// The blind index of a customer's field is that of the field.
    private func checkIndexes(_ db: Database, _ verification: inout Verification) {
        verification.check("blind indexes") { found in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT number, name, nameIndex, idNumber, idNumberIndex, mobile, mobileIndex
                    FROM customer
                    """)
            var number = 0
            while let row = try rows.next() {
                number += 1
                for column in ["name", "idNumber", "mobile"] {
                    // What cannot be read or opened is named among the sealed fields.
                    guard
                        let text = try? secrets.open(
                            try row.value(column), "customer", try row.value("number"), column)
                    else { continue }
                    let index = try row.value("\(column)Index") as Blob?
                    found(
                        index == secrets.index(column, text)
                            ? nil : "customer.\(column)Index, row \(number)")
                }
            }
        }
    }

    /// What all customers are searched for is what the last standing of each says, and is there for
    /// whoever has one.
    private func checkLatestStandings(_ db: Database, _ verification: inout Verification) {
        verification.check("latest standings") { found in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT standing.date, coalesce(
                        standing.pool = latest.pool AND standing.origin IS latest.origin
                            AND coalesce(latest.secondLargest, 0) <= standing.largestAccount,
                        FALSE) AS isWhole
                    FROM latestStanding AS latest
                    LEFT JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
                    UNION ALL
                    SELECT max(date), FALSE FROM standing
                    WHERE customer NOT IN (SELECT customer FROM latestStanding)
                    GROUP BY customer
                    """)
            while let row = try rows.next() {
                // NB: a fault names no customer.
                let day = try row.value("date") as BusinessDay?
                found(
                    try row.value("isWhole")
                        ? nil : "latest standing of \(day?.description ?? "–")")
            }
        }
    }

    private func checkClaims(_ db: Database, _ verification: inout Verification) {
        verification.check("claims") { found in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT id, customer, author, content FROM claim")
            while let row = try rows.next() {
                let id = try row.value("id") as ClaimID
                let content = try row.value("content") as String
                let json = try? JSONValue(reading: Array(content.utf8))
                let isWhole =
                    try Claim.isWhole(content, named: id)
                    && json?["customer"]?.string == row.value("customer")
                    && json?["author"]?.string == row.value("author")
                found(isWhole ? nil : "claim \(id)")
            }
        }
    }

    private func checkSettlements(_ db: Database, _ verification: inout Verification) {
        verification.check("settlements") { found in
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM directory")
            while let row = try rows.next() {
                let number = try row.value("number") as Int64
                let record = try node.settlementKey.flatMap(VerificationKey.init(hex:)).flatMap {
                    SettlementRecord.verified(
                        try row.value("record"), signature: try row.value("signature"), by: $0)
                }
                let isWhole =
                    try record.map {
                        try $0.number == number && $0.customer == row.value("customer")
                            && $0.digest == row.value("digest")
                            && $0.owner?.outlet == row.value("outlet")
                            && $0.owner?.manager == row.value("manager")
                    } ?? false
                found(isWhole ? nil : "settlement \(number)")
            }
        }
        var unverified: [Int64] = []
        verification.check("decisions") { found in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT decision.digest, decision.number, decision.content,
                        coalesce(directory.record, pastRecord.record) AS record
                    FROM decision
                    LEFT JOIN directory ON directory.customer = decision.customer
                        AND directory.number = decision.number
                    LEFT JOIN pastRecord ON pastRecord.number = decision.number
                    ORDER BY decision.number
                    """)
            while let row = try rows.next() {
                let number: Int64 = try row.value("number")
                let content: String = try row.value("content")
                var isWhole = try Digest.sha256(content).hex == row.value("digest")
                if isWhole, let text = try row.value("record") as String?,
                    let record = (try? JSONValue(reading: Array(text.utf8)))
                        .flatMap(SettlementRecord.init(json:)),
                    let decision = try? JSONValue(reading: Array(content.utf8)),
                    Settlement.isRunnable(decision)
                {
                    let follows = try db.follows(decision, record)
                    if follows == nil { unverified.append(number) }
                    isWhole = follows ?? true
                }
                found(isWhole ? nil : "decision \(number)")
            }
        }
        verification.unverified = unverified
    }
}
