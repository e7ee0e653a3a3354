import ArgumentParser
import Bank
import Certificates
import Commands
import Store
import Sync

/// How things stand at the node.
struct Status: NodeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the line's state, what waits to be sent, and whether the data is whole.",
        discussion: "EXAMPLE: branchnode status --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BranchStore, _ caller: Caller) throws -> Answer {
        let state = try store.lineState()
        let timed = try store.lastTimedClose()
        try store.checkIntegrity()
        let condition = caller.say(
            "status.\(state.condition.rawValue)",
            ["failure": state.failure.map { caller.say("line.\($0)") } ?? ""])
        return Answer(
            json: [
                "business_date": JSONValue(state.lastClosed),
                "certificate_through": JSONValue(
                    try store.identity().map { instant($0.certificate.validThrough) }),
                "clock_skew_ms": JSONValue(state.skewMilliseconds),
                "digest_at": JSONValue(state.digestAt.map(instant)),
                "digest_equal": state.digestIsEqual.map(JSONValue.bool) ?? .null,
                "disk": store.isDiskFull ? "full" : "ok",
                "extracts_through": JSONValue(state.lastExtract),
                "failure": JSONValue(state.failure),
                "first_tier": JSONValue(store.node.firstTier), "integrity": "ok",
                "last_attempt": JSONValue(state.attemptedAt.map(instant)),
                "last_contact": JSONValue(state.contactedAt.map(instant)),
                "line": .string(state.condition.rawValue),
                "oldest_unsent": JSONValue(state.oldestUnsentAt.map(instant)),
                "outlet": JSONValue(store.node.outlet), "pending": JSONValue(state.pending),
                "quarantined": JSONValue(state.quarantined),
                "schema": .string(store.schemaVersion),
                "timed_close": timed.map { timed in
                    [
                        "at": .string(instant(timed.at)),
                        "failure": JSONValue(timed.failure.map { caller.say($0.key, $0.facts) }),
                    ]
                } ?? .null,
                "unverified_decisions": JSONValue(state.unverified),
                "verdict": JSONValue(state.verdict?.rawValue),
                "watermark": .int(state.watermark),
            ],
            lines: [
                caller.say(
                    "status.line",
                    [
                        "outlet": store.node.outlet.rawValue,
                        "firstTier": store.node.firstTier.rawValue, "condition": condition,
                        "pending": String(state.pending),
                        "contact": state.contactedAt.map(instant) ?? "–",
                        "closed": state.lastClosed?.description ?? "–", "integrity": "ok",
                    ])
            ] + details(state, store, caller) + (timed.map { [$0.line(caller)] } ?? []),
            exit: state.quarantined > 0 ? .quarantined : .done)
    }

    /// What else the document has, a line each.
    private func details(
        _ state: LineState, _ store: BranchStore, _ caller: Caller
    ) -> [String] {
        var lines: [String] = []
        if let skew = state.skewMilliseconds {
            lines.append(caller.say("status.skew", ["seconds": String(skew / 1000)]))
        }
        if let verdict = state.verdict {
            lines.append(
                caller.say(
                    "status.verdict",
                    ["verdict": caller.say("was.\(verdict.rawValue)")]))
        }
        if let at = state.digestAt {
            let finding = caller.say(state.digestIsEqual == false ? "sync.differed" : "sync.equal")
            lines.append(
                caller.say("status.digest", ["finding": finding, "instant": instant(at)]))
        }
        lines.append(
            caller.say(
                "status.schema",
                ["schema": store.schemaVersion, "watermark": String(state.watermark)]))
        if store.isDiskFull { lines.append(caller.say("status.disk-full")) }
        if state.quarantined > 0 {
            lines.append(
                caller.say("sync.quarantined", ["count": String(state.quarantined)]))
        }
        if state.unverified > 0 {
            lines.append(caller.say("status.unverified", ["count": String(state.unverified)]))
        }
        return lines
    }
}

extension TimedClose {
    fileprivate func line(_ caller: Caller) -> String {
        caller.say(
            "status.timed-close",
            [
                "instant": instant(at),
                "finding": failure.map { caller.say($0.key, $0.facts) }
                    ?? caller.say("timer.well"),
            ])
    }
}
