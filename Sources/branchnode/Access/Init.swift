import ArgumentParser
import Bank
import Certificates
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
            EXAMPLE: branchnode init --outlet 330101 --head-office https://127.0.0.1:8600 --token - \
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
            throw ValidationError(saying: "init.one-of")
        }
        if let headOffice { try checkAddress(headOffice) }
    }

    func run() throws {
        let caller = Caller.current()
        let directory = try options.requiredDirectory(Branchnode.program.variable, caller)
        let credential = options.credential(for: directory, caller)
        let world = World.live
        // A token is used up by enrolling, so all that can fail here comes first.
        let making = try NodeMaking(path: directory, credential: credential)
        let node: Node
        do {
            let made =
                try org.map { try alone(caller.absolute($0), world, caller) }
                ?? enrolled(headOffice ?? "", token ?? "", making, world, caller)
            node = made.node
            try making.finish(
                keys: made.keys, node: node, identity: made.identity,
                organisation: made.organisation, world: world, actor: caller.actor)
        } catch {
            making.abandon(keepingKey: org == nil && keepsKey(after: error))
            throw notReached(headOffice ?? "", error, caller) ?? error
        }
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

    /// What a node is made of.
    private struct Made {
        let node: Node
        var identity: Identity?
        let keys: KeyRing
        let organisation: Organisation
    }

    private func alone(_ path: String, _ world: World, _ caller: Caller) throws -> Made {
        let organisation = try Organisation.read(path, caller)
        guard organisation.unit(outlet)?.level == .outlet,
            let firstTier = organisation.firstTier(of: outlet)
        else {
            throw Failure(
                message: caller.say("init.not-an-outlet", ["outlet": outlet.rawValue]),
                exit: .refused)
        }
        return Made(
            node: Node(outlet: outlet, firstTier: firstTier, name: newName(world)),
            keys: KeyRing(data: .random(), index: .random()),
            organisation: organisation.scoped(to: firstTier))
    }

    private func enrolled(
        _ url: String, _ token: String, _ making: NodeMaking, _ world: World, _ caller: Caller
    ) throws -> Made {
        let token = try EnrolmentToken(argument: token, caller)
        let key = try making.enrolmentKey(for: outlet, world.randomBytes)
        // Whoever asks again with the same key does so under the same name.
        let name = hexadecimal(Array(key.secret.derived(for: "node-name").bytes.prefix(8)))
        let enrolled = try Exchange.enrol(
            outlet, as: name, with: key, showing: token, at: url, now: world.now())
        let reply = enrolled.reply
        guard let index = bytes(hexadecimal: reply.indexKey).flatMap(SecretKey.init(bytes:)),
            let organisation = try? JSONDecoder().decode(
                Organisation.self, from: Data(reply.organisation.canonicalBytes))
        else { throw CourierError.notHeadOffice(status: 200) }
        return Made(
            node: Node(
                outlet: outlet, firstTier: reply.firstTier, headOffice: url, name: name,
                epoch: reply.epoch, settlementKey: reply.settlementKey,
                organisationVersion: reply.organisationVersion),
            identity: enrolled.identity, keys: KeyRing(data: .random(), index: index),
            organisation: organisation)
    }

    /// Whether head office may have let the node in that could not be made: no answer came, or what
    /// came could not be kept.
    private func keepsKey(after error: any Error) -> Bool {
        (error as? CourierError)?.mayHaveBeenDone ?? (error is StoreError)
    }

    private func newName(_ world: World) -> String { hexadecimal(world.randomBytes(8)) }
}

/// Wrong usage where head office can be at no such address.
func checkAddress(_ url: String) throws {
    switch AddressFault(of: url) {
    case nil: break
    case .insecure: throw ValidationError(saying: "usage.head-office-insecure")
    case .malformed: throw ValidationError(saying: "usage.head-office-malformed")
    }
}

/// Enrols; where head office is not reached, it says so.
func reaching<Value>(
    _ url: String, _ caller: Caller, _ enrol: () throws -> Value
) throws -> Value {
    do {
        return try enrol()
    } catch {
        throw notReached(url, error, caller) ?? error
    }
}

/// Where head office is not reached, it is the enrolment that has to be done again, not an exchange;
/// nil for any other error.
func notReached(_ url: String, _ error: any Error, _ caller: Caller) -> Failure? {
    let keys = [
        "broken": "enrol.no-answer", "no-line": "enrol.no-line", "timed-out": "enrol.no-answer",
    ]
    guard let code = (error as? CourierError)?.code, let key = keys[code] else { return nil }
    return Failure(message: caller.say(key, ["address": url]), exit: .failed)
}

extension CourierError: Speaking {
    package var key: String {
        switch self {
        case .belongsElsewhere: "sync.belongs-elsewhere"
        case .clock: "sync.clock"
        default: "line.\(code)"
        }
    }

    package var facts: [String: String] {
        switch self {
        case .belongsElsewhere(let firstTier): ["firstTier": firstTier.rawValue]
        case .clock(let skew): ["hours": String((skew.magnitude + 1_800_000) / 3_600_000)]
        default: [:]
        }
    }

    package var exit: ExitStatus {
        switch self {
        case .refused(.tokenUnknown), .refused(.tokenUsed), .refused(.tokenExpired),
            .refused(.tokenForAnotherOutlet), .belongsElsewhere:
            .refused
        case .untrusted: .damaged
        default: .failed
        }
    }
}
