import Bank
import CBaseline
import Store
import Sync

/// P9: the bytes of a batch, as the messages carry it.
///
/// What HTTP and TLS put around each message is not in it.
enum WireSize {
    static func measure(rows: Int, _ workspace: Workspace) throws -> [Figure] {
        let contacts = Contacts(rows)
        let sent = try messages(contacts, workspace)
        let columns = Double(cbaseline_columns(contacts.list, 1))
        let changes = Changeset(
            contacts, hasNotes: false, like: try Office(workspace), workspace)
        let changeset = Double(cbaseline_zstd(changes.bytes, Int64(changes.size)))
        let bare = try frameWithoutNotes(contacts, workspace)
        var figures = [
            Figure(
                goal: .p9, what: "a batch of \(rows), against its columns under zstd -3",
                value: sent / columns, reach: .atMost(1.08)),
            Figure(
                goal: .p9, what: "all columns but the note, against the zstd changeset of the same",
                value: bare / changeset, reach: .atMost(0.85)),
            Figure(
                goal: .p9, what: "a record with notes of mixed length", value: sent / Double(rows),
                unit: "bytes"),
        ]
        for characters in [10, 40, 120, 300] {
            let count = max(1000, rows / 10)
            let contacts = Contacts(count, characters: characters)
            figures.append(
                Figure(
                    goal: .p9, what: "a record with a note of \(characters) characters",
                    value: try messages(contacts, workspace) / Double(count), unit: "bytes"))
        }
        return figures
    }

    private static func head(
        _ contacts: Contacts, _ workspace: Workspace
    ) throws -> (BranchStore, BatchHead, String) {
        let outlet = try Outlet(workspace)
        outlet.write(contacts)
        let store = try outlet.open()
        guard let head = try store.nextBatch(on: .records) else {
            preconditionFailure("there are records to send")
        }
        return (store, head, outlet.path)
    }

    private static func messages(_ contacts: Contacts, _ workspace: Workspace) throws -> Double {
        let (store, head, path) = try head(contacts, workspace)
        defer { workspace.remove(path) }
        return try Double(store.parts(of: head).reduce(0) { $0 + $1.message.count })
    }

    /// The batch's frame made again without one column.
    private static func frameWithoutNotes(
        _ contacts: Contacts, _ workspace: Workspace
    ) throws -> Double {
        let (store, head, path) = try head(contacts, workspace)
        defer { workspace.remove(path) }
        var reader = BatchFrameReader(size: head.size)
        var writer = BatchFrameWriter()
        for part in try store.parts(of: head) {
            try reader.read(part.bytes) { block in
                var block = block
                let kept = block.columns.indices.filter { block.columns[$0].name != "note" }
                var narrow = BlockWriter(
                    table: block.table,
                    columns: kept.map { (block.columns[$0].name, block.columns[$0].type) })
                for _ in 0..<block.rows {
                    for (place, index) in kept.enumerated() {
                        narrow.append(try block.columns[index].next(), to: place)
                    }
                }
                try writer.append(narrow.finish()) { _, _ in }
            }
        }
        return try Double(writer.finish { _, _ in }.size)
    }
}
