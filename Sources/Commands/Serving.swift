import Bank
import Glibc
package import Hummingbird
package import Logging
import NIOCore
import Vault

extension Program {
    /// Owns the directory and serves it until SIGINT or SIGTERM: pages on loopback, and at the
    /// local socket the errands of the program's other commands. One line on standard output gives
    /// the address once both answer.
    ///
    /// - Parameter pages: makes the pages' router over the opened directory.
    package func serve<Pages: HTTPResponderBuilder>(
        _ options: DataOptions, port: UInt16,
        _ pages: (Desk, Logger) async throws -> Pages
    ) async throws(Failure)
    where Pages.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let caller = Caller.current()
        guard let directory = options.directory(variable, caller) else {
            throw Failure(
                message: caller.say("program.no-directory", ["variable": variable]), exit: .usage)
        }
        // Whatever the server makes, its socket above all, is its owner's alone.
        umask(0o077)
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        NIOSingletons.groupLoopCountSuggestion = Serving.eventLoops
        let logger = Logger(label: "serve")
        do {
            let keeper = try await open(directory, options.credential(for: directory, caller))
            let serving = Serving(directory: directory, port: port, caller: caller, logger: logger)
            try await serving.run(try await pages(keeper, logger)) { errand in
                await offLoop { result(of: errand, keeper: keeper) }
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure(
                message: caller.say("program.port-taken", ["port": String(port)]), exit: .failed)
        } catch {
            throw Failure(error, caller)
        }
    }

    /// Waits a moment for a command that owns the directory just now.
    private func open(_ directory: String, _ credential: String) async throws -> Desk {
        for _ in 0..<20 {
            do {
                return try Desk.open(path: directory, credential: credential)
            } catch StoreError.inUse {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        return try Desk.open(path: directory, credential: credential)
    }
}

/// The two servers of one process.
private struct Serving {
    /// Nothing blocks a loop, and each one costs memory while it idles.
    static let eventLoops = 2
    /// A browser's connection that asks nothing for so long is closed.
    static let idleTimeout = TimeAmount.seconds(60)

    let directory: String
    let port: UInt16
    let caller: Caller
    let logger: Logger

    func run<Pages: HTTPResponderBuilder>(
        _ pages: Pages, _ handle: @escaping @Sendable (Errand) async -> Errand.Result
    ) async throws
    where Pages.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        defer { DataDirectory.remove(DataDirectory.socket(of: directory)) }
        let (socketRuns, socketStarted) = AsyncStream.makeStream(of: Never.self)
        let socket = LocalSocket.application(
            for: directory, logger: logger, onRunning: { socketStarted.finish() }, handle)
        var application = Application(
            router: pages,
            server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: Int(port))),
            services: [socket],
            onServerRunning: { [port, caller] channel in
                let port = channel.localAddress?.port ?? Int(port)
                writeOut(caller.say("serve.ready", ["address": "http://127.0.0.1:\(port)"]))
            },
            logger: logger)
        application.beforeServerStarts { for await _ in socketRuns {} }
        try await application.runService()
    }
}
