import Bank
import GRDB
import Vault

extension BranchStore {
    /// The parameters in force on a date.
    func parameters(_ db: Database, on day: BusinessDay) throws -> RuleParameters {
        RuleParameters(try db.parameterSettings(), on: day, firstTier: node.firstTier)
    }
}

extension Database {
    /// What was set, by name, when the last date before `day` was closed; nil before the first, and
    /// where that was not yet written down.
    func parametersUsed(before day: BusinessDay) throws -> [String: String]? {
        let text = try String.fetchOne(
            self,
            prepared: """
                SELECT content FROM parametersUsed WHERE date < ? ORDER BY date DESC LIMIT 1
                """,
            arguments: [day])
        guard let text else { return nil }
        guard let content = try? JSONValue(reading: Array(text.utf8)).object else {
            throw StoreError.damaged("parametersUsed")
        }
        return content.compactMapValues(\.string)
    }

    func insertParametersUsed(_ values: [String: String], on day: BusinessDay) throws {
        let content = JSONValue.object(values.mapValues(JSONValue.string))
        try execute(
            prepared: "INSERT INTO parametersUsed (date, content) VALUES (?, ?)",
            arguments: [day, content.description])
    }

    /// What a customer's financial assets were on each day through `day`.
    func assetHistory(of customer: Int64, through day: BusinessDay) throws -> AssetHistory {
        let statement = try cachedStatement(
            sql: """
                SELECT date, financialAssets + elsewhereAssets FROM standing
                WHERE customer = ? AND date <= ?
                ORDER BY date
                """)
        return AssetHistory(
            try Row.fetchAll(statement, arguments: [customer, day]).map {
                AssetHistory.Step(from: try $0.value(0), assets: try $0.value(1))
            })
    }

    /// The average of a customer's financial assets at the close of `day`, by the method in force.
    func average(
        of row: StandingRow, _ customer: Int64, on day: BusinessDay, by parameters: RuleParameters
    ) throws -> Average {
        guard parameters.averaging != .yearToDate || parameters.januaryPolicy != .reset else {
            return Average(sum: row.standing.accumulated(through: day), days: day.dayOfYear)
        }
        return try assetHistory(of: customer, through: day).average(on: day, by: parameters)
    }
}
