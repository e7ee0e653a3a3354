import ArgumentParser
import Bank
import Certificates
package import Commands
import HeadOffice
import HeadOfficeStore
package import Pages
import Vault

/// Serves the endpoint and head office's pages.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Serve the endpoint and head office's pages over HTTPS; prints one line with the address when ready.",
        discussion: """
            EXAMPLE: headoffice serve --port 8600 --data DIR
            EXAMPLE: headoffice serve --close-every 15 --data DIR
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
    @Option(
        help: "Close what outlets have delivered every so many minutes, as close-day does.")
    var closeEvery: Int?
    @Option(
        help:
            "With --close-every: how many minutes a date waits for outlets that had delivered the one before."
    )
    var closeWait = 60

    func validate() throws {
        guard closeEvery.map((1...1440).contains) ?? true else {
            throw ValidationError(saying: "usage.close-every")
        }
        guard (0...1440).contains(closeWait) else {
            throw ValidationError(saying: "usage.close-wait")
        }
    }

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
            if let closeEvery { Self.keepClosing(store, every: closeEvery, waiting: closeWait) }
            let library = try await PageLibrary()
            return BankSite(
                store: store, library: library, assets: try PageAssets(library: library),
                hosts: HostList(host.map { $0.contains(":") ? "[\($0)]" : $0 })
            )
            .router()
        }
    }

    /// Closes what has come, again and again for as long as the process lives. What its end cuts off
    /// goes on at the next close.
    private static func keepClosing(_ store: BankStore, every minutes: Int, waiting wait: Int) {
        let caller = Caller.current()
        Task {
            // Since when each first-tier branch waits for outlets.
            var waiting: [UnitCode: ContinuousClock.Instant] = [:]
            while !Task.isCancelled {
                do {
                    waiting = try await offLoop { [waiting] in
                        let now = ContinuousClock.now
                        let awaited = try store.firstTiersAwaited()
                        var left: [UnitCode: ContinuousClock.Instant] = [:]
                        for code in try store.firstTiersToClose() {
                            let since = waiting[code] ?? now
                            if awaited.contains(code), now - since < .seconds(60 * wait) {
                                left[code] = since
                                continue
                            }
                            _ = try store.closeDays(firstTier: code, by: "os:\(caller.user)")
                        }
                        return left
                    }
                } catch {
                    writeError(
                        caller.say(
                            "tier-close.failed", ["fault": Failure(error, caller).message]))
                }
                try? await Task.sleep(for: .seconds(60 * minutes))
            }
        }
    }
}

extension ResourcesError: Speaking {
    package var exit: ExitStatus { .failed }
}
