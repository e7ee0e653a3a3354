import Bank
package import GRDB
import Sealing

/// What a check of a whole database looked at and what it found damaged.
package struct Verification: Sendable {
    package struct Check: Hashable, Sendable {
        package let name: String
        package let examined: Int
        /// Names of what is damaged, never its content; the first of them alone where a chain is
        /// broken, for all after it hang on it.
        package let faults: [String]
    }

    /// More faults than this of one check are not named.
    private static let mostFaults = 20

    package private(set) var checks: [Check] = []
    /// Numbers of settlement records that are signed and whole, and whose decision cannot be run again
    /// because a claim that it names was never sent. No damage of what is here.
    package var unverified: [Int64] = []

    package var isWhole: Bool { checks.allSatisfy(\.faults.isEmpty) }

    package init() {}

    /// Runs one check; a database that cannot be read is a fault of the check that reads it.
    ///
    /// - Parameter body: calls its argument for each thing examined, with its name where it is
    ///   damaged.
    package mutating func check(
        _ name: String, _ body: ((String?) -> Void) throws -> Void
    ) {
        var examined = 0
        var faults: [String] = []
        do {
            try body { fault in
                examined += 1
                if let fault, faults.count < Self.mostFaults { faults.append(fault) }
            }
        } catch let error as DatabaseError {
            faults.append("SQLite \(error.extendedResultCode.rawValue)")
        } catch let error as StoreError {
            faults.append(error.facts["path"] ?? error.code)
        } catch {
            faults.append("\(type(of: error))")
        }
        checks.append(Check(name: name, examined: examined, faults: faults))
    }
}

extension Verification {
    /// SQLite's own checks: pages, rows and indexes, and the links between rows.
    package mutating func checkDatabase(_ db: Database, _ name: String) {
        check("\(name) integrity") { found in
            for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") {
                found(line == "ok" ? nil : line)
            }
        }
        check("\(name) foreign keys") { found in
            for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
                let number = (row["rowid"] as Int64?).map { " row \($0)" } ?? ""
                found("\(row["table"] as String)\(number)")
            }
        }
    }

    /// The chain of the audit: every entry sealed to the one before it, none missing. Names the
    /// first bad one.
    ///
    /// A tail that was cut off leaves a whole chain; that shows only where the chain's head is
    /// kept elsewhere.
    package mutating func checkAudit(_ db: Database) {
        check("audit") { found in
            var previous: [UInt8] = []
            var next: Int64 = 1
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT id, at, actor, action, subject, detail, hash FROM audit ORDER BY id")
            while let row = try rows.next() {
                let id = row["id"] as Int64
                let content: JSONValue = [
                    "action": .string(row["action"]), "actor": .string(row["actor"]),
                    "at": .int(row["at"]), "detail": .string(row["detail"]), "id": .int(id),
                    "subject": JSONValue(row["subject"] as String?),
                ]
                let hash = (row["hash"] as Blob).bytes
                guard id == next,
                    hash == Digest.sha256(previous + content.canonicalBytes).bytes
                else {
                    found("audit \(min(id, next))")
                    return
                }
                found(nil)
                previous = hash
                next += 1
            }
        }
    }

    /// Every sealed field opens where it stands.
    ///
    /// - Parameter row: SQL of what the table's sealed fields are bound to.
    package mutating func checkSealed(
        _ db: Database, _ table: String, boundTo row: String, _ columns: [String],
        _ secrets: Secrets
    ) {
        check("\(table) sealed fields") { found in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT \(row) AS row, \(columns.joined(separator: ", "))
                    FROM \(table)
                    """)
            var number = 0
            while let row = try rows.next() {
                number += 1
                for (index, column) in columns.enumerated() {
                    guard let sealed = row[index + 1] as Blob? else { continue }
                    let isWhole =
                        (try? secrets.cipher.openBytes(
                            sealed.bytes, table: table, row: row[0], column: column)) != nil
                    found(isWhole ? nil : "\(table).\(column), row \(number)")
                }
            }
        }
    }
}
