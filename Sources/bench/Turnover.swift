import Bank
import CBaseline

/// P12: what one outlet's sync a minute costs head office, 20 rows each way, over kept TLS.
///
/// The rows up are marketing records, each a transaction of its own; the rows down are the
/// settlement records of the first-tier branch, which every outlet gets. Head office is the real
/// program, and says that it has a push when that is on the disk.
enum Turnover {
    private static let outlets = 200
    private static let rows = 20
    private static let threads = 16

    static func measure(pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        cbaseline_allow_many_files()
        let branch = HerdBranch(outlets)
        let office = try HeadOfficeProcess(branch.organisation, workspace)
        defer { office.kill() }
        let tokens = try office.tokens(for: branch.outlets)
        try office.start()
        let extracts = workspace.next("extracts")
        let herd = try concurrentMap(outlets, threads: 8) { [url = office.url] index in
            let outlet = branch.outlets[index]
            guard let token = tokens[outlet] else {
                throw HerdError.failed("\(outlet) has no token")
            }
            return try HerdNode(
                outlet, showing: token, at: url, customers: index == 0 ? rows * pairs : 1,
                extracts)
        }
        _ = try exchange(herd)
        // The comparisons of a day, of which head office makes few at a time, are no part of what a
        // minute's sync costs: they are over before that is counted.
        _ = try exchange(herd, threads: 1)
        var costs: [Double] = []
        var rates: [Double] = []
        for round in 0..<pairs {
            // What comes down: the first outlet's claims, settled.
            try herd[0].claim(round * rows, rows)
            _ = try exchange([herd[0]])
            try office.settle()
            _ = try concurrentMap(herd.count, threads: 4) { try herd[$0].write(rows) }
            let (cpu, wall) = (office.cpu, cbaseline_wall())
            let received = try exchange(Array(herd.dropFirst()))
            guard received == rows else {
                throw HerdError.failed("\(received) rows came down, not \(rows)")
            }
            costs.append((office.cpu - cpu) / Double(outlets - 1))
            rates.append(Double(outlets - 1) / (cbaseline_wall() - wall))
        }
        return [
            Figure(
                goal: .p12,
                what: "outlets a core of head office, a sync a minute, \(rows) rows each way",
                value: 60 / costs.median, unit: "", reach: .atLeast(10_000),
                spread: (60 / (costs.max() ?? 0), 60 / (costs.min() ?? 0))),
            Figure(
                goal: .p12, what: "its CPU for one such sync", value: costs.median * 1000,
                unit: "ms", spread: ((costs.min() ?? 0) * 1000, (costs.max() ?? 0) * 1000)),
            Figure(
                goal: .p12, what: "syncs a second, the outlets on the same machine",
                value: rates.median, unit: "", spread: (rates.min() ?? 0, rates.max() ?? 0)),
        ]
    }

    /// The fewest rows that came down to any.
    private static func exchange(_ herd: [HerdNode], threads: Int = threads) throws -> Int {
        let attended = Campaign.run(herd, threads: threads, limit: 300)
        if let failed = attended.first(where: { !$0.isDone || !$0.failures.isEmpty }) {
            throw HerdError.failed(
                "an exchange failed: \(failed.failures.joined(separator: ", "))")
        }
        return attended.map(\.received).min() ?? 0
    }
}
