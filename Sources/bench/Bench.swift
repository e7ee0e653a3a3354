import ArgumentParser

/// The benchmarks, and the herd of outlets that comes back after an outage.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Holds the product against the bare libraries, and head office against a herd.",
        subcommands: [Measure.self, HerdCommand.self], defaultSubcommand: Measure.self)
}
