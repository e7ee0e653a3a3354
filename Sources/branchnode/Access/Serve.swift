import ArgumentParser
import Bank
package import Commands
import Courier
package import Pages
import Store
import Vault
import Web

/// Serves the node's pages and its local socket.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages and the local socket; prints the address when ready.",
        discussion: "EXAMPLE: branchnode serve --port 8601 --data DIR")

    @OptionGroup var options: DataOptions
    @Option(help: "The port on loopback; 0 picks one.") var port: UInt16 = 8601

    func run() async throws {
        try await Branchnode.program.serve(options, port: port) { store, logger in
            let library = try await PageLibrary()
            return BranchSite(
                store: store, library: library, assets: try PageAssets(library: library),
                sync: {
                    _ = try await offLoop {
                        try Exchange(store, over: Branchnode.line, logger: logger).run()
                    }
                }
            ).router()
        }
    }
}

extension ResourcesError: Speaking {
    package var exit: ExitStatus { .failed }
}
