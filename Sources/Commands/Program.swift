package import ArgumentParser
import Bank
import Glibc
import Logging
import Synchronization
import Transport
import Vault

/// A command-line program over one data directory: parses, finds who owns the directory, carries
/// the command out there, prints, and ends with the contract's exit codes.
package struct Program<Desk: Keeper>: Sendable {
    /// The environment variable that names the data directory.
    package let variable: String
    private let root: any ParsableCommand.Type

    package init(_ root: any ParsableCommand.Type, variable: String) {
        self.root = root
        self.variable = variable
    }

    /// The program's main.
    package func main() async -> Never {
        // A reader that went away ends a write with an error, not the process with a signal.
        signal(SIGPIPE, SIG_IGN)
        // Whatever a command makes is its owner's alone.
        umask(0o077)
        let caller = Caller.current()
        do {
            let command = try root.parseAsRoot(nil)
            if let command = command as? any DeskCommand {
                if let watch = command.watch(caller) {
                    exit(repeatedly(command, watch, caller))
                }
                // One command says in its answer how it went; who serves or watches keeps a log.
                LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
                exit(carryOut(command, caller))
            }
            var other = command
            if var asynchronous = other as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try other.run()
            }
            exit(ExitStatus.done.rawValue)
        } catch {
            exit(complain(error, caller))
        }
    }

    private func complain(_ error: any Error, _ caller: Caller) -> Int32 {
        if root.exitCode(for: error) == .success {
            writeOut(root.fullMessage(for: error))
            return ExitStatus.done.rawValue
        }
        if error is Refusal || error is StoreError || error is Failure || error is any Speaking {
            let failure = Failure(error, caller)
            writeError(failure.message)
            return failure.exit.rawValue
        }
        // The parser's own: wrong usage, with its words.
        writeError(root.fullMessage(for: error))
        return ExitStatus.usage.rawValue
    }

    private func carryOut(_ command: any DeskCommand, _ caller: Caller) -> Int32 {
        var caller = caller
        if command.readsInput {
            caller = Caller(
                user: caller.user, directory: caller.directory, language: caller.language,
                input: readInput(), progress: caller.progress)
        }
        guard let directory = command.options.directory(variable, caller) else {
            writeError(caller.say("program.no-directory", ["variable": variable]))
            return ExitStatus.usage.rawValue
        }
        let result = result(
            of: command, Array(CommandLine.arguments.dropFirst()), in: directory, caller)
        for line in result.diagnostics { writeError(line) }
        if !result.out.isEmpty { writeOut(result.out) }
        return result.exit.rawValue
    }

    /// Carries out what a watch asks for, again and again, until SIGINT or SIGTERM. The directory is
    /// owned only for the length of each command, so that all others come in between.
    private func repeatedly(
        _ command: any DeskCommand, _ watch: any Watch, _ caller: Caller
    ) -> Int32 {
        guard let directory = command.options.directory(variable, caller) else {
            writeError(caller.say("program.no-directory", ["variable": variable]))
            return ExitStatus.usage.rawValue
        }
        for number in [SIGINT, SIGTERM] { signal(number) { _ in stopRequested.store(true) } }
        var watch = watch
        var options = ["--data", directory]
        if let keyFile = command.options.keyFile {
            options += ["--key-file", caller.absolute(keyFile)]
        }
        while !stopRequested.load() {
            let arguments = watch.arguments + options
            let result: Errand.Result
            do {
                guard let next = try root.parseAsRoot(arguments) as? any DeskCommand else {
                    preconditionFailure("a watch repeats a desk's command")
                }
                result = self.result(of: next, arguments, in: directory, caller)
            } catch {
                result = Errand.Result(failure: Failure(error, caller))
            }
            guard let pause = watch.pause(after: result, caller) else {
                return result.exit.rawValue
            }
            sleep(milliseconds: pause)
        }
        return ExitStatus.done.rawValue
    }

    /// In short steps, so that a signal ends it soon.
    private func sleep(milliseconds: Int64) {
        var left = milliseconds
        while left > 0, !stopRequested.load() {
            usleep(UInt32(min(left, 100)) * 1000)
            left -= 100
        }
    }

    /// Owns the directory for the length of the command, or asks the process that does.
    private func result(
        of command: any DeskCommand, _ arguments: [String], in directory: String, _ caller: Caller
    ) -> Errand.Result {
        let socket = DataDirectory.socket(of: directory)
        // Another command may own the directory for a moment, and a server may be starting.
        for attempt in 0..<50 {
            do {
                let keeper = try Desk.open(
                    path: directory, credential: command.options.credential(for: directory, caller))
                return answer(of: command, keeper, caller)
            } catch StoreError.inUse {
                do {
                    return try Errand(arguments: arguments, caller: caller).run(at: socket)
                } catch LineError.noLine {
                    // Nobody listens at the socket: whoever owns the directory is no server yet.
                    if attempt < 49 { usleep(100_000) }
                } catch {
                    // It may have been carried out, so it is not tried again.
                    return Errand.Result(
                        failure: Failure(
                            message: caller.say("program.outcome-unknown"), exit: .failed))
                }
            } catch {
                return Errand.Result(failure: Failure(error, caller))
            }
        }
        return Errand.Result(failure: Failure(StoreError.inUse(directory), caller))
    }

    /// Carries out what another process asked for at the socket.
    package func result(of errand: Errand, keeper: Desk) -> Errand.Result {
        do {
            guard let command = try root.parseAsRoot(errand.arguments) as? any DeskCommand else {
                throw Failure(
                    message: errand.caller.say("program.not-while-serving"), exit: .failed)
            }
            return answer(of: command, keeper, errand.caller)
        } catch {
            return Errand.Result(failure: Failure(error, errand.caller))
        }
    }

    private func answer(
        of command: any DeskCommand, _ keeper: Desk, _ caller: Caller
    ) -> Errand.Result {
        func answer<Command: DeskCommand>(_ command: Command) throws -> Answer {
            guard let desk = keeper as? Command.Desk else {
                preconditionFailure("a program's commands are all of one desk")
            }
            return try command.answer(desk, caller)
        }
        do {
            let answer = try answer(command)
            return Errand.Result(
                out: command.options.json
                    ? answer.json.description : answer.lines.joined(separator: "\n"),
                diagnostics: answer.diagnostics, exit: answer.exit)
        } catch {
            return Errand.Result(failure: Failure(error, caller))
        }
    }

    private func readInput() -> String {
        var lines: [String] = []
        while let line = readLine() { lines.append(line) }
        return lines.joined(separator: "\n")
    }
}

extension Errand.Result {
    init(failure: Failure) {
        self.init(out: "", diagnostics: [failure.message], exit: failure.exit)
    }
}

/// Set by a signal; the one thing that a signal's handler touches.
private let stopRequested = StopFlag()

/// A class, since a signal's handler reaches it by its name.
private final class StopFlag: Sendable {
    private let isSet = Atomic(false)

    func store(_ value: Bool) { isSet.store(value, ordering: .relaxed) }
    func load() -> Bool { isSet.load(ordering: .relaxed) }
}
