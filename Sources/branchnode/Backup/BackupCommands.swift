import ArgumentParser
import Bank
import Commands
import Store
import Vault

/// A sealed backup of the node, while it works.
struct BackUp: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a sealed backup of the node to a file, while it works.",
        discussion: "EXAMPLE: branchnode backup /mnt/backup/330101.bnbackup --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The file; it must not be there yet.")
    var file: String

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.backUp(
            to: caller.absolute(file), by: caller.actor,
            progress: caller.progressOfBackup("backup.progress")
        ).answer(caller, "backup.done")
    }
}

/// Puts a backup in the place of the node's data.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup in the place of the node's data; not while it is being served.",
        discussion: """
            EXAMPLE: branchnode restore /mnt/backup/330101.bnbackup --data DIR

            The directory keeps its keys, and its database before the restore under another name. \
            The next exchange tells head office, which gives back what the backup lacks.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The backup.") var file: String

    func run() throws {
        let caller = Caller.current()
        let directory = try options.requiredDirectory(Branchnode.program.variable, caller)
        let answer = try BranchStore.restore(
            from: caller.absolute(file), path: directory,
            credential: options.credential(for: directory, caller), world: .live,
            actor: caller.actor, progress: caller.progressOfBackup("restore.progress")
        ).answer(caller, "restore.done")
        writeOut(options.json ? answer.json.description : answer.lines.joined(separator: "\n"))
    }
}

/// Whether the node's data is whole.
struct Verify: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Check that the data is whole: database, audit, sealed fields, claims, settlements.",
        discussion: "EXAMPLE: branchnode verify --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        try store.verify(by: caller.actor) {
            caller.progress(caller.say("verify.progress", ["check": $0]))
        }.answer(caller)
    }
}

/// Everything the node holds in its scope, to compare with head office.
struct Export: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print everything the node holds in its scope, sorted and byte-stable.",
        discussion: "EXAMPLE: branchnode export --canonical --data DIR | sha256sum")

    @OptionGroup var options: DataOptions
    @Flag(help: "In the form that head office's export of this outlet equals when in step.")
    var canonical = false

    func validate() throws {
        guard canonical else { throw ValidationError(saying: "usage.canonical") }
    }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        var lines: [String] = []
        try store.exportCanonical(by: caller.actor) { lines.append($0) }
        return try Answer(canonical: lines)
    }
}
