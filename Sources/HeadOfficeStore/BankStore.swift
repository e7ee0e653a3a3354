package import Bank
import Certificates
import GRDB
import Schema
import Sealing
package import Sync
package import Vault

/// Head office's databases: one of the whole bank and one of each first-tier branch.
///
/// The one owner of head office's data directory. Rooms add reads and transactions in extensions.
package struct BankStore: Sendable {
    package let logIns: LogIns
    let bank: any DatabaseWriter
    let tiers: [UnitCode: FirstTier]
    let secrets: Secrets
    let ring: KeyRing
    let authority: Authority
    let world: World
    let directory: DataDirectory?
    let reserve: DiskReserve
    /// Those of the product, save where a test or the simulator makes small ones.
    package var snapshotLimits = SnapshotLimits()
    let snapshotMakings = SnapshotMakings()
    private let path: String

    /// Opens head office in `path`, whose keys the credential file opens.
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
        let ring = try Self.completed(try Secrets.ring(directory, credential)) { ring in
            try Self.write(ring, in: directory, credential)
        }
        let reserve = keep(directory)
        let bank = try reserve.lending {
            try DatabaseFile.open(directory.database, Migrations.headOffice)
        }
        let kept = try bank.readState { db in
            Set(try UnitCode.fetchAll(db, prepared: "SELECT firstTier FROM tierDatabase"))
        }
        try self.init(bank, ring, world, directory, reserve) { code in
            let file = path + "/first-tier-\(code).sqlite"
            // An empty one in the place of one that was lost would have forgotten everything.
            guard !kept.contains(code) || DataDirectory.exists(file) else {
                throw StoreError.databaseMissing(file)
            }
            return try reserve.lending { try DatabaseFile.open(file, Migrations.firstTier) }
        }
        guard !kept.isSuperset(of: tiers.keys) else { return }
        try inBank { db in
            for code in tiers.keys {
                try db.execute(
                    prepared: "INSERT OR IGNORE INTO tierDatabase (firstTier) VALUES (?)",
                    arguments: [code])
            }
        }
    }

    /// Stores in memory, for tests.
    package init(inMemory organisation: Organisation, world: World) throws {
        let queue = try DatabaseFile.inMemory(Migrations.headOffice)
        let ring = Self.makeRing(for: organisation)
        try queue.write { try Self.begin($0, organisation, Secrets(ring), world, "os:test") }
        try self.init(queue, ring, world, nil) { _ in
            try DatabaseFile.inMemory(Migrations.firstTier)
        }
    }

    /// A second store in memory with what this one holds now, for tests of backups and copies.
    package func copiedInMemory(world: World? = nil) throws -> BankStore {
        try BankStore(
            try DatabaseFile.copyInMemory(of: bank), ring, world ?? self.world, nil
        ) { code in
            try DatabaseFile.copyInMemory(of: try firstTier(code).database)
        }
    }

    init(
        _ bank: any DatabaseWriter, _ ring: KeyRing, _ world: World, _ directory: DataDirectory?,
        _ reserve: DiskReserve = DiskReserve(in: nil), open: (UnitCode) throws -> any DatabaseWriter
    ) throws {
        self.bank = bank
        self.ring = ring
        self.world = world
        self.directory = directory
        self.reserve = reserve
        path = directory?.path ?? ":memory:"
        secrets = Secrets(ring)
        let units: [Bank.Unit]
        do {
            authority = try bank.write { [path] in try Self.authority($0, ring, world, path) }
            units = try bank.readState { try $0.units() }
        } catch let error as DatabaseError {
            throw StoreError(error, path: directory?.database ?? path)
        }
        logIns = LogIns(bank, world: world, reserve: reserve)
        var tiers: [UnitCode: FirstTier] = [:]
        for unit in units where unit.level == .firstTier {
            guard let seed = ring["settlement-\(unit.code)"],
                let key = SigningKey(seed: seed.bytes)
            else { throw StoreError.keys(.notAuthentic, path) }
            tiers[unit.code] = FirstTier(
                code: unit.code, database: try open(unit.code), key: key, reserve: reserve)
        }
        self.tiers = tiers
        do {
            try takeInKnown()
            try fillInKnown()
            for tier in tiers.values { try dropUnreadyChunks(tier) }
        } catch StoreError.diskFull {
            // The next start takes them in.
        }
    }

    /// Makes head office in `path`: its keys, its database, one for each first-tier branch.
    package static func create(
        path: String, credential: String, organisation: Organisation, world: World, actor: String
    ) throws {
        try DataDirectory.checkFree(path)
        try DataDirectory.make(at: path)
        let directory = try DataDirectory(owning: path)
        // Another process may have been quicker.
        try DataDirectory.checkFree(path)
        try directory.beginMaking()
        directory.spendReserve()
        let ring = makeRing(for: organisation)
        try write(ring, in: directory, credential)
        for unit in organisation.units where unit.level == .firstTier {
            let name = path + "/first-tier-\(unit.code).sqlite"
            try DatabaseFile.open(name, Migrations.firstTier).close()
        }
        let unfinished = directory.database + ".new"
        DataDirectory.remove(unfinished)
        let bank = try DatabaseFile.open(unfinished, Migrations.headOffice)
        try bank.write { db in
            try begin(db, organisation, Secrets(ring), world, actor)
            _ = try authority(db, ring, world, path)
        }
        try DatabaseFile.closeWhole(bank)
        try DataDirectory.rename(unfinished, to: directory.database)
        DataDirectory.remove(unfinished)
        try directory.endMaking()
    }

    static func begin(
        _ db: Database, _ organisation: Organisation, _ secrets: Secrets, _ world: World,
        _ actor: String
    ) throws {
        try db.replaceOrganisation(with: organisation, sealedBy: secrets.cipher)
        try db.execute(prepared: "INSERT INTO headOffice (id, organisationVersion) VALUES (1, 1)")
        try db.audit(
            AuditEntry(at: world.now(), actor: actor, action: .initialised, subject: nil))
    }

    private static func write(
        _ ring: KeyRing, in directory: DataDirectory, _ credential: String
    ) throws(StoreError) {
        do {
            try ring.write(to: directory.keys, wrappedBy: try Secrets.credential(credential))
        } catch {
            throw StoreError(error, path: credential)
        }
    }

    /// The ring with a key for the authority, which a head office made by 0.1.0 lacks.
    private static func completed(
        _ ring: KeyRing, keep: (KeyRing) throws -> Void
    ) throws -> KeyRing {
        guard ring[authorityKey] == nil else { return ring }
        var further = ring.keys
        further[authorityKey] = PrivateKey.make(Sealing.randomBytes).secret
        let completed = KeyRing(data: ring.data, index: ring.index, further: further)
        try keep(completed)
        return completed
    }

    /// The authority's key, and for each first-tier branch one of its blind indexes and one that
    /// signs its settlements.
    private static func makeRing(for organisation: Organisation) -> KeyRing {
        var further = [authorityKey: PrivateKey.make(Sealing.randomBytes).secret]
        for unit in organisation.units where unit.level == .firstTier {
            further["index-\(unit.code)"] = .random()
            further["settlement-\(unit.code)"] = .random()
        }
        return KeyRing(data: .random(), index: .random(), further: further)
    }

    func firstTier(_ code: UnitCode) throws -> FirstTier {
        guard let tier = tiers[code] else {
            throw Refusal(.unknownFirstTier, ["unit": code.rawValue])
        }
        return tier
    }

    /// The first-tier branches in the order of their codes.
    package var firstTierCodes: [UnitCode] { tiers.keys.sorted() }

    /// One transaction of the bank's database.
    func inBank<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try reserve.check()
        return try commit(body)
    }

    private func commit<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try translating {
            let value = try bank.write { db in
                let value = try body(db)
                try world.atCommit(.beforeCommit)
                return value
            }
            try world.atCommit(.afterCommit)
            return value
        }
    }

    /// SQLite's errors in the product's words.
    func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        } catch is RowDecodingError {
            // What it carries may quote the row.
            throw StoreError.damaged(path)
        }
    }

    package func audit(
        _ action: AuditEntry.Action, by actor: String, on subject: String?,
        detail: JSONValue = [:]
    ) throws {
        let entry = AuditEntry(
            at: world.now(), actor: actor, action: action, subject: subject, detail: detail)
        guard !action.waitsForRoom else { return try inBank { try $0.audit(entry) } }
        try reserve.lending { try commit { try $0.audit(entry) } }
    }

    package func actor(_ id: StaffID) throws -> Staff {
        try translating { try bank.readState { try $0.actor(id) } }
    }

    package func units() throws -> [Bank.Unit] {
        try translating { try bank.readState { try $0.units() } }
    }

    package func now() -> Int64 { world.now() }
    package func today() -> BusinessDay { world.today() }
}

/// One first-tier branch at head office.
struct FirstTier: Sendable {
    let code: UnitCode
    let database: any DatabaseWriter
    /// Signs the branch's settlements.
    let key: SigningKey
    let reserve: DiskReserve

    /// One transaction.
    func write<Value>(_ world: World, _ body: (Database) throws -> Value) throws -> Value {
        try reserve.check()
        let value = try database.write { db in
            let value = try body(db)
            try world.atCommit(.beforeCommit)
            return value
        }
        try world.atCommit(.afterCommit)
        return value
    }
}

extension Database {
    /// The sequence of this transaction: whatever it changes travels together.
    func nextSequence() throws -> Int64 {
        try execute(prepared: "UPDATE changeCounter SET value = value + 1")
        return try Int64.fetchOne(self, prepared: "SELECT value FROM changeCounter") ?? 0
    }
}
