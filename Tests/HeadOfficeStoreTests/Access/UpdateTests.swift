import Bank
import GRDB
import HeadOfficeStore
import Schema
import Sealing
import Sync
import TestSupport
import Testing
import Vault

/// A head office that 0.1.0 made, before there were certificates.
struct UpdateTests {
    private let files: TemporaryDirectory
    private let path: String
    private let credential: String

    init() throws {
        files = try TemporaryDirectory()
        path = files.path + "/office"
        credential = files.path + "/office.key"
        try DataDirectory.make(at: path)
        let ring = KeyRing(
            data: .repeating(1), index: .repeating(2),
            further: ["33", "32"].reduce(into: [:]) { keys, code in
                keys["index-\(code)"] = .random()
                keys["settlement-\(code)"] = .random()
            })
        try ring.write(to: path + "/keys.json", wrappedBy: .create(path: credential))
        let before = Migrations.headOffice.prefix { $0.name != "h0002_identity" }
        let bank = try DatabaseFile.open(path + "/data.sqlite", Array(before))
        try bank.write { db in
            try db.replaceOrganisation(with: .ofTests, sealedBy: Secrets(ring).cipher)
            try db.execute(
                sql: """
                    INSERT INTO headOffice (id, organisationVersion) VALUES (1, 1);
                    INSERT INTO node (
                        outlet, firstTier, nodeName, epoch, accessKeyHash, enrolledAt, contactedAt)
                    VALUES ('330101', '33', 'node-1', 3, x'00', 1, 2);
                    """)
        }
        try DatabaseFile.closeWhole(bank)
    }

    private func open() throws -> BankStore {
        try BankStore(path: path, credential: credential, world: TestWorld().world)
    }

    @Test func `it gets an authority when it is first opened, and keeps it`() throws {
        let made = try open().authorityCertificate

        #expect(try open().authorityCertificate == made)
        #expect(try KeyRing.ofFile(path, credential)["authority"] != nil)
    }

    @Test func `a first-tier branch's database that is lost is missed, not made anew`() throws {
        do { _ = try open() }
        let file = path + "/first-tier-33.sqlite"
        DataDirectory.remove(file)

        let error = #expect(throws: StoreError.self) { _ = try open() }

        #expect(error?.code == "database-missing")
        #expect(error?.facts["path"] == file)
        #expect(!DataDirectory.exists(file))
    }

    @Test func `its nodes enrol again under their names and go on where they were`() throws {
        let bank = try open()
        let applicant = Applicant(at: bank)

        let reply = try applicant.enrol()

        #expect(reply.epoch == 3)
        #expect(try bank.node(showing: reply.certificate).name == "node-1")
        let seen = try bank.nodes(by: "t").first { $0.outlet.code == .wulin }
        #expect(seen?.contactedAt == 2)
    }
}

extension KeyRing {
    fileprivate static func ofFile(_ path: String, _ credential: String) throws -> KeyRing {
        try KeyRing.read(
            path: path + "/keys.json", unwrappedBy: try Credential.read(path: credential))
    }
}
