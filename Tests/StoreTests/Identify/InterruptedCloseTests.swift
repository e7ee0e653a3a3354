import Bank
import GRDB
import Store
import Synchronization
import TestSupport
import Testing
import Vault

/// A close that ends anywhere and is begun again leaves the database that one without a stop leaves:
/// every row of every table, with its sequence and the audit's hashes.
struct InterruptedCloseTests {
    /// A node with a hundred days to close, which takes several commits: month ends, a target that
    /// leaves potential, an account opened and one closed on the way.
    private let node: NodeDisk
    /// What a close without a stop makes of it.
    private let whole: TableDump

    init() throws {
        let (files, world) = (try TemporaryDirectory(), TestWorld())
        let office = try HeadOfficeOnDisk(world: world)
        node = try NodeDisk(.wulin, at: office.store, world: world)
        // So many that what the close writes needs pages of its own.
        let first = (100..<300).reduce(ExtractBuilder(day("2025-01-10"))) {
            $0.holding(CustomerNumber("3300000\($1)"), "150000")
        }
        let taken = try node.start().take(
            try [
                first.holding(.wang, "99999.99")
                    .holding(.zhang, "150000").holding("3300000003", "20000").cardRow(
                        "C1", of: .wang),
                ExtractBuilder(day("2025-02-03")).balanceRow("A3300000001", "12.50")
                    .balanceRow("A3300000002", "900000").customerRow("3300000004")
                    .accountRow("N1", of: "3300000004").balanceRow("N1", "10000"),
                ExtractBuilder(day("2025-03-20")).balanceRow("A3300000003", "0")
                    .accountRow("N1", of: "3300000004", closedOn: "2025-03-25"),
                ExtractBuilder(day("2025-04-20")).balanceRow("A3300000002", "0"),
            ].map { try $0.write(to: files) }, by: "t")
        try #require(taken.allSatisfy { $0.result == .taken })
        let clean = try node.copied()
        _ = try clean.start().closeDays(by: "t")
        whole = try TableDump(of: clean.disk)
    }

    /// Closes on a copy until it is through, in a process that ends at each commit that says so.
    private func close(endingWhen ends: @escaping @Sendable (Int, World.Moment) -> Bool) throws
        -> (dump: TableDump, stops: Int)
    {
        let disk = try node.copied()
        let commits = Commits()
        let calm = TestWorld().world
        let world = World(
            now: calm.now, randomBytes: calm.randomBytes,
            atCommit: { if ends(commits.count($0), $0) { throw Stop() } })
        var stops = 0
        while true {
            do {
                _ = try disk.start(world).closeDays(by: "t")
                return (try TableDump(of: disk.disk), stops)
            } catch is Stop {
                stops += 1
                try #require(stops < 20)
            }
        }
    }

    @Test(arguments: 1...4)
    func `a process that ends before a commit leaves what one without a stop leaves`(
        commit: Int
    ) throws {
        let (dump, stops) = try close { number, moment in
            if case .beforeCommit = moment { number == commit } else { false }
        }

        #expect(stops == 1)
        #expect(dump == whole)
    }

    @Test(arguments: 1...4)
    func `a process that ends after a commit leaves what one without a stop leaves`(
        commit: Int
    ) throws {
        let (dump, stops) = try close { number, moment in
            if case .afterCommit = moment { number == commit } else { false }
        }

        #expect(stops == 1)
        #expect(dump == whole)
    }

    @Test func `a process that ends at every second commit gets through`() throws {
        let (dump, stops) = try close { number, _ in number % 2 == 1 }

        #expect(stops > 2)
        #expect(dump == whole)
    }

    @Test func `a disk that fills up anywhere in a close loses nothing when there is room again`()
        throws
    {
        // Pages that migrations left free would do for a small close.
        try node.disk.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
        let pages = try node.disk.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        var refused = 0
        for room in 0..<200 {
            let copy = try node.copied()
            // Where the pages of the file have to last.
            try copy.disk.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA max_page_count = \(pages + room)")
            }
            let isRefused = try FullDisk.refuses { _ = try copy.start().closeDays(by: "t") }
            guard isRefused else {
                #expect(try TableDump(of: copy.disk) == whole)
                break
            }
            refused += 1
            #expect(
                try copy.disk.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
                    == "ok")
            try copy.disk.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA max_page_count = 1000000")
            }
            _ = try copy.start().closeDays(by: "t")
            #expect(try TableDump(of: copy.disk) == whole)
        }
        #expect(refused > 0 && refused < 200)
    }
}

private struct Stop: Error {}

/// Counts the commits of each moment, over all processes; a class since they share it.
private final class Commits: Sendable {
    private let counts = Mutex((before: 0, after: 0))

    func count(_ moment: World.Moment) -> Int {
        counts.withLock { counts in
            switch moment {
            case .beforeCommit:
                counts.before += 1
                return counts.before
            case .afterCommit:
                counts.after += 1
                return counts.after
            }
        }
    }
}
