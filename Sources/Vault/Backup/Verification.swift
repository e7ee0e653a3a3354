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
                let number = (try row.value("rowid") as Int64?).map { " row \($0)" } ?? ""
                found("\(try row.value("table") as String)\(number)")
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
                guard let entry = try? SealedEntry(row) else {
                    found("audit \(next)")
                    return
                }
                guard entry.id == next,
                    entry.hash == Digest.sha256(previous + entry.content.canonicalBytes).bytes
                else {
                    found("audit \(min(entry.id, next))")
                    return
                }
                found(nil)
                previous = entry.hash
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
                    let name = "\(table).\(column), row \(number)"
                    guard let sealed = try? Sealed(row, index + 1) else {
                        found(name)
                        continue
                    }
                    guard let bytes = sealed.bytes else { continue }
                    let isWhole =
                        (try? secrets.cipher.openBytes(
                            bytes, table: table, row: sealed.row, column: column)) != nil
                    found(isWhole ? nil : name)
                }
            }
        }
    }
}

/// An entry of the audit as it stands in its row, whatever action it names.
private struct SealedEntry {
    let id: Int64
    let content: JSONValue
    let hash: [UInt8]

    init(_ row: Row) throws {
        id = try row.value("id")
        content = [
            "action": .string(try row.value("action")), "actor": .string(try row.value("actor")),
            "at": .int(try row.value("at")), "detail": .string(try row.value("detail")),
            "id": .int(id), "subject": JSONValue(try row.value("subject") as String?),
        ]
        hash = (try row.value("hash") as Blob).bytes
    }
}

/// A sealed field as it stands in its row, and what it is bound to.
private struct Sealed {
    /// Nil where there is none.
    let bytes: [UInt8]?
    let row: String

    init(_ row: Row, _ column: Int) throws {
        bytes = (try row.value(column) as Blob?)?.bytes
        self.row = try row.value(0)
    }
}
