import ArgumentParser
import Bank
import Commands

/// Serves the node's pages and its local socket.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages and the local API; prints one line with the address when ready.",
        discussion: "EXAMPLE: branchnode serve --port 8601 --data DIR")

    @OptionGroup var options: DataOptions
    @Option(help: "The port on loopback; 0 picks one.") var port = 8601

    func run() async throws {
        throw Failure(message: "not wired yet", exit: .failed)
    }
}
