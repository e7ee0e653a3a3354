package import Bank
package import Certificates
import GRDB
import Schema
package import Sealing
import Sync
package import Vault

/// A node's database: customers, claims, marketing records and reminders of one outlet.
///
/// The one owner of the node's data directory. Rooms add reads (plural files) and transactions
/// (verb files) in extensions.
package struct BranchStore: Sendable {
    package let node: Node
    /// What people looked at stands in the audit before that they left.
    package var logIns: LogIns {
        LogIns(database, world: world, reserve: reserve, after: writeDownLooks)
    }
    package let exchangeTurn = ExchangeTurn()
    let closeTurn = CloseTurn()
    let looks = WaitingLooks()
    /// For answers of one statement. Before the writer, so that it goes first: the last connection to
    /// a database folds the log into it, unless it only reads.
    private let answering: any DatabaseReader
    let database: any DatabaseWriter
    let secrets: Secrets
    let world: World
    /// Held for as long as the store lives; nil in memory.
    let directory: DataDirectory?
    let reserve: DiskReserve
    private let path: String

    /// Opens the node in `path`, whose keys the credential file opens.
    ///
    /// - Parameter keep: keeps room on the directory's disk.
    package init(
        path: String, credential: String, world: World,
        reserve keep: (DataDirectory) -> DiskReserve = { DiskReserve(in: $0) }
    ) throws {
        try DataDirectory.checkHolds(path)
        let directory = try DataDirectory(owning: path)
        try directory.checkRestored()
        try directory.endMaking()
        let ring = try Secrets.ring(directory, credential)
        let reserve = keep(directory)
        let database = try reserve.lending {
            try DatabaseFile.open(directory.database, Migrations.branch)
        }
        try self.init(
            database, answering: DatabaseFile.openReader(directory.database), Secrets(ring), world,
            directory, reserve)
    }

    /// A store in memory, for tests.
    package init(
        inMemory node: Node, _ identity: Identity? = nil, keys: KeyRing,
        organisation: Organisation, world: World
    ) throws {
        let queue = try DatabaseFile.inMemory(Migrations.branch)
        let secrets = Secrets(keys)
        try queue.write { db in
            try db.replaceOrganisation(with: organisation, sealedBy: secrets.cipher)
            try node.insert(db)
            try identity?.replace(db, secrets)
        }
        try self.init(queue, secrets, world, nil)
    }

    /// A second store in memory with what this one holds now, for tests of backups and copies;
    /// with a mark, as `restore` leaves it.
    package func copiedInMemory(
        world: World? = nil, mark: RestoreMark? = nil
    ) throws -> BranchStore {
        let copy = try DatabaseFile.copyInMemory(of: database)
        if let mark { try copy.write { try $0.setRestoreMark(mark) } }
        return try BranchStore(copy, secrets, world ?? self.world, nil)
    }

    init(
        _ database: any DatabaseWriter, answering: (any DatabaseReader)? = nil, _ secrets: Secrets,
        _ world: World, _ directory: DataDirectory?, _ reserve: DiskReserve = DiskReserve(in: nil)
    ) throws {
        self.database = database
        self.answering = answering ?? database
        self.secrets = secrets
        self.world = world
        self.directory = directory
        self.reserve = reserve
        path = directory?.path ?? ":memory:"
        do {
            node = try database.readState { try Node.fetch($0) }
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory?.database ?? path)
        }
        do {
            _ = try takeInKnown()
            _ = try fillInKnown()
            try lookAtEarlierDecisions()
        } catch StoreError.diskFull {
            // The next start takes them in.
        }
    }

    /// Makes a node in `path`: its keys, its database, itself. Nothing is left where it fails.
    package static func create(
        path: String, credential: String, keys: KeyRing, node: Node,
        identity: Identity? = nil, organisation: Organisation, world: World, actor: String
    ) throws {
        let making = try NodeMaking(path: path, credential: credential)
        do {
            try making.finish(
                keys: keys, node: node, identity: identity, organisation: organisation,
                world: world, actor: actor)
        } catch {
            making.abandon()
            throw error
        }
    }

    /// Reads one state of the database.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try naming { try database.readState(body) }
    }

    /// Reads with one statement, which sees one state by itself.
    func readOnce<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try naming { try answering.unsafeRead(body) }
    }

    /// Gives SQLite's failures the product's words.
    private func naming<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        } catch is RowDecodingError {
            // What it carries may quote the row.
            throw StoreError.damaged(path)
        }
    }

    /// Whether the disk has no room but for log-ins and for writing down looks.
    package var isDiskFull: Bool { reserve.isFull }

    /// One transaction; notes what it changed that head office is to hear of.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try reserve.check()
        return try commit(body)
    }

    private func commit<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try naming {
            let value = try database.writeWithoutTransaction { db in
                // By themselves: what comes now may take long, and may fail.
                try looks.writeDown { looks in
                    try db.transaction { for look in looks { try db.audit(look) } }
                }
                return try db.transaction {
                    let before = try db.lastSequence()
                    let value = try body(db)
                    let after = try db.lastSequence()
                    if after > before {
                        try db.mark(after: before, through: after, at: world.now())
                    }
                    try world.atCommit(.beforeCommit)
                    return value
                }
            }
            try world.atCommit(.afterCommit)
            return value
        }
    }

    /// SQLite's own check of the whole file and of the links between rows.
    package func checkIntegrity() throws {
        try read { try DatabaseFile.check($0, path: path) }
    }

    /// The operating system's user or the member of staff, as the audit names them.
    package func audit(
        _ action: AuditEntry.Action, by actor: String, on subject: String?,
        detail: JSONValue = [:]
    ) throws {
        let entry = AuditEntry(
            at: world.now(), actor: actor, action: action, subject: subject, detail: detail)
        guard !action.waitsForRoom else { return try write { try $0.audit(entry) } }
        if action.isLook, looks.keep(entry, at: world.uptime()) { return }
        try reserve.lending { try commit { try $0.audit(entry) } }
    }
}

