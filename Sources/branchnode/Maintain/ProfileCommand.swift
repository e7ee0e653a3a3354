import ArgumentParser
import Bank
import Commands
import Store

/// What the bank's people know of a customer beside CIF.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Keep a customer's profile, and what they said of marketing messages.",
        discussion: "EXAMPLE: branchnode profile set --help",
        subcommands: [
            ShowProfile.self, SetProfile.self, RefuseMarketing.self, AgreeToMarketing.self,
        ])
}

/// A customer's profile; what identifies is masked.
struct ShowProfile: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a customer's profile with its history; what identifies is masked.",
        discussion: "EXAMPLE: branchnode profile show 330000000017 --json --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let profile = try store.profile(of: number, by: caller.actor)
        let hold = try store.marketingHold(on: number)
        let fields = ProfileField.allCases.map { field in
            (field.rawValue, profile.current[field]?.json ?? .null)
        }
        let lines = ProfileField.allCases.compactMap { profile.current[$0]?.line(caller) }
        return Answer(
            json: [
                "customer": JSONValue(number),
                "fields": .object(Dictionary(uniqueKeysWithValues: fields)),
                "history": .array(profile.history.map(\.json)),
                "marketing_hold": JSONValue(hold?.rawValue),
            ],
            lines: (lines.isEmpty
                ? [caller.say("profile.nothing", ["customer": number.rawValue])] : lines)
                + (hold.map { [caller.line(of: $0)] } ?? []))
    }
}

/// Writes one field.
struct SetProfile: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Write one field of a customer's profile.",
        discussion: """
            EXAMPLE: branchnode profile set 330000000017 --as 330101-RM1 --field hobbies \
            --value fishing --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The staff number of who writes it.")
    var staff: StaffID
    @Option(help: "mobile, address, employer, family, hobbies or preferences.")
    var field: ProfileField
    @Option(help: "What it is now; empty to clear it.") var value: String
    @Option(help: "Why, or how it is known.") var reason = ""

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.edit(field, of: number, to: value, by: staff, because: reason)
            .answer(caller, field)
    }
}

/// The customer wants no marketing messages.
struct RefuseMarketing: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse",
        abstract: "The customer refuses marketing messages; it counts at once and is synced first.",
        discussion: "EXAMPLE: branchnode profile refuse 330000000017 --as 330101-TL1 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The staff number of who heard it.")
    var staff: StaffID
    @Option(help: "How the customer said so.") var reason = ""

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.note(.refused, of: number, by: staff, because: reason).answer(caller, .marketing)
    }
}

/// The customer agrees to marketing messages.
struct AgreeToMarketing: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "agree",
        abstract: "The customer agrees to marketing messages; lifts the refusals known here.",
        discussion: """
            EXAMPLE: branchnode profile agree 330000000017 --as 330101-RM1 \
            --reason 'signed form of 2025-04-01' --data DIR
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The customer number.") var number: CustomerNumber
    @Option(name: .customLong("as"), help: "The staff number of who heard it.")
    var staff: StaffID
    @Option(help: "How the customer said so.") var reason: String

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.note(.agreed, of: number, by: staff, because: reason).answer(caller, .marketing)
    }
}

extension Caller {
    /// Why marketing messages pause.
    func line(of hold: MarketingHold) -> String {
        say("hold.line", ["hold": say("hold.\(hold.rawValue)")])
    }
}

extension ProfileEdit {
    /// What identifies is masked, as in every list.
    private var shown: String? {
        value.map { ProfileField(rawValue: field)?.masked($0) ?? "***" }
    }

    fileprivate var json: JSONValue {
        [
            "date": JSONValue(date), "field": .string(field), "id": JSONValue(id),
            "note": JSONValue(note), "outlet": JSONValue(author), "staff": JSONValue(staff),
            "stamp": .string(stamp.description), "value": JSONValue(shown),
            "written": .string(written.description),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "profile.line",
            [
                "date": date.description, "field": caller.say("profile.\(field)"),
                "outlet": author.rawValue, "staff": staff.rawValue,
                "value": MarketingChoice(rawValue: shown ?? "").map {
                    caller.say("marketing.\($0.rawValue)")
                } ?? shown ?? caller.say("profile.emptied"),
            ])
    }

    fileprivate func answer(_ caller: Caller, _ field: ProfileField) -> Answer {
        Answer(
            json: json,
            lines: [
                caller.say(
                    "profile.done",
                    [
                        "customer": customer.rawValue,
                        "field": caller.say("profile.\(field.rawValue)"),
                    ])
            ])
    }
}
