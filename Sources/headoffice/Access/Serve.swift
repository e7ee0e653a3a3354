import ArgumentParser
package import Commands
import HeadOffice
import HeadOfficeStore
package import Pages

/// Serves the endpoint and head office's pages.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Serve the endpoint and head office's pages; prints one line with the address when ready.",
        discussion: "EXAMPLE: headoffice serve --port 8600 --data DIR")

    @OptionGroup var options: DataOptions
    @Option(help: "The port on loopback; 0 picks one.") var port: UInt16 = 8600

    func run() async throws {
        try await Headoffice.program.serve(options, port: port) { store, _ in
            let library = try await PageLibrary()
            return BankSite(
                store: store, library: library, assets: try PageAssets(library: library)
            )
            .router()
        }
    }
}

extension ResourcesError: Speaking {
    package var exit: ExitStatus { .failed }
}
