import Bank
import CBaseline
import Store

/// P6: an extract with another balance of every account.
enum Loading {
    static func measure(rows: Int, pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        let book = Book(customers: rows, accounts: rows * 10)
        let outlet = try BookOutlet(book, workspace)
        let day = Book.opening.next
        let extract = workspace.next("balances")
        try book.writeBalances(.all, on: day, to: extract)
        var prints: [UInt64] = []
        let loaded = try interleaved(pairs) { _ in
            let copy = try outlet.copy(workspace)
            defer { workspace.remove(copy.path) }
            let timing = try take(extract, copy)
            prints.append(
                BareDatabase(copy.database).with { cbaseline_fingerprint_balances($0) })
            return timing
        } theirs: { _ in
            let copy = try outlet.copy(workspace)
            defer { workspace.remove(copy.path) }
            let database = BareDatabase(copy.database)
            let timing = Timing.of {
                let count = database.with {
                    cbaseline_load_balances(
                        $0, extract + "/balances.csv", Int64(day.daysSinceEpoch), Cast.key)
                }
                precondition(count == book.accounts, "every account has a balance")
            }
            prints.append(database.with { cbaseline_fingerprint_balances($0) })
            return timing
        }
        guard Set(prints).count == 1 else { throw BookError.otherBalances }
        return [
            .rate(
                .p6, "load \(book.accounts) balances, against a bare scan and upsert", loaded,
                .atLeast(0.8))
        ]
    }

    private static func take(_ extract: String, _ outlet: BookOutlet) throws -> Timing {
        let store = try outlet.open()
        return try Timing.of {
            let taken = try store.take([extract], by: "os:bench")
            guard taken.map(\.result) == [.taken] else { throw BookError.refused }
        }
    }
}
