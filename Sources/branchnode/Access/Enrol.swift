import ArgumentParser
import Bank
import Certificates
import Commands
import Courier
import Store
import Sync
import Vault

/// Enrols a node that is there already: with what it has, under a new certificate.
struct Enrol: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show head office a new token, where the node's certificate counts no more.",
        discussion: """
            EXAMPLE: branchnode enrol --token - --data DIR < token.txt

            For a node that was revoked, was without a line for more than half a year, or was made \
            before version 0.2. It keeps its data. `init` makes a new one.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "Head office's base URL, where it is another than before.")
    var headOffice: String?
    @Option(help: "The one-time token of `headoffice enrol`; - reads it from standard input.")
    var token: String

    func validate() throws {
        if let headOffice { try checkAddress(headOffice) }
    }

    func run() throws {
        let caller = Caller.current()
        let directory = try options.requiredDirectory(Branchnode.program.variable, caller)
        let token = try EnrolmentToken(argument: token, caller)
        let store = try BranchStore.open(
            path: directory, credential: options.credential(for: directory, caller))
        guard let url = headOffice ?? store.node.headOffice else {
            throw Refusal(.noHeadOffice)
        }
        let enrolled = try reaching(url, caller) {
            try Exchange.enrol(
                store.node.outlet, of: store.node.firstTier, as: store.node.name,
                with: store.enrolmentKey(), showing: token, at: url, now: store.now())
        }
        guard enrolled.reply.firstTier == store.node.firstTier else {
            throw CourierError.belongsElsewhere(enrolled.reply.firstTier)
        }
        try store.reenrol(
            at: url, enrolled.identity, epoch: enrolled.reply.epoch, by: caller.actor)
        let through = instant(enrolled.identity.certificate.validThrough)
        let json: JSONValue = [
            "certificate_through": .string(through), "head_office": .string(url),
            "outlet": JSONValue(store.node.outlet),
        ]
        writeOut(
            options.json
                ? json.description
                : caller.say(
                    "enrol.done", ["outlet": store.node.outlet.rawValue, "through": through]))
    }
}

extension EnrolmentToken {
    /// As it stands on the command line, `-` for standard input; wrong usage unless it is whole.
    init(argument: String, _ caller: Caller) throws(Failure) {
        let shown = argument == "-" ? readLine() ?? "" : argument
        guard let token = EnrolmentToken(shown.filter { !$0.isWhitespace }) else {
            throw Failure(message: caller.say("enrol.token-malformed"), exit: .usage)
        }
        self = token
    }
}
