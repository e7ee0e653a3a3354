import ArgumentParser
import Bank
package import Commands
package import Courier
import Foundation
import Sealing
import Store
import Sync
import Vault

/// Creates the node; with a head office, enrols it.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create the node of an outlet.",
        discussion: """
            EXAMPLE: branchnode init --outlet 330101 --org org.json --data DIR
            EXAMPLE: branchnode init --outlet 330101 --head-office http://127.0.0.1:8600 --token - \
            --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "The outlet's code.") var outlet: UnitCode
    @Option(help: "The organisation file, for a node without a head office.") var org: String?
    @Option(help: "Head office's base URL.") var headOffice: String?
    @Option(help: "The one-time token of `headoffice enrol`; - reads it from standard input.")
    var token: String?

    func validate() throws {
        guard (org != nil) != (headOffice != nil && token != nil) else {
            throw ValidationError(Caller.current().say("init.one-of"))
        }
    }

    func run() throws {
        let caller = Caller.current()
        let directory = try options.requiredDirectory(Branchnode.program.variable, caller)
        // A token is used up by enrolling, so what stands in the way is found out first.
        guard !DataDirectory.exists(directory + "/data.sqlite") else {
            throw StoreError.alreadyInitialised(directory)
        }
        try DataDirectory.make(at: directory)
        let credential = options.credential(for: directory, caller)
        let world = World.live
        let name = hexadecimal(world.randomBytes(8))
        let (node, keys, organisation) =
            try org.map { try alone(caller.absolute($0), name, caller) }
            ?? enrolled(headOffice ?? "", token ?? "", name)
        try BranchStore.create(
            path: directory, credential: credential, keys: keys, node: node,
            organisation: organisation, world: world, actor: caller.actor)
        let json: JSONValue = [
            "directory": .string(directory), "first_tier": JSONValue(node.firstTier),
            "head_office": JSONValue(node.headOffice), "key_file": .string(credential),
            "outlet": JSONValue(node.outlet),
        ]
        writeOut(
            options.json
                ? json.description
                : caller.say("init.done", ["path": directory, "key": credential]))
    }

    private func alone(
        _ path: String, _ name: String, _ caller: Caller
    ) throws -> (Node, KeyRing, Organisation) {
        let organisation = try Organisation.read(path, caller)
        guard organisation.unit(outlet)?.level == .outlet,
            let firstTier = organisation.firstTier(of: outlet)
        else {
            throw Failure(
                message: caller.say("init.not-an-outlet", ["outlet": outlet.rawValue]),
                exit: .refused)
        }
        return (
            Node(outlet: outlet, firstTier: firstTier, name: name),
            KeyRing(data: .random(), index: .random()), organisation.scoped(to: firstTier)
        )
    }

    private func enrolled(
        _ url: String, _ token: String, _ name: String
    ) throws -> (Node, KeyRing, Organisation) {
        let shown = token == "-" ? readLine() ?? "" : token
        let reply = try Exchange.enrol(
            EnrolmentRequest(
                token: shown.trimmingCharacters(in: .whitespacesAndNewlines), outlet: outlet,
                nodeName: name), at: url)
        guard let index = bytes(hexadecimal: reply.indexKey).flatMap(SecretKey.init(bytes:)),
            let organisation = try? JSONDecoder().decode(
                Organisation.self, from: Data(reply.organisation.canonicalBytes))
        else { throw CourierError.notHeadOffice(status: 200) }
        return (
            Node(
                outlet: outlet, firstTier: reply.firstTier, headOffice: url, name: name,
                epoch: reply.epoch, accessKey: reply.accessKey,
                settlementKey: reply.settlementKey,
                organisationVersion: reply.organisationVersion),
            KeyRing(data: .random(), index: index), organisation
        )
    }
}

extension CourierError: Speaking {
    package var key: String { "line.\(code)" }
    package var facts: [String: String] { [:] }

    package var exit: ExitStatus {
        switch self {
        case .refused(.tokenUnknown), .refused(.tokenUsed), .refused(.tokenExpired),
            .refused(.tokenForAnotherOutlet):
            .refused
        case .untrusted: .damaged
        default: .failed
        }
    }
}
