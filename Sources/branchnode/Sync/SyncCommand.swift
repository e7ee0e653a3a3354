import ArgumentParser
import Bank
import Commands
import Courier
import Logging
import Store
import Sync
import Vault

/// One exchange with head office, or one after the other.
struct SyncCommand: NodeCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Exchange with head office once, or keep exchanging.",
        discussion: """
            EXAMPLE: branchnode sync --data DIR
            EXAMPLE: branchnode sync --watch --interval 60 --data DIR

            With --watch it exchanges at once after a claim, else at the interval with jitter, \
            and backs off while there is no line. It ends on SIGINT or SIGTERM.
            """)

    @OptionGroup var options: DataOptions
    @Flag(help: "Keep exchanging until stopped.") var watch = false
    @Option(help: "Seconds between two exchanges with --watch.") var interval = 60
    @Flag(help: "Compare both sides' records now, not only once a day.") var compare = false
    @Flag(help: .hidden) var attempt = false
    @Flag(help: .hidden) var urgent = false

    func validate() throws {
        guard (1...86_400).contains(interval) else {
            throw ValidationError(saying: "usage.interval")
        }
    }

    func watch(_ caller: Caller) -> (any Watch)? {
        watch ? SyncWatch(interval: interval) : nil
    }

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        if attempt { return try attempted(store, caller) }
        let exchanged = try exchange(store).run(comparing: compare)
        // What an earlier exchange left is still to be looked into.
        let quarantined = try store.quarantine()
        let shown = quarantined.prefix(Self.mostShown).map { "  " + $0.line(caller) }
        return Answer(
            json: try exchanged.json(store, quarantined: quarantined.count),
            lines: [exchanged.line(caller, quarantined: quarantined.count)] + shown,
            exit: quarantined.isEmpty && exchanged.setApart == 0 ? .done : .quarantined)
    }

    /// Of what is quarantined; the list has all of it.
    private static let mostShown = 3

    private func exchange(_ store: BranchStore) -> Exchange {
        Exchange(store, over: Branchnode.line, logger: Logger(label: "sync"))
    }

    /// For a watch: how it ended is the answer, not a failure of the command.
    private func attempted(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        guard try !urgent || store.hasUrgent() else {
            return Answer(json: ["outcome": "idle"], lines: [])
        }
        do {
            let exchanged = try exchange(store).run()
            let quarantined = try store.lineState().quarantined
            return Answer(
                json: [
                    "line": .string(exchanged.line(caller, quarantined: quarantined)),
                    "outcome": "well",
                    "moved": .bool(
                        exchanged.batchesSent + exchanged.claimsReceived
                            + exchanged.settlementsReceived > 0),
                ], lines: [])
        } catch let error as CourierError {
            var json: [String: JSONValue] = [
                "line": .string(caller.say(error.key, error.facts)),
                "outcome": error.remedy == .stop ? "lasting" : "passing",
            ]
            if case .busy(let milliseconds) = error {
                json["outcome"] = "busy"
                json["retryAfter"] = .int(milliseconds)
            }
            return Answer(json: .object(json), lines: [])
        }
    }
}

extension Exchanged {
    fileprivate func json(_ store: BranchStore, quarantined: Int) throws -> JSONValue {
        [
            "as_of": JSONValue(try store.lineState().contactedAt.map(instant)),
            "batches_sent": JSONValue(batchesSent),
            "claims_received": JSONValue(claimsReceived),
            "quarantined": JSONValue(quarantined), "set_apart": JSONValue(setApart),
            "digest_equal": isEqual.map(JSONValue.bool) ?? .null,
            "mended": JSONValue(rowsMended), "records_recovered": JSONValue(recordsRecovered),
            "settlements_received": JSONValue(settlementsReceived),
            "verdict": .string(verdict.rawValue),
        ]
    }

    fileprivate func line(_ caller: Caller, quarantined: Int) -> String {
        let done = caller.say(
            "sync.done",
            [
                "batches": String(batchesSent), "claims": String(claimsReceived),
                "settlements": String(settlementsReceived),
            ])
        var notes: [String] = []
        if verdict != .inStep {
            notes.append(
                caller.say(
                    "verdict.\(verdict.rawValue)", ["records": String(recordsRecovered)]))
        }
        switch isEqual {
        case true?: notes.append(caller.say("sync.compared-equal"))
        case false?: notes.append(caller.say("sync.mended", ["count": String(rowsMended)]))
        case nil: break
        }
        if isComparisonPutOff { notes.append(caller.say("sync.put-off")) }
        if quarantined > 0 {
            notes.append(caller.say("sync.quarantined", ["count": String(quarantined)]))
        }
        return ([done] + notes).joined(separator: " ")
    }
}

/// Keeps a node in step: exchanges at the interval, and within a second after a claim.
private struct SyncWatch: Watch {
    /// How often it looks for something urgent.
    private static let look: Int64 = 1000

    private var pacing: Pacing
    /// Milliseconds until the next ordinary exchange.
    private var left: Int64 = 0
    private var isUrgent = false
    private var shown = ""

    init(interval: Int) {
        var settings = Pacing.Settings()
        settings.interval = Int64(interval) * 1000
        pacing = Pacing(settings)
    }

    var arguments: [String] {
        ["sync", "--attempt", "--json"] + (isUrgent ? ["--urgent"] : [])
    }

    mutating func pause(after result: Errand.Result, _ caller: Caller) -> Int64? {
        guard result.exit == .done, let json = try? JSONValue(reading: Array(result.out.utf8)),
            let outcome = json["outcome"]?.string
        else {
            // The node itself could not do it: without a head office, or with a damaged database.
            for line in result.diagnostics { writeError(line) }
            return result.exit == .failed
                ? wait(pacing.pause(after: .failed(.passing), chance: chance)) : nil
        }
        switch outcome {
        case "idle": break
        case "well":
            say(json, caller, always: json["moved"]?.bool == true)
            left = pacing.pause(after: .well, chance: chance)
        case "busy":
            left = pacing.pause(
                after: .failed(.busy(json["retryAfter"]?.int ?? 0)), chance: chance)
        default:
            say(json, caller, always: false)
            left = pacing.pause(
                after: .failed(outcome == "lasting" ? .lasting : .passing), chance: chance)
            // While the line is down a claim waits like everything else.
            return wait(left)
        }
        let step = min(left, Self.look)
        left -= step
        isUrgent = left > 0
        return max(step, 1)
    }

    private mutating func wait(_ pause: Int64) -> Int64 {
        left = 0
        isUrgent = false
        return pause
    }

    /// What changed, not every minute the same.
    private mutating func say(_ json: JSONValue, _ caller: Caller, always: Bool) {
        let line = json["line"]?.string ?? ""
        if always || line != shown { writeOut(line) }
        shown = line
    }

    private var chance: Double {
        World.live.randomBytes(2).reduce(0) { ($0 + Double($1)) / 256 }
    }
}
