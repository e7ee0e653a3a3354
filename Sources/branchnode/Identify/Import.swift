import ArgumentParser
import Bank
import Commands
import Feed
import Store

/// Takes in core-banking extracts.
struct Import: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take in core-banking extracts, one or many, or a folder of them in date order.",
        discussion: "EXAMPLE: branchnode import feeds/330101 --data DIR")

    @OptionGroup var options: DataOptions
    @Argument(help: "Directories of extracts, or folders of such directories.")
    var directories: [String]

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let found = try directories.flatMap { directory in
            let path = caller.absolute(directory)
            guard let extracts = ExtractFolder.extracts(in: path) else {
                throw Failure(
                    message: caller.say("import.not-a-directory", ["path": path]), exit: .failed)
            }
            return extracts
        }
        let outcomes = try store.take(found, by: caller.actor) { done, all in
            caller.progress(
                caller.say("import.progress", ["done": String(done), "all": String(all)]))
        }
        return Answer(
            json: [
                "closed_again": .array(outcomes.flatMap(\.closedAgain).map { JSONValue($0) }),
                "extracts": .array(outcomes.map { $0.json(caller) }),
            ],
            lines: outcomes.isEmpty
                ? [caller.say("import.nothing")]
                : outcomes.filter { $0.result != .refused }.map { $0.line(caller) },
            exit: outcomes.last.map(\.exit) ?? .done,
            diagnostics: outcomes.filter { $0.result == .refused }.flatMap { $0.faultLines(caller) }
        )
    }
}

extension ImportedExtract {
    fileprivate var exit: ExitStatus {
        result != .refused ? .done : faults.isDamage ? .damaged : .refused
    }

    fileprivate func json(_ caller: Caller) -> JSONValue {
        [
            "date": JSONValue(date), "directory": .string(directory),
            "fault_count": JSONValue(faults.count),
            "faults": .array(
                faults.list.map { fault in
                    [
                        "code": .string(fault.kind.rawValue), "file": .string(fault.file),
                        "line": JSONValue(fault.line.map(Int64.init)),
                        "message": .string(fault.sentence(caller)),
                    ]
                }),
            "result": .string(result.rawValue),
            "rows": .object(rows.mapValues { JSONValue($0) }),
            "sequence": JSONValue(sequence.map(Int64.init)),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "import.\(result.rawValue)",
            ["date": date?.description ?? "", "sequence": sequence.map(String.init) ?? ""])
    }

    fileprivate func faultLines(_ caller: Caller) -> [String] {
        let heading = caller.say(
            "import.refused", ["directory": directory, "count": String(faults.count)])
        let rest = faults.count - faults.list.count
        return [heading] + faults.list.map { "  " + $0.sentence(caller) }
            + (rest > 0 ? ["  " + caller.say("fault.more", ["count": String(rest)])] : [])
    }
}

extension ExtractFault {
    fileprivate func sentence(_ caller: Caller) -> String {
        let place =
            line.map { caller.say("fault.at-line", ["file": file, "line": String($0)]) }
            ?? caller.say("fault.in-file", ["file": file])
        return place + caller.say(key, facts)
    }
}
