import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Vault

/// A sealed backup of head office, while it works.
struct BackUp: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a sealed backup of all databases to a file, while head office works.",
        discussion: "EXAMPLE: headoffice backup /mnt/backup/head-office.bnbackup --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "The file; it must not be there yet.")
    var file: String

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        try store.backUp(
            to: caller.absolute(file), by: caller.actor,
            progress: caller.progressOfBackup("backup.progress")
        ).answer(caller, "backup.done")
    }
}

/// Puts a backup in the place of head office's data.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup in the place of head office's data; not while it is being served.",
        discussion: """
            EXAMPLE: headoffice restore /mnt/backup/head-office.bnbackup --data DIR

            The directory keeps its keys, and its databases before the restore under other names. \
            What was revoked since the backup is not any more: it lists whose nodes may come in.
            """)

    @OptionGroup var options: DataOptions
    @Argument(help: "The backup.") var file: String

    func run() throws {
        let caller = Caller.current()
        let directory = try options.requiredDirectory(Headoffice.program.variable, caller)
        let (backup, admitted) = try BankStore.restore(
            from: caller.absolute(file), path: directory,
            credential: options.credential(for: directory, caller), world: .live,
            actor: caller.actor, progress: caller.progressOfBackup("restore.progress"))
        var answer = backup.answer(caller, "restore.done")
        if var json = answer.json.object {
            json["admitted"] = .array(admitted.map { JSONValue($0) })
            answer.json = .object(json)
        }
        answer.lines.append(
            caller.say(
                "restore.admitted",
                [
                    "created": instant(backup.header.createdAt),
                    "outlets": admitted.map(\.rawValue).joined(separator: " "),
                ]))
        writeOut(options.json ? answer.json.description : answer.lines.joined(separator: "\n"))
    }
}

/// Whether head office's data is whole.
struct Verify: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Check that the data is whole: databases, audit, sealed fields, claims, settlements.",
        discussion: "EXAMPLE: headoffice verify --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        try store.verify(by: caller.actor) {
            caller.progress(caller.say("verify.progress", ["check": $0]))
        }.answer(caller)
    }
}

/// What an outlet's node holds when it is in step.
struct Export: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what an outlet's node holds when it is in step, sorted and byte-stable.",
        discussion: "EXAMPLE: headoffice export --canonical --outlet 330101 --data DIR | sha256sum")

    @OptionGroup var options: DataOptions
    @Flag(help: "In the form that the node's own export equals when in step.")
    var canonical = false
    @Option(help: "The outlet's code.") var outlet: UnitCode

    func validate() throws {
        guard canonical else { throw ValidationError(saying: "usage.canonical") }
    }

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        var lines: [String] = []
        try store.exportCanonical(of: outlet, by: caller.actor) { lines.append($0) }
        return try Answer(canonical: lines)
    }
}
