import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// The bank's units, staff and holidays.
struct OrganisationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation",
        abstract: "Put a newer organisation file into force.",
        discussion: "EXAMPLE: headoffice organisation load org.json --as 00-SA1 --data DIR",
        subcommands: [LoadOrganisation.self])
}

/// Loads a newer file.
struct LoadOrganisation: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load units, staff and holidays; nodes get them with their next exchange.",
        discussion: """
            EXAMPLE: headoffice organisation load org.json --as 00-SA1 --reason 'spring transfers' \
            --data DIR

            Units and staff that the file no longer lists become inactive. Nobody becomes inactive \
            or moves who looks after customers: hand the book over first. First-tier branches stay \
            as they are, and so do parameters, which the file's do not change.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The organisation file.") var file: String
    @Option(name: .customLong("as"), help: "The administrator's staff number.") var staff: StaffID
    @Option(help: "Why; it stands in the audit.") var reason: String?

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let path = caller.absolute(file)
        let newer = try Organisation.read(path, caller)
        let loaded: LoadedOrganisation
        do {
            loaded = try store.load(newer, as: staff, reason: reason)
        } catch let refused as OrganisationRefused {
            throw Failure(refused, path, caller)
        }
        let succession = loaded.succession
        let untaken = Set(newer.parameters).subtracting(succession.organisation.parameters)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())), "changed": .bool(loaded.isChanged),
                "outlets_moved": .array(succession.outletsMoved.map { JSONValue($0) }),
                "overtaken": .array(loaded.overtaken.map(\.json)),
                "parameters_not_taken": .array(
                    Set(untaken.map(\.name)).sorted().map(JSONValue.string)),
                "staff_added": JSONValue(succession.staffAdded.count),
                "staff_ended": .array(succession.staffEnded.map { JSONValue($0) }),
                "units_added": .array(succession.unitsAdded.map { JSONValue($0) }),
                "units_closed": .array(succession.unitsClosed.map { JSONValue($0) }),
                "version": .int(loaded.version),
            ],
            lines: [
                loaded.isChanged
                    ? caller.say(
                        "organisation.loaded",
                        [
                            "added": String(succession.staffAdded.count),
                            "closed": String(succession.unitsClosed.count),
                            "ended": String(succession.staffEnded.count),
                            "opened": String(succession.unitsAdded.count),
                            "version": String(loaded.version),
                        ]) : caller.say("organisation.unchanged")
            ],
            diagnostics: succession.outletsMoved.map {
                caller.say("organisation.outlet-moved", ["unit": $0.rawValue])
            }
                + loaded.overtaken.map {
                    caller.say(
                        "organisation.overtaken",
                        ["fault": OrganisationFault($0).sentence(caller)])
                } + (untaken.isEmpty ? [] : [caller.say("organisation.parameters-stay")]))
    }
}
