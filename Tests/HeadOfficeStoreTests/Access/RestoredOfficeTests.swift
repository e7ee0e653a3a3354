import Bank
import HeadOfficeStore
import TestSupport
import Testing

/// Head office put back from a backup.
struct RestoredOfficeTests {
    @Test func `a restore says whose nodes may come in, also who was shut out since`() throws {
        let (files, world) = (try TemporaryDirectory(), TestWorld())
        let (path, key) = (files.path + "/office", files.path + "/office.key")
        let file = files.path + "/office.bnbackup"
        try BankStore.create(
            path: path, credential: key, organisation: .ofTests, world: world.world,
            actor: "os:test")
        do {
            let bank = try BankStore(path: path, credential: key, world: world.world)
            _ = try Applicant(.wulin, name: "node-1", at: bank).enrol()
            _ = try Applicant(.xihu, name: "node-2", at: bank).enrol()
            try bank.revoke(.xihu, by: "amy")
            _ = try bank.backUp(to: file, by: "os:test")
            try bank.revoke(.wulin, by: "amy")
        }

        let restored = try BankStore.restore(
            from: file, path: path, credential: key, world: world.world, actor: "os:test")

        #expect(restored.admitted == [.wulin])
        let bank = try BankStore(path: path, credential: key, world: world.world)
        #expect(try bank.hasNode(.wulin))
        #expect(try !bank.hasNode(.xihu))
    }
}
