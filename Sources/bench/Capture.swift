import CBaseline

/// P3: a local insert whose change is captured, against the same insert without.
enum Capture {
    /// Enough for a median that the disk does not decide.
    private static let commits = 100

    static func measure(
        rows: Int, pairs: Int, _ workspace: Workspace
    ) throws -> [Figure] {
        let contacts = Contacts(rows)
        let (numbered, triggered) = try (
            bulk(contacts, cbaseline_numbered, pairs, workspace),
            bulk(contacts, cbaseline_by_trigger, pairs, workspace)
        )
        let count = min(commits, rows)
        let single = try interleaved(pairs) { _ in
            try tracked(workspace) { database in
                for row in 0..<count {
                    insert(contacts, row..<row + 1, into: database, cbaseline_numbered)
                }
            }
        } theirs: { _ in
            try untracked(workspace) { database in
                for row in 0..<count {
                    insert(contacts, row..<row + 1, into: database, cbaseline_untracked)
                }
            }
        }
        return [
            .rate(
                .p3, "\(rows) captured inserts, numbered by the writer, in one transaction",
                numbered, .atLeast(0.75)),
            .rate(.p3, "the same, numbered by the triggers", triggered, .report),
            .rate(
                .p3, "\(count) durable commits of one captured insert, wall time", single,
                .atMost(1.1), by: \.wall, isCost: true),
        ]
    }

    private static func bulk(
        _ contacts: Contacts, _ capture: cbaseline_capture, _ pairs: Int, _ workspace: Workspace
    ) throws -> [(ours: Timing, theirs: Timing)] {
        try interleaved(pairs) { _ in
            try tracked(workspace) { insert(contacts, 0..<contacts.count, into: $0, capture) }
        } theirs: { _ in
            try untracked(workspace) {
                insert(contacts, 0..<contacts.count, into: $0, cbaseline_untracked)
            }
        }
    }

    private static func tracked(
        _ workspace: Workspace, _ body: (BareDatabase) -> Void
    ) throws -> Timing {
        let outlet = try Outlet(workspace)
        defer { workspace.remove(outlet.path) }
        let database = BareDatabase(outlet.database)
        return Timing.of { body(database) }
    }

    /// The same table without what the capture needs: no trigger, no index of the sequence.
    private static func untracked(
        _ workspace: Workspace, _ body: (BareDatabase) -> Void
    ) throws -> Timing {
        let outlet = try Outlet(workspace)
        defer { workspace.remove(outlet.path) }
        let path = workspace.next("untracked")
        defer { workspace.remove(path) }
        let database = BareDatabase(path)
        cbaseline_copy_table(database.handle, outlet.database, "contact")
        cbaseline_untrack(database.handle)
        return Timing.of { body(database) }
    }

    private static func insert(
        _ contacts: Contacts, _ range: Range<Int>, into database: BareDatabase,
        _ capture: cbaseline_capture
    ) {
        cbaseline_insert_local(
            database.handle, contacts.list, Int64(range.lowerBound), Int64(range.upperBound),
            Cast.key, capture)
    }
}
