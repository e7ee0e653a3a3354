import Bank
import HeadOfficeStore
import Sealing
import Store
import Sync
import Vault

// How a node of the simulation comes in, and how head office knows it again.

extension Simulation {
    func enrol(_ outlet: Int, _ disks: Disks, _ chance: inout Chance) throws -> NodeMachine {
        guard let bank = office.store else { preconditionFailure("head office runs at first") }
        let code = scenario.outlets[outlet]
        let name = "node-\(code)"
        let reply = try bank.enrol(
            EnrolmentRequest(
                token: try bank.invite(code, by: "os:simulate"), outlet: code, nodeName: name))
        guard let index = bytes(hexadecimal: reply.indexKey).flatMap(SecretKey.init(bytes:)) else {
            preconditionFailure("head office hands out a whole key")
        }
        let keys = KeyRing(data: chance.key(), index: index)
        let disk = try disks.forNode()
        try BranchStore.make(
            Node(
                outlet: code, firstTier: reply.firstTier,
                headOffice: "https://head-office.simulated", name: name, epoch: reply.epoch,
                accessKey: reply.accessKey, settlementKey: reply.settlementKey,
                organisationVersion: reply.organisationVersion),
            on: disk, keys: keys,
            organisation: scenario.organisation.scoped(to: Scenario.firstTier))
        let node = NodeMachine(
            outlet: outlet, isClone: false,
            machine: Machine(clock, Chance(seed, "node", outlet)), keys: keys, disk: disk)
        try node.start()
        return node
    }

    /// As whom head office knows the node by what it shows; nil while head office is dead.
    func identity(of node: NodeMachine) throws -> EnrolledNode? {
        guard let bank = office.store, let store = node.store else { return nil }
        return try bank.node(of: store.node.outlet, accessKey: store.node.accessKey ?? "")
    }

    func enrolStranger() throws -> Stranger {
        guard let bank = office.store else { preconditionFailure("head office runs at first") }
        let reply = try bank.enrol(
            EnrolmentRequest(
                token: try bank.invite(Scenario.strange, by: "os:simulate"),
                outlet: Scenario.strange, nodeName: "stranger"))
        return Stranger(try bank.node(of: Scenario.strange, accessKey: reply.accessKey))
    }
}
