import ArgumentParser
import Bank
import Commands

/// Serves the endpoint and head office's pages.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the endpoint and head office's pages; prints one line with the address when ready.",
        discussion: "EXAMPLE: headoffice serve --port 8600 --data DIR")

    @OptionGroup var options: DataOptions
    @Option(help: "The port on loopback; 0 picks one.") var port = 8600

    func run() async throws {
        throw Failure(message: "not wired yet", exit: .failed)
    }
}
