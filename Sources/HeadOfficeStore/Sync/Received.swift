package import Bank
import GRDB
import Vault

extension BankStore {
    /// The numbers of the records that an outlet's people entered, by table, in order; audited.
    package func received(
        from outlet: UnitCode, by actor: String
    ) throws -> [String: [String]] {
        try audit(.viewed, by: actor, on: outlet.rawValue, detail: ["view": "received"])
        guard let code = Organisation(units: try units(), staff: []).firstTier(of: outlet) else {
            throw Refusal(.unknownUnit, ["unit": outlet.rawValue])
        }
        let tier = try firstTier(code)
        return try translating {
            try tier.database.readState { db in
                func ids(_ table: String, _ column: String) throws -> [String] {
                    try String.fetchAll(
                        db, sql: "SELECT id FROM \(table) WHERE \(column) = ? ORDER BY id",
                        arguments: [outlet])
                }
                return [
                    "claim": try ids("claim", "author"), "contact": try ids("contact", "outlet"),
                    "reminder": try ids("reminder", "outlet"),
                    "targetRenewal": try ids("targetRenewal", "outlet"),
                ]
            }
        }
    }
}
