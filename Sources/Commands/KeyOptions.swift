package import ArgumentParser
package import Bank

/// By what a customer is looked up: options of both programs' `owner`.
package struct KeyOptions: ParsableArguments, Sendable {
    @Argument(
        help: ArgumentHelp(
            "The customer number, or another strong key: identity, card, account or mobile number.",
            discussion:
                "Whoever lists this machine's processes sees it; - reads it from standard input."))
    package var key: String?

    @Option(help: "What the key is: customer, id, account, card, mobile or name.")
    package var by: StrongKey.Kind?

    @Option(help: "A name, which goes with --last4.")
    package var name: String?

    @Option(name: .customLong("last4"), help: "The last four of the identity number of --name.")
    package var lastFour: String?

    package init() {}

    package func validate() throws {
        guard (key != nil) != (name != nil), (name != nil) == (lastFour != nil),
            by == nil || key != nil, key.map({ (1...160).contains($0.utf8.count) }) ?? true
        else { throw ValidationError(saying: "key.usage") }
    }

    /// Whether the key comes in on standard input.
    package var readsInput: Bool { key == "-" }

    /// The key that was asked for, from wherever it came.
    package func text(_ caller: Caller) -> String {
        let text = readsInput ? caller.input : key ?? ""
        let lines = text.split(whereSeparator: \.isNewline)
        return lines.first.map(String.init) ?? ""
    }
}

extension StrongKey.Kind: ExpressibleByArgument {}
