package import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BankStore {
    /// What an outlet's node holds when it is in step, line by line (`CanonicalExport`); audited.
    package func exportCanonical(
        of outlet: UnitCode, by actor: String, _ emit: (String) throws -> Void
    ) throws {
        let organisation = try translating {
            try bank.readState { try $0.organisation(openedBy: secrets.cipher) }
        }
        guard organisation.unit(outlet)?.level == .outlet,
            let code = organisation.firstTier(of: outlet), let key = ring["index-\(code)"]
        else { throw Refusal(.unknownUnit, ["unit": outlet.rawValue]) }
        try audit(.exported, by: actor, on: outlet.rawValue)
        let tier = try firstTier(code)
        let index = secrets.indexing(under: key)
        try translating {
            try tier.database.readState { db in
                for part in CanonicalExport.parts {
                    switch part {
                    case .synced(let table):
                        try db.exportLines(
                            of: table,
                            from: """
                                SELECT * FROM \(table.name) AS item
                                WHERE outlet = ? AND NOT \(Database.isSetApart(
                                    table, of: "item.outlet", and: "q.discardedAt IS NOT NULL"))
                                """, [outlet],
                            sealedAs: { "\(outlet)/\(try $0.value(0) as String)" },
                            secrets,
                            indexedBy: index,
                            emit)
                    case .steps(let table):
                        try db.exportLines(
                            of: table,
                            from: """
                                SELECT * FROM disputeStep AS item
                                WHERE \(Database.mayHaveStep(outlet: ":outlet"))
                                """, ["outlet": outlet],
                            sealedAs: {
                                "\(try $0.value("author") as String)/\(try $0.value(0) as String)"
                            }, secrets, indexedBy: index, emit)
                    case .profiles(let table):
                        try db.exportLines(
                            of: table,
                            from: """
                                SELECT * FROM profileEdit AS item
                                WHERE item.outlet = :outlet
                                    OR \(Database.mayHaveEdit(outlet: ":outlet"))
                                """, ["outlet": outlet],
                            sealedAs: {
                                "\(try $0.value("author") as String)/\(try $0.value(0) as String)"
                            }, secrets, indexedBy: index, emit)
                    case .keys(let table):
                        try db.exportLines(
                            of: table,
                            from: """
                                SELECT * FROM customerKey AS item
                                WHERE item.outlet = :outlet
                                    OR \(Database.mayHaveKey(outlet: ":outlet"))
                                """, ["outlet": outlet],
                            sealedAs: {
                                "\(try $0.value("author") as String)/\(try $0.value(0) as String)"
                            }, secrets, indexedBy: index, emit)
                    case .past(let table):
                        try db.exportLines(
                            of: table, from: Database.pastContacts(outlet: ":outlet"),
                            ["outlet": outlet], sealedIn: "contact",
                            sealedAs: {
                                "\(try $0.value("outlet") as String)/\(try $0.value("id") as String)"
                            }, secrets, indexedBy: index, emit)
                    case .claims: try db.exportClaims(of: outlet, emit)
                    case .settlements: try db.exportSettlements(of: outlet, emit)
                    case .organisation:
                        for line in CanonicalExport.lines(
                            of: organisation.scoped(to: code),
                            index: { index.exportIndex("staff.mobile", $0) })
                        {
                            try emit(line)
                        }
                    }
                }
            }
        }
    }
}

extension Database {
    fileprivate func exportClaims(of outlet: UnitCode, _ emit: (String) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT id, content, outcome FROM claim AS item
                WHERE \(Self.mayHave(outlet: ":outlet"))
                ORDER BY id
                """,
            arguments: ["outlet": outlet])
        while let row = try rows.next() {
            let claim = try Claim(row: row)
            try emit(CanonicalExport.claim(claim.id, claim.content, try row.value("outcome")))
        }
    }

    fileprivate func exportSettlements(
        of outlet: UnitCode, _ emit: (String) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT customer, record, signature, decision, \(Self.isEntitled(outlet: ":outlet")) AS isEntitled
                FROM settlement AS item
                WHERE number = (
                    SELECT max(number) FROM settlement AS s WHERE s.customer = item.customer)
                ORDER BY customer
                """,
            arguments: ["outlet": outlet])
        while let row = try rows.next() {
            let (recordText, decisionText): (String, String) = (
                try row.value("record"), try row.value("decision")
            )
            guard let record = try? JSONValue(reading: Array(recordText.utf8)),
                let decision = try? JSONValue(reading: Array(decisionText.utf8))
            else { throw StoreError.damaged("settlement") }
            try emit(
                CanonicalExport.settlement(
                    try row.value("customer"), record: record,
                    signature: try row.value("signature"),
                    decision: try row.value("isEntitled") ? decision : nil))
        }
    }
}
