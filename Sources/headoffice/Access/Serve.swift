import ArgumentParser
import Certificates
package import Commands
import HeadOffice
import HeadOfficeStore
package import Pages

/// Serves the endpoint and head office's pages.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Serve the endpoint and head office's pages over HTTPS; prints one line with the address when ready.",
        discussion: """
            EXAMPLE: headoffice serve --port 8600 --data DIR
            EXAMPLE: headoffice serve --listen 0.0.0.0 --host head-office.bank.example --data DIR

            The server's certificate is made at start by head office's own authority \
            (`headoffice authority` prints that one's), for this machine and each --host.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "The port; 0 picks one.") var port: UInt16 = 8600
    @Option(help: "The address to listen at; loopback unless given.")
    var listen = Serving.loopback
    @Option(help: "A further name or address under which it is reached; may be repeated.")
    var host: [String] = []

    func run() async throws {
        let names = ["127.0.0.1", "::1", "localhost"] + host
        try await Headoffice.program.serve(
            options, address: listen, port: port,
            secure: { store in
                try SecureServer(authority: store.authorityCertificate, now: store.now) {
                    guard let identity = store.serverIdentity(at: names) else {
                        let caller = Caller.current()
                        throw Failure(
                            message: caller.say(
                                "serve.invalid-host", ["names": host.joined(separator: " ")]),
                            exit: .usage)
                    }
                    return identity
                }
            }
        ) { store, _ in
            let library = try await PageLibrary()
            return BankSite(
                store: store, library: library, assets: try PageAssets(library: library),
                hosts: HostList(host.map { $0.contains(":") ? "[\($0)]" : $0 })
            )
            .router()
        }
    }
}

extension ResourcesError: Speaking {
    package var exit: ExitStatus { .failed }
}
