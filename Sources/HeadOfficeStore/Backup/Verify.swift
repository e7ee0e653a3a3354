import Bank
import GRDB
import Sealing
import Sync
package import Vault

extension BankStore {
    /// Looks at everything in the databases that can show damage: SQLite's own checks, the audit's
    /// chain, every sealed field, claims, the chain of signed settlement records, and the first-tier
    /// branches' closes. Audited.
    ///
    /// - Parameter progress: told each database's name before it is checked.
    package func verify(by actor: String, progress: (String) -> Void = { _ in }) throws
        -> Verification
    {
        // A damaged audit must not keep the damage from being told.
        try? audit(.verified, by: actor, on: nil)
        var verification = Verification()
        try translating {
            try bank.readState { db in
                progress("data.sqlite")
                verification.checkDatabase(db, "data.sqlite")
                verification.checkAudit(db)
                verification.checkSealed(db, "staff", boundTo: "id", ["mobile"], secrets)
            }
            for code in firstTierCodes {
                let tier = try firstTier(code)
                let name = "first-tier-\(code).sqlite"
                progress(name)
                try tier.database.readState { db in
                    verification.checkDatabase(db, name)
                    for sealed in Self.sealed {
                        verification.checkSealed(
                            db, sealed.table, boundTo: sealed.row, sealed.columns, secrets)
                    }
                    check(claimsOf: db, &verification)
                    check(settlementsOf: tier, db, &verification)
                    verification.checkTierCloses(db)
                }
            }
        }
        return verification
    }

    /// Every table of a first-tier branch with sealed fields, and what they are bound to.
    private static let sealed: [(table: String, row: String, columns: [String])] = [
        ("customer", "outlet || '/' || number", ["name", "idNumber", "mobile"]),
        ("contact", "outlet || '/' || id", ["note"]),
        ("targetRenewal", "outlet || '/' || id", ["reason"]),
        ("profileEdit", "outlet || '/' || id", ["value", "note"]),
        ("customerKey", "outlet || '/' || id", ["name"]),
        ("disputeStep", "outlet || '/' || id", ["content"]),
        ("quarantine", "outlet || '/' || record || '/' || key", ["payload"]),
        ("review", "outlet || '/' || hash || '/' || number", ["content"]),
        ("unknownRecord", "outlet || '/' || record || '/' || key", ["content"]),
    ]

    private func check(claimsOf db: Database, _ verification: inout Verification) {
        verification.check("claims") { found in
            let rows = try Row.fetchCursor(db, sql: "SELECT id, customer, content FROM claim")
            while let row = try rows.next() {
                let id = try row.value("id") as ClaimID
                let isWhole = Claim.isWhole(try row.value("content"), named: id)
                found(isWhole ? nil : "claim \(id)")
            }
        }
    }

    /// A decision may be lost: a record was given back by a node that was not entitled to it.
    private func isHeld(_ decision: String, _ record: SettlementRecord) -> Bool {
        decision == JSONValue.null.description || Digest.sha256(decision).hex == record.digest
    }

    /// Records and decisions; of a broken chain the first bad record.
    private func check(
        settlementsOf tier: FirstTier, _ db: Database, _ verification: inout Verification
    ) {
        verification.check("settlements") { found in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT number, record, hash, signature, decision, digest FROM settlement
                    ORDER BY number
                    """)
            // What was lost with a head office that came out of a backup leaves gaps.
            let mayLack = try db.lastRecovery() != nil
            var previous = ""
            var next: Int64 = 1
            while let row = try rows.next() {
                let record = SettlementRecord.verified(
                    try row.value("record"), signature: try row.value("signature"),
                    by: tier.key.verificationKey)
                let number = try row.value("number") as Int64
                let isBesideAGap = mayLack && number > next
                guard let record, record.number == number, number == next || isBesideAGap,
                    record.previous == previous || isBesideAGap,
                    record.hash.hex == (try row.value("hash")),
                    record.digest == (try row.value("digest")),
                    isHeld(try row.value("decision"), record)
                else {
                    found("settlement \(next)")
                    return
                }
                found(nil)
                previous = record.hash.hex
                next = number + 1
            }
        }
        verification.check("owners") { found in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT ownership.*, settlement.record FROM ownership
                    JOIN settlement ON settlement.number = ownership.number
                    """)
            while let row = try rows.next() {
                let text = try row.value("record") as String
                let json = try? JSONValue(reading: Array(text.utf8))
                let record = json.flatMap(SettlementRecord.init(json:))
                let claim = try row.value("claim") as ClaimID?
                let outlet = try row.value("outlet") as UnitCode?
                let manager = try row.value("manager") as StaffID?
                let isWhole =
                    record != nil && record?.claim == claim && record?.owner?.outlet == outlet
                    && record?.owner?.manager == manager
                found(isWhole ? nil : "owner of settlement \(try row.value("number") as Int64)")
            }
        }
    }
}