extension BranchStore {
    /// From now on looks are written down together, whenever `writeDownLooks` is called or anything
    /// else is written. Whoever serves does, and calls it at least twice a second.
    package func groupLooks() { looks.begin() }

    package func writeDownLooks() throws {
        guard looks.isWaiting else { return }
        try reserve.lending { try commit { _ in } }
    }
}

extension Database {
    fileprivate func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        var value: Value?
        try inTransaction {
            value = try body()
            return .commit
        }
        guard let value else { preconditionFailure("a transaction that was committed ran") }
        return value
    }

    func lastSequence() throws -> Int64 {
        try Int64.fetchOne(self, prepared: "SELECT value FROM changeCounter") ?? 0
    }

    /// The sequence of what this transaction writes from here on. A row that is numbered as it is
    /// written costs its capture nothing more; the triggers number every other.
    func nextSequence() throws -> Int64 {
        try execute(prepared: "UPDATE changeCounter SET value = value + 1")
        return try lastSequence()
    }

    /// Notes a transaction. What another program has written since the last one must not share its
    /// fate: a row that is not noted is a transaction of its own. Where an urgent record is among it,
    /// it is noted as one, to travel on the urgent lane whole.
    func mark(after before: Int64, through last: Int64, at now: Int64) throws {
        // What was numbered anew in this transaction has its marks.
        let noted =
            try Int64.fetchOne(
                self,
                prepared: """
                    SELECT max(
                        coalesce((SELECT max(sequence) FROM changeMark), 0),
                        coalesce((SELECT max(sequence) FROM lane), 0))
                    """) ?? 0
        if noted < before, try hasUrgent(after: noted, through: before) {
            try markOne(after: noted, through: before, at: now)
        }
        let start = max(before, noted)
        if start < last { try markOne(after: start, through: last, at: now) }
    }

    private func hasUrgent(after before: Int64, through last: Int64) throws -> Bool {
        try SyncedTable.all.contains { table in
            guard table.isUrgent else { return false }
            return try Bool.fetchOne(
                self,
                prepared: """
                    SELECT EXISTS (
                        SELECT 1 FROM \(table.name) WHERE sequence > ? AND sequence <= ?)
                    """,
                arguments: [before, last]) ?? false
        }
    }

    /// One that wrote an urgent record travels on the urgent lane, whole.
    private func markOne(after before: Int64, through last: Int64, at now: Int64) throws {
        try execute(
            prepared: "INSERT INTO changeMark (sequence, first, at, isUrgent) VALUES (?, ?, ?, ?)",
            arguments: [last, before + 1, now, try hasUrgent(after: before, through: last)])
    }
}
