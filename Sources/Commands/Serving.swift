import Bank
import Glibc
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import Vault

extension Program {
    /// Owns the directory and serves it until SIGINT or SIGTERM: pages, and at the local socket the
    /// errands of the program's other commands. One line on standard output gives the address once
    /// both answer.
    ///
    /// - Parameters:
    ///   - address: where to listen; only with `secure` anything but loopback.
    ///   - secure: what makes it HTTPS; nil for plain HTTP on loopback.
    ///   - beside: what goes on while it serves, until it is cancelled.
    ///   - pages: makes the pages' router over the opened directory.
    package func serve<Pages: HTTPResponderBuilder>(
        _ options: DataOptions, address: String = Serving.loopback, port: UInt16,
        secure: ((Desk) throws -> SecureServer)? = nil,
        beside: @escaping @Sendable (Desk, Logger) async -> Void = { _, _ in },
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
        let files = allowManyOpenFiles()
        let log = StartLog()
        LoggingSystem.bootstrap { StreamLogHandler(label: $0, stream: log) }
        NIOSingletons.groupLoopCountSuggestion = Serving.eventLoops
        let logger = Logger(label: "serve")
        do {
            let keeper = try await open(directory, options.credential(for: directory, caller))
            precondition(
                secure != nil || address == Serving.loopback, "plain HTTP stays on this machine")
            let serving = Serving(
                directory: directory, address: address, port: port, secure: try secure?(keeper),
                files: files, caller: caller, logger: logger, log: log)
            let router = try await pages(keeper, logger)
            let work = Task { await beside(keeper, logger) }
            var failure: (any Error)?
            do {
                try await serving.run(router) { errand in
                    // A command may wait for a line, and a close takes its time.
                    await onOwnThread { result(of: errand, keeper: keeper) }
                }
            } catch {
                failure = error
            }
            work.cancel()
            await work.value
            if let failure { throw failure }
            // Stopped before it ran, perhaps for what it says there.
            log.letOut()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure(
                message: caller.say("program.port-taken", ["port": String(port)]), exit: .failed)
        } catch {
            // What is no sentence of the product's says too little by itself.
            if Failure(known: error, caller) == nil { log.letOut() }
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
package struct Serving {
    package static let loopback = "127.0.0.1"
    /// Nothing blocks a loop, and each one costs memory while it idles.
    fileprivate static let eventLoops = 2
    /// A browser's connection that asks nothing for so long is closed.
    private static let idleTimeout = TimeAmount.seconds(60)
    /// A node keeps its connection from one exchange to the next, a minute and some jitter.
    private static let idleTimeoutOfNodes = TimeAmount.seconds(180)

    fileprivate let directory: String
    fileprivate let address: String
    fileprivate let port: UInt16
    fileprivate let secure: SecureServer?
    /// How many this process may have open.
    fileprivate let files: Int
    fileprivate let caller: Caller
    fileprivate let logger: Logger
    fileprivate let log: StartLog

    fileprivate func run<Pages: HTTPResponderBuilder>(
        _ pages: Pages, _ handle: @escaping @Sendable (Errand) async -> Errand.Result
    ) async throws
    where Pages.Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        defer { DataDirectory.remove(DataDirectory.socket(of: directory)) }
        let (socketRuns, socketStarted) = AsyncStream.makeStream(of: Never.self)
        let socket = LocalSocket.application(
            for: directory, logger: logger, onRunning: { socketStarted.finish() }, handle)
        let limits = ConnectionLimits(
            idle: secure == nil ? Self.idleTimeout : Self.idleTimeoutOfNodes, files: files)
        let plain = Doorway(limits, knows: { [secure] in secure?.knows($0) ?? false }).server()
        let scheme = secure == nil ? "http" : "https"
        var application = Application(
            router: pages, server: try secure?.wrapping(plain) ?? plain,
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: Int(port))),
            services: [socket],
            onServerRunning: { [address, port, caller, log] channel in
                log.letOut()
                let port = channel.localAddress?.port ?? Int(port)
                let host = address.contains(":") ? "[\(address)]" : address
                writeOut(
                    caller.say("serve.ready", ["address": "\(scheme)://\(host):\(port)"]))
            },
            logger: logger)
        application.beforeServerStarts { for await _ in socketRuns {} }
        try await application.runService()
    }
}
