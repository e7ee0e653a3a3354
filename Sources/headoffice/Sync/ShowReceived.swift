import ArgumentParser
import Bank
import Commands
import HeadOfficeStore

/// What head office keeps of one outlet's records, to compare with what was entered there.
struct ShowReceived: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "received",
        abstract:
            "Show the records that an outlet's people entered and head office keeps, by their numbers.",
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
