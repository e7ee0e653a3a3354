import Bank
import GRDB
import Vault

extension Database {
    /// Takes away what is no longer in the outlet's scope: the claims of others, and the decisions
    /// behind records, on customers of whom it holds no account any more and to whose settlement it
    /// was no party (`sync.md`, statement 12). What the outlet wrote itself stays.
    func leaveScope(of outlet: UnitCode) throws {
        let isOutside = """
            NOT EXISTS (SELECT 1 FROM customer
                JOIN standing ON standing.customer = customer.id AND standing.isLatest = 1
                WHERE customer.number = item.customer AND standing.accounts > 0)
            AND NOT EXISTS (SELECT 1 FROM claim AS own
                WHERE own.customer = item.customer AND own.author = :outlet
                    AND own.outcome IS NOT 'refused')
            """
        let customers = try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT DISTINCT customer FROM claim AS item
                WHERE author <> :outlet AND sequence = 0 AND \(isOutside)
                UNION
                SELECT DISTINCT customer FROM decision AS item WHERE \(isOutside)
                """,
            arguments: ["outlet": outlet])
        for customer in customers {
            try execute(
                prepared: "DELETE FROM claim WHERE customer = ? AND author <> ? AND sequence = 0",
                arguments: [customer, outlet])
            try execute(prepared: "DELETE FROM decision WHERE customer = ?", arguments: [customer])
        }
    }
}
