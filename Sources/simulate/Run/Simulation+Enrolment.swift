import Bank
import Certificates
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
        let machine = Machine(clock, Chance(seed, "node", outlet))
        let (reply, identity) = try enrol(code, named: name, machine, bank)
        guard let index = bytes(hexadecimal: reply.indexKey).flatMap(SecretKey.init(bytes:)) else {
            preconditionFailure("head office hands out a whole key")
        }
        let keys = KeyRing(data: chance.key(), index: index)
        let disk = try disks.forNode()
        try BranchStore.make(
            Node(
                outlet: code, firstTier: reply.firstTier,
                headOffice: "https://head-office.simulated", name: name, epoch: reply.epoch,
                settlementKey: reply.settlementKey,
                organisationVersion: reply.organisationVersion),
            identity, on: disk, keys: keys,
            organisation: scenario.organisation.scoped(to: Scenario.firstTier))
        let node = NodeMachine(
            outlet: outlet, isClone: false, machine: machine, keys: keys, disk: disk)
        try node.start()
        return node
    }

    /// Somebody carries a new token to a node that head office does not know any more.
    func enrolAgain(_ node: NodeMachine) throws {
        guard let bank = office.store, let store = node.store else { return }
        let (reply, identity) = try enrol(
            scenario.outlets[node.outlet], named: store.node.name, node.machine, bank)
        try store.reenrol(
            at: "https://head-office.simulated", identity, epoch: reply.epoch, by: "os:operator")
        node.show(identity)
    }

    /// A key, a token and a certificate for an outlet's node.
    private func enrol(
        _ code: UnitCode, named name: String, _ machine: Machine, _ bank: BankStore
    ) throws -> (EnrolmentReply, Identity) {
        let key = PrivateKey.make(machine.world.randomBytes)
        let reply = try bank.enrol(
            EnrolmentRequest(
                token: try bank.invite(code, by: "os:simulate").secret, outlet: code,
                nodeName: name, certificateRequest: CertificateRequest(for: key).bytes))
        let identity = Certificate(bytes: reply.certificate).flatMap {
            Identity(authority: bank.authorityCertificate, certificate: $0, key: key)
        }
        guard let identity else {
            preconditionFailure("head office certifies the key that it was shown")
        }
        return (reply, identity)
    }

    /// As whom head office knows the node by the certificate that it shows; nil while head office
    /// is dead, or refuses it.
    func identity(of node: NodeMachine) throws -> EnrolledNode? {
        guard let bank = office.store, node.store != nil else { return nil }
        do {
            return try office.machine.inspect { try bank.node(showing: node.certificate) }
        } catch is ExchangeError {
            return nil
        }
    }

    func enrolStranger() throws -> Stranger {
        guard let bank = office.store else { preconditionFailure("head office runs at first") }
        let machine = Machine(clock, Chance(seed, "stranger"))
        let (_, identity) = try enrol(Scenario.strange, named: "stranger", machine, bank)
        return Stranger(try bank.node(showing: identity.certificate.bytes))
    }
}
