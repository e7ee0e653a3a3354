package import Bank
import GRDB
package import Sync
import Vault

extension BankStore {
    /// What kind of claim decided each of the settlements, as far as it is known here.
    package func decidingKinds(
        of records: [SettlementRecord]
    ) throws -> [SettlementRecord: Claim.Kind] {
        var kinds: [SettlementRecord: Claim.Kind] = [:]
        for (code, records) in Dictionary(grouping: records, by: \.firstTier) {
            let tier = try firstTier(code)
            try translating {
                try tier.database.readState { db in
                    for record in records { kinds[record] = try db.decidingKind(of: record) }
                }
            }
        }
        return kinds
    }
}

extension Database {
    fileprivate func decidingKind(of record: SettlementRecord) throws -> Claim.Kind? {
        let text = try String.fetchOne(
            self, prepared: "SELECT decision FROM settlement WHERE number = ?",
            arguments: [record.number])
        let decision = text.flatMap { try? JSONValue(reading: Array($0.utf8)) }
        let claims = try knownClaims(on: record.customer).map(\.claim)
        return Decision.decidingClaim(decision, claims)?.kind
    }
}
