package import ArgumentParser
import Bank
import Glibc
import Transport
import Vault

/// What a program opens in its data directory: a node's store, or head office's.
package protocol Keeper: Sendable {
    static func open(path: String, credential: String) throws -> Self
}

/// Where the data is, and how to print; options of every command.
package struct DataOptions: ParsableArguments, Sendable {
    @Option(help: "The data directory (default: the program's environment variable).")
    package var data: String?

    @Option(help: "The key file outside the data directory (default: DIR.key).")
    package var keyFile: String?

    @Flag(help: "Print one JSON document.")
    package var json = false

    package init() {}

    /// Without a slash at its end; nil where neither the option nor the variable says.
    package func directory(_ variable: String, _ caller: Caller) -> String? {
        guard var path = data ?? environment(variable), !path.isEmpty else { return nil }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return caller.absolute(path)
    }

    /// The directory, or wrong usage.
    package func requiredDirectory(
        _ variable: String, _ caller: Caller
    ) throws(Failure) -> String {
        guard let directory = directory(variable, caller) else {
            throw Failure(
                message: caller.say("program.no-directory", ["variable": variable]), exit: .usage)
        }
        return directory
    }

    /// The key file: as given, systemd's credential of the unit, or beside the directory.
    package func credential(for directory: String, _ caller: Caller) -> String {
        if let keyFile { return caller.absolute(keyFile) }
        if let credentials = environment("CREDENTIALS_DIRECTORY"),
            DataDirectory.exists(credentials + "/branchnode.key")
        {
            return credentials + "/branchnode.key"
        }
        return directory + ".key"
    }
}

/// A command that reads or changes what a data directory holds. It is carried out by the process
/// that owns the directory: this one, or the one that serves it.
package protocol DeskCommand: ParsableCommand, Sendable {
    associatedtype Desk: Keeper
    var options: DataOptions { get }
    /// Whether the command takes something from standard input.
    var readsInput: Bool { get }
    func answer(_ keeper: Desk, _ caller: Caller) throws -> Answer
    /// What is carried out again and again in the command's place; nil for nearly every command.
    func watch(_ caller: Caller) -> (any Watch)?
}

/// A command that goes on until it is stopped: what it carries out, and how long it pauses.
package protocol Watch {
    /// Of the next command, without the data directory.
    var arguments: [String] { get }
    /// Milliseconds until the next command; nil ends the watch with the command's exit code.
    mutating func pause(after result: Errand.Result, _ caller: Caller) -> Int64?
}

extension DeskCommand {
    package var readsInput: Bool { false }

    package func watch(_ caller: Caller) -> (any Watch)? { nil }

    /// Never run by the parser: `Program.main` takes the command to its desk.
    package func run() throws {
        preconditionFailure("a desk's command is carried out by Program.main")
    }
}
