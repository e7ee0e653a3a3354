import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Vault

/// Invites an outlet's node.
struct Enrol: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a one-time token with which a node of the outlet may enrol.",
        discussion: "EXAMPLE: headoffice enrol 330101 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The outlet's code.") var outlet: UnitCode

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let token = try store.invite(outlet, by: caller.actor)
        return Answer(
            json: ["outlet": JSONValue(outlet), "token": .string(token)], lines: [token])
    }
}

/// Every outlet's node.
struct ListNodes: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "nodes",
        abstract: "Show each outlet's node: last contact, lag, pending, skew, epoch, digest.",
        discussion: "EXAMPLE: headoffice nodes --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let nodes = try store.nodes(by: caller.actor)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())), "nodes": .array(nodes.map(\.json)),
            ],
            lines: nodes.map { $0.line(caller) })
    }
}

extension NodeView {
    fileprivate var json: JSONValue {
        [
            "batch": JSONValue(batch), "business_date": JSONValue(businessDate),
            "digest": JSONValue(digest), "enrolled": JSONValue(enrolledAt.map(instant)),
            "epoch": JSONValue(epoch), "first_tier": JSONValue(firstTier),
            "lag_ms": JSONValue(lag), "last_contact": JSONValue(contactedAt.map(instant)),
            "name": .string(outlet.name), "outlet": JSONValue(outlet.code),
            "pending": JSONValue(pending), "skew_ms": JSONValue(skewMilliseconds),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        let contact =
            epoch == nil
            ? caller.say("nodes.not-enrolled")
            : contactedAt.map { caller.say("nodes.heard", ["instant": instant($0)]) }
                ?? caller.say("nodes.never-heard")
        return caller.say(
            "nodes.line",
            [
                "outlet": outlet.code.rawValue, "name": outlet.name, "contact": contact,
                "pending": pending.map(String.init) ?? "–",
                "closed": businessDate?.description ?? "–",
                "batch": batch.map(String.init) ?? "–",
            ])
    }
}

/// What head office keeps of one outlet's records, to compare with what was entered there.
struct ShowReceived: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "received",
        abstract: "Show the records that an outlet's people entered and head office keeps, by their numbers.",
        discussion: "EXAMPLE: headoffice received 330101 --json --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The outlet's code.") var outlet: UnitCode

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let tables = try store.received(from: outlet, by: caller.actor)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())), "outlet": JSONValue(outlet),
                "tables": .object(
                    tables.mapValues {
                        [
                            "ids": .array($0.map(JSONValue.string)), "rows": JSONValue($0.count),
                        ]
                    }),
            ],
            lines: tables.keys.sorted().map { "\($0): \(tables[$0]?.count ?? 0)" })
    }
}

/// Sets the password with which a member of staff logs in to head office's pages.
struct PasswordCommand: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Set the password of a member of staff; it is read from standard input.",
        discussion: "EXAMPLE: headoffice password 00-HA1 --data DIR < password.txt")

    @OptionGroup var options: DataOptions
    @Argument(help: "The staff number.") var staff: StaffID

    var readsInput: Bool { true }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        try store.logIns.setPassword(caller.input, of: staff, by: caller.actor)
        return Answer(
            json: ["staff": JSONValue(staff)],
            lines: [caller.say("password.done", ["staff": staff.rawValue])])
    }
}
