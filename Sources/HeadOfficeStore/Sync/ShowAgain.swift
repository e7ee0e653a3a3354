import Bank
import GRDB
import Vault

extension Database {
    /// Makes all that there is of a customer new, for an outlet that comes to see it: claims before
    /// the settlements that decided them, each with a sequence of its own, so that a delta can end
    /// between any two. The steps of disputes follow by a trigger.
    func showAgain(_ customer: CustomerNumber) throws {
        let claims = try ClaimID.fetchAll(
            self, prepared: "SELECT id FROM claim WHERE customer = ? ORDER BY sequence, id",
            arguments: [customer])
        let records = try Int64.fetchAll(
            self, prepared: "SELECT number FROM settlement WHERE customer = ? ORDER BY number",
            arguments: [customer])
        try showProfileAgain(customer)
        guard let first = try Int64.fetchOne(self, prepared: "SELECT value + 1 FROM changeCounter")
        else { return }
        // At once, since the trigger takes what is next.
        try execute(
            prepared: "UPDATE changeCounter SET value = value + ?",
            arguments: [claims.count + records.count])
        for (sequence, id) in zip(first..., claims) {
            try execute(
                prepared: "UPDATE claim SET sequence = ? WHERE id = ?", arguments: [sequence, id])
        }
        for (sequence, number) in zip((first + Int64(claims.count))..., records) {
            try execute(
                prepared: "UPDATE settlement SET sequence = ? WHERE number = ?",
                arguments: [sequence, number])
        }
        // What follows the customer comes after the settlement by which the owner's outlet takes it.
        let hasHistory = try Bool.fetchOne(
            self, prepared: "SELECT EXISTS (SELECT 1 FROM history WHERE customer = ?)",
            arguments: [customer])
        if hasHistory == true { try noteHistory(of: customer, sequence: nextSequence()) }
    }

    /// The same of what outlets keep of the customer's profile and of what is passed on unknown.
    private func showProfileAgain(_ customer: CustomerNumber) throws {
        let edits = try Row.fetchAll(
            self, prepared: "SELECT outlet, id FROM profileEdit WHERE customer = ?",
            arguments: [customer])
        for row in edits {
            try execute(
                prepared: "UPDATE profileEdit SET sequence = ? WHERE outlet = ? AND id = ?",
                arguments: [
                    try nextSequence(), try row.value(0) as String, try row.value(1) as String,
                ])
        }
        let records = try Row.fetchAll(
            self,
            prepared: """
                SELECT outlet, record, key FROM unknownRecord
                WHERE customer = ? AND audience IS NOT NULL
                """,
            arguments: [customer])
        for row in records {
            try execute(
                prepared: """
                    UPDATE unknownRecord SET sequence = ?
                    WHERE outlet = ? AND record = ? AND key = ?
                    """,
                arguments: [
                    try nextSequence(), try row.value(0) as String, try row.value(1) as String,
                    try row.value(2) as String,
                ])
        }
    }
}
