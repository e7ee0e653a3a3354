import ArgumentParser
import Bank
package import Commands
import Courier
import Logging
package import Pages
import Store
import Vault
import Web

/// Serves the node's pages and its local socket.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages and the local socket; prints the address when ready.",
        discussion: """
            EXAMPLE: branchnode serve --port 8601 --data DIR
            EXAMPLE: branchnode serve --close-at 21:30 --extracts feeds/330101 --data DIR

            With --close-at it closes every missed business date by itself each day at that time \
            of China's, and at its start where that was missed; with --extracts it takes in first \
            what lies in the folder. `close-day` and `import` remain for doing so by hand.
            """)

    @OptionGroup var options: DataOptions
    @Option(help: "The port on loopback; 0 picks one.") var port: UInt16 = 8601
    @Option(help: "The time of day, such as 21:30, at which it closes its days by itself.")
    var closeAt: String?
    @Option(help: "A folder of extracts that it takes in before it closes.")
    var extracts: String?

    func validate() throws {
        guard extracts == nil || closeAt != nil else {
            throw ValidationError(saying: "usage.extracts-without-close-at")
        }
        _ = try schedule()
    }

    private func schedule() throws -> CloseSchedule? {
        try closeAt.map(CloseSchedule.init(option:))
    }

    func run() async throws {
        let caller = Caller.current()
        let schedule = try schedule()
        let folder = extracts.map(caller.absolute)
        if let folder, ExtractFolder.delivered(in: folder) == nil {
            throw StoreError.notADirectory(folder)
        }
        try await Branchnode.program.serve(
            options, port: port,
            beside: { store, logger in
                await Upkeep(
                    store: store, schedule: schedule, extracts: folder, actor: caller.actor,
                    logger: logger
                ).run()
            }
        ) { store, logger in
            let library = try await PageLibrary()
            let enquiries = EnquiryDesk()
            return BranchSite(
                store: store, library: library, assets: try PageAssets(library: library),
                sync: {
                    _ = try await offLoop {
                        try Exchange(store, over: Branchnode.line, logger: logger).run()
                    }
                },
                enquire: { request in
                    do {
                        return try await enquiries.ask { try Enquiry(store).ask(request) }
                    } catch let error as CourierError {
                        logger.info("query unanswered", metadata: ["code": "\(error.code)"])
                        throw Unanswered(code: error.code)
                    }
                }
            ).router()
        }
    }
}

extension ResourcesError: Speaking {
    package var exit: ExitStatus { .failed }
}
