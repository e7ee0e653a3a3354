import Bank
import GRDB
import Glibc
import Schema
import Store
import Sync
import TestSupport
import Testing
import Vault

struct DirectoryTests {
    private let node: NodeOnDisk

    init() throws {
        node = try NodeOnDisk()
    }

    private func code(_ body: () throws -> BranchStore) throws -> String? {
        do {
            _ = try body()
            return nil
        } catch let error as StoreError {
            return error.code
        }
    }

    @Test func `a directory has one owner at a time`() throws {
        do {
            let store = try node.open()
            #expect(try code(node.open) == "in-use")
            #expect(try store.lastClosed() == nil)
        }
        #expect(try code(node.open) == nil)
    }

    @Test func `a directory that is no node's is not opened`() throws {
        #expect(
            try code {
                try BranchStore(
                    path: node.directory.path, credential: node.credential, world: TestWorld().world
                )
            } == "not-initialised")
    }

    @Test func `a node is not made over another`() throws {
        #expect(throws: StoreError.self) {
            try BranchStore.create(
                path: node.path, credential: node.credential, keys: .ofTests,
                node: Node(outlet: .xihu, firstTier: .zhejiang, name: "n"), organisation: .ofTests,
                world: TestWorld().world, actor: "t")
        }
        #expect(try node.open().node.outlet == .wulin)
    }

    @Test func `a node whose database is lost says so, and no other is made over its keys`()
        throws
    {
        DataDirectory.remove(node.path + "/data.sqlite")
        let before = try node.directory.contents()

        #expect(try code(node.open) == "database-missing")
        let making = #expect(throws: StoreError.self) { try node.makeAgain() }

        #expect(making?.code == "database-missing")
        #expect(try node.directory.contents()["node/keys.json"] == before["node/keys.json"])
    }

    @Test func `a node whose making was cut off is made anew`() throws {
        DataDirectory.remove(node.path + "/data.sqlite")
        try node.directory.write([], to: "node/making")

        #expect(try code(node.open) == "not-initialised")
        try node.makeAgain()

        #expect(try node.open().node.name == "node-again")
        #expect(try node.directory.contents()["node/making"] == nil)
    }

    @Test func `a making that fails leaves nothing, and a key file that was there`() throws {
        let path = node.directory.path + "/other"

        for credential in [node.credential, path + ".key"] {
            try NodeMaking(path: path, credential: credential).abandon()
        }

        #expect(!DataDirectory.exists(path))
        #expect(!DataDirectory.exists(path + ".key"))
        #expect(DataDirectory.exists(node.credential))
    }

    @Test func `a file of keys that is gone, empty or no such file is named itself`() throws {
        for text in ["", "{", "{\"format\":2,\"keys\":{}}"] {
            try node.directory.write(Array(text.utf8), to: "node/keys.json")
            #expect(try code(node.open) == "key-ring-damaged")
        }
        unlink(node.path + "/keys.json")
        #expect(try code(node.open) == "key-ring-missing")
        let restoring = #expect(throws: StoreError.self) { _ = try node.restore("none") }
        #expect(restoring?.code == "key-ring-missing")
    }

    @Test func `a database of a newer program is left alone`() throws {
        try DatabaseQueue(path: node.path + "/data.sqlite").write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('b9999_later')")
        }

        #expect(try code(node.open) == "newer-schema")
    }

    @Test func `a file that is no database is damaged`() throws {
        try node.directory.write(
            Array(repeating: UInt8(ascii: "x"), count: 8192), to: "node/data.sqlite")

        #expect(try code(node.open) == "damaged")
    }

    @Test func `a database cut short is damaged`() throws {
        let bytes = try #require(try node.directory.contents()["node/data.sqlite"])
        try node.directory.write(Array(bytes.prefix(bytes.count / 2)), to: "node/data.sqlite")

        #expect(throws: StoreError.self) { try node.open().checkIntegrity() }
    }

    @Test(arguments: [
        ("another key", String(repeating: "ab", count: 32), "keys-closed"),
        ("no key", "secret", "key-file-malformed"), ("nothing", "", "key-file-malformed"),
    ])
    func `a wrong key file opens nothing`(name: String, text: String, code: String) throws {
        try node.directory.write(Array(text.utf8), to: "node.key")
        chmod(node.credential, 0o600)

        #expect(try self.code(node.open) == code)
    }

    @Test func `a key file that others may read, or that is gone, opens nothing`() throws {
        chmod(node.credential, 0o644)
        #expect(try code(node.open) == "key-file-open")
        unlink(node.credential)
        #expect(try code(node.open) == "key-file-missing")
    }

    @Test func `a commit is on the disk before it is answered, and links are held`() throws {
        let pool = try DatabaseFile.open(node.path + "/data.sqlite", Migrations.branch)

        let pragmas = try pool.writeWithoutTransaction { db in
            try ["synchronous", "foreign_keys", "journal_mode", "temp_store", "trusted_schema"].map
            {
                try String.fetchOne(db, sql: "PRAGMA \($0)")
            }
        }

        #expect(pragmas == ["2", "1", "wal", "2", "0"])
        try pool.close()
    }

    @Test func `the directory and its files are their owner's alone`() throws {
        _ = try node.open()
        for name in ["", "/keys.json", "/lock", "/../node.key"] {
            var status = stat()
            #expect(stat(node.path + name, &status) == 0)
            #expect(status.st_mode & 0o077 == 0, "\(name)")
        }
    }

    @Test func `identifiers never stand on the disk in clear`() throws {
        let secrets = [
            "欧阳明珠", "330102198001011234", "13987654321", "西湖区文三路九九号", "6228480402564890018",
            "62220212345678", "私下说起女儿要留学", "周老板", "房租押金",
        ]
        let store = try node.open()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01"))
                    .customerRow(
                        .wang, name: secrets[0], idNumber: secrets[1], mobile: secrets[2],
                        address: secrets[3]
                    )
                    .accountRow(secrets[5], of: .wang).balanceRow(secrets[5], "100000")
                    .cardRow(secrets[4], of: .wang)
                    .movementRow(
                        "M1", account: secrets[5], "5", counterparty: secrets[7], memo: secrets[8])
            ], in: TemporaryDirectory())
        _ = try store.assign([.wang], to: .ada, by: .eve)
        _ = try store.addContact(with: .wang, by: .ada, way: .call, note: secrets[6])
        for lane in Lane.allCases { _ = try store.nextBatch(on: lane) }

        let view = try store.customer(.wang, by: "t")
        #expect(view.customer.name == secrets[0])
        #expect(view.customer.idNumber == secrets[1])
        #expect(view.cards.map(\.number) == [secrets[4]])
        #expect(view.accounts.map(\.number) == [secrets[5]])

        // What keeps room on the disk holds nothing.
        let files = try node.directory.contents()
            .filter { $0.key.hasPrefix("node/") && $0.key != "node/reserve" }
        #expect(Set(files.keys).isSuperset(of: ["node/data.sqlite", "node/data.sqlite-wal"]))
        // The customer number is no identifier in clear: finding it shows that the search finds.
        #expect(files.values.contains { $0.firstRange(of: "3300000001".utf8) != nil })
        for (name, bytes) in files {
            for secret in secrets {
                #expect(bytes.firstRange(of: secret.utf8) == nil, "\(secret) in \(name)")
            }
        }
    }
}
