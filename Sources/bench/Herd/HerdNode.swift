import Bank
import Certificates
import Courier
import Foundation
import Logging
import Sealing
import Store
import Sync
import Vault

/// One outlet of the herd: the node's real store, in memory, and its real courier with a key, a
/// certificate and a connection of its own.
final class HerdNode: Sendable {
    let outlet: UnitCode
    private let store: BranchStore
    private let line = KeptLine()

    /// Enrols over the line, as `branchnode init` does, and takes in the outlet's first day.
    init(
        _ outlet: UnitCode, showing token: EnrolmentToken, at url: String, customers: Int,
        _ directory: String
    ) throws {
        self.outlet = outlet
        let world = HeadOfficeProcess.world
        let name = hexadecimal(world.randomBytes(8))
        let enrolled = try Exchange.enrol(
            outlet, as: name, with: PrivateKey.make(world.randomBytes), showing: token, at: url,
            now: world.now())
        let reply = enrolled.reply
        let organisation = try JSONDecoder().decode(
            Organisation.self, from: Data(reply.organisation.canonicalBytes))
        store = try BranchStore(
            inMemory: Node(
                outlet: outlet, firstTier: reply.firstTier, headOffice: url, name: name,
                epoch: reply.epoch, settlementKey: reply.settlementKey,
                organisationVersion: reply.organisationVersion),
            enrolled.identity, keys: KeyRing(data: .random(), index: .random()),
            organisation: organisation, world: world)
        let extract = "\(directory)/\(outlet)"
        try HerdBranch.writeExtract(of: outlet, customers: customers, to: extract)
        let taken = try store.take([extract], by: "os:bench")
        guard taken.allSatisfy({ $0.result != .refused }) else {
            throw HerdError.failed("the extract of \(outlet) was refused")
        }
        _ = try store.closeDays(by: "os:bench")
        try FileManager.default.removeItem(atPath: extract)
    }

    /// Somebody at the counter writes marketing records, each a transaction.
    func write(_ count: Int) throws {
        for number in 0..<count {
            _ = try store.addContact(
                with: HerdBranch.customer(outlet, 0), by: HerdBranch.teller(outlet), way: .visit,
                note: "来访咨询三年期定期存款利率，约下周再谈 \(number)")
        }
    }

    /// Claims so many of the outlet's customers, the first of them `first`.
    func claim(_ first: Int, _ count: Int) throws {
        _ = try store.assign(
            (first..<first + count).map { HerdBranch.customer(outlet, $0) },
            to: HerdBranch.manager(outlet), by: HerdBranch.supervisor(outlet))
    }

    var pending: Int { (try? store.lineState().pending) ?? .max }

    /// One exchange as `sync --watch` makes it.
    func exchange() throws -> Exchanged {
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        return try Exchange(store, over: line, logger: logger).run()
    }
}
