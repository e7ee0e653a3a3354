import Bank
import CBaseline
import Foundation
import Store

/// P5: the daily close of a node of many accounts, of which one in twenty has another balance.
enum Closing {
    static func measure(rows: Int, pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        let book = Book(customers: rows, accounts: rows * 10)
        let opened = try BookOutlet(book, workspace)
        let day = Book.opening.next
        let balances = workspace.next("balances")
        BareDatabase(balances).makeBalances(of: opened)
        var figures: [Figure] = []
        var usual: BookOutlet?
        for (change, whose) in [
            (Book.Change.ofActive, "of active customers"), (.anywhere, "anywhere"),
        ] {
            let outlet = try opened.with([day: change], closedThrough: Book.opening, workspace)
            var grouped: [(ours: Timing, theirs: Timing)] = []
            let job = try interleaved(pairs) { _ in
                let ours = try close(outlet, workspace)
                grouped.append((ours, group(balances, customers: rows)))
                return ours
            } theirs: { _ in
                try closeBare(outlet, day, workspace)
            }
            try checkEqual(outlet, day, workspace)
            figures += [
                .rate(
                    .p5,
                    "close a day of \(book.accounts) accounts, 5 % of the balances changed, "
                        + "\(whose), against a bare GROUP BY", grouped, .atMost(0.35), isCost: true),
                .rate(
                    .p5, "the same against the same job in C", job, .atMost(1.4), isCost: true),
            ]
            usual = outlet
        }
        // R5 grades at a month's end, and whoever is due by then is looked at.
        let end = Book.opening.endOfMonth
        guard let graded = try usual?.with([end: .ofActive], closedThrough: end.previous, workspace)
        else { return figures }
        let monthEnd = try interleaved(min(pairs, 3)) { _ in
            try close(graded, workspace)
        } theirs: { _ in
            try closeBare(graded, end, workspace)
        }
        figures.append(
            .rate(
                .p5, "at a month's end, with its grading, against the job in C", monthEnd, .report,
                isCost: true))
        return figures
    }

    private static func close(_ outlet: BookOutlet, _ workspace: Workspace) throws -> Timing {
        let copy = try outlet.copy(workspace)
        defer { workspace.remove(copy.path) }
        let store = try copy.open()
        return try Timing.of {
            let days = try store.closeDays(by: "os:bench")
            precondition(days.count == 1, "one day was left to close")
        }
    }

    private static func closeBare(
        _ outlet: BookOutlet, _ day: BusinessDay, _ workspace: Workspace
    ) throws -> Timing {
        let copy = try outlet.copy(workspace)
        defer { workspace.remove(copy.path) }
        let database = BareDatabase(copy.database)
        return Timing.of {
            let customers = database.with {
                cbaseline_close_day($0, Int64(day.daysSinceEpoch))
            }
            precondition(customers > 0, "somebody was looked at")
        }
    }

    private static func group(_ path: String, customers: Int) -> Timing {
        let database = BareDatabase(path)
        return Timing.of {
            let groups = database.with { cbaseline_group_balances($0) }
            precondition(groups == customers, "everybody has an account")
        }
    }

    /// Both sides write the same rows, else neither figure is one.
    private static func checkEqual(
        _ outlet: BookOutlet, _ day: BusinessDay, _ workspace: Workspace
    ) throws {
        let (ours, bare) = (try outlet.copy(workspace), try outlet.copy(workspace))
        defer { for copy in [ours, bare] { workspace.remove(copy.path) } }
        do { _ = try ours.open().closeDays(by: "os:bench") }
        _ = BareDatabase(bare.database).with {
            cbaseline_close_day($0, Int64(day.daysSinceEpoch))
        }
        let prints = [ours, bare].map {
            BareDatabase($0.database).with { cbaseline_fingerprint_standings($0) }
        }
        guard prints[0] == prints[1] else { throw BookError.otherStandings }
    }
}

/// A node that has taken in a made book.
struct BookOutlet {
    let book: Book
    let path: String
    private let key: String

    init(_ book: Book, _ workspace: Workspace) throws {
        let outlet = try Outlet(workspace)
        self.book = book
        path = outlet.path
        key = outlet.path + ".key"
        let extract = workspace.next("opening")
        defer { workspace.remove(extract) }
        try book.writeOpening(to: extract)
        try take([extract], closingThrough: nil)
    }

    private init(_ book: Book, path: String, key: String) {
        self.book = book
        self.path = path
        self.key = key
    }

    var database: String { path + "/data.sqlite" }

    func open() throws -> BranchStore {
        try BranchStore(path: path, credential: key, world: Cast.world)
    }

    /// The same node in another directory.
    func copy(_ workspace: Workspace) throws -> BookOutlet {
        let copy = workspace.next("book")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        return BookOutlet(book, path: copy, key: key)
    }

    /// This node with further extracts, and with the days through one closed.
    func with(
        _ extracts: [BusinessDay: Book.Change], closedThrough last: BusinessDay,
        _ workspace: Workspace
    ) throws -> BookOutlet {
        let copy = try copy(workspace)
        var directories: [String] = []
        defer { for directory in directories { workspace.remove(directory) } }
        for (day, change) in extracts {
            let directory = workspace.next("extract")
            directories.append(directory)
            try book.writeBalances(change, on: day, to: directory)
        }
        try copy.take(directories, closingThrough: last)
        return copy
    }

    private func take(_ extracts: [String], closingThrough last: BusinessDay?) throws {
        let store = try open()
        let taken = try store.take(extracts, by: "os:bench")
        guard taken.allSatisfy({ $0.result == .taken }) else { throw BookError.refused }
        if let last { _ = try store.closeDays(through: last, by: "os:bench") }
    }
}

enum BookError: Error {
    case refused, otherStandings, otherBalances, noLook
}

extension BareDatabase {
    fileprivate func makeBalances(of outlet: BookOutlet) {
        with { cbaseline_make_balances($0, outlet.database) }
    }
}
