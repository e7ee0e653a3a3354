import Bank
import Certificates
import HeadOfficeStore
import Sealing
import Store
import TestSupport
import Testing
import Vault

struct IdentityTests {
    @Test func `a node on its own has no identity on the line`() throws {
        #expect(try BranchStore.alone().identity() == nil)
    }

    @Test func `a renewed identity takes the place of the one before`() throws {
        let world = TestWorld()
        let bank = try BankStore(inMemory: .ofTests, world: world.world)
        let node = try BranchStore.enrolled(.wulin, at: bank, world: world)
        let other = try BranchStore.enrolled(.xihu, at: bank, world: world)
        let first = try #require(try node.identity())
        let second = try #require(try other.identity())

        try node.keep(second)

        #expect(first != second)
        #expect(try node.identity() == second)
    }

    @Test func `the key stands nowhere on the disk in clear`() throws {
        let world = TestWorld()
        let bank = try BankStore(inMemory: .ofTests, world: world.world)
        let identity = try #require(
            try BranchStore.enrolled(.wulin, at: bank, world: world).identity())
        let disk = try NodeOnDisk(world: world)
        try disk.open().keep(identity)

        let secret = identity.key.secret.bytes
        let forms = [secret, Array(hexadecimal(secret).utf8)]
        let contents = try disk.directory.contents().filter { $0.key != "node/reserve" }
        #expect(contents.values.contains { $0.firstRange(of: identity.certificate.bytes) != nil })
        for (name, bytes) in contents {
            for form in forms { #expect(bytes.firstRange(of: form) == nil, "\(name)") }
        }
        #expect(try disk.open().identity() == identity)
    }
}
