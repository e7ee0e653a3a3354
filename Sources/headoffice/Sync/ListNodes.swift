import ArgumentParser
import Bank
import Commands
import HeadOfficeStore
import Sync

/// Every outlet's node.
struct ListNodes: HeadOfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "nodes",
        abstract: "Show each outlet's node: last contact, lag, pending, skew, epoch, digest.",
        discussion: "EXAMPLE: headoffice nodes --json --data DIR")

    @OptionGroup var options: DataOptions

    func answer(_ store: BankStore, _ caller: Caller) throws -> Answer {
        let nodes = try store.nodes(by: caller.actor)
        return Answer(
            json: [
                "as_of": .string(instant(store.now())), "nodes": .array(nodes.map(\.json)),
            ],
            lines: nodes.flatMap { [$0.line(caller)] + $0.alarms(caller) })
    }
}

extension NodeView {
    fileprivate var json: JSONValue {
        [
            "active": .bool(outlet.active), "batch": JSONValue(batch),
            "business_date": JSONValue(businessDate),
            "digest": JSONValue(digest), "enrolled": JSONValue(enrolledAt.map(instant)),
            "epoch": JSONValue(epoch), "first_tier": JSONValue(firstTier),
            "handed_over": JSONValue(handedOver),
            "lag_ms": JSONValue(lag), "last_contact": JSONValue(contactedAt.map(instant)),
            "name": .string(outlet.name), "outlet": JSONValue(outlet.code),
            "pending": JSONValue(pending), "revoked": JSONValue(revokedAt.map(instant)),
            "set_apart": JSONValue(setApart), "skew_ms": JSONValue(skewMilliseconds),
            "verdict": JSONValue(verdict?.rawValue),
        ]
    }

    fileprivate func line(_ caller: Caller) -> String {
        let contact =
            !outlet.active
            ? caller.say("nodes.closed")
            : epoch == nil
                ? caller.say("nodes.not-enrolled")
                : revokedAt.map { caller.say("nodes.revoked", ["instant": instant($0)]) }
                    ?? contactedAt.map { caller.say("nodes.heard", ["instant": instant($0)]) }
                    ?? caller.say("nodes.never-heard")
        return caller.say(
            "nodes.line",
            [
                "outlet": outlet.code.rawValue, "name": outlet.name, "contact": contact,
                "pending": pending.map(String.init) ?? "–",
                "closed": businessDate?.description ?? "–",
                "batch": batch.map(String.init) ?? "–",
            ])
    }
    /// What an operator has to look into, a line each.
    fileprivate func alarms(_ caller: Caller) -> [String] {
        var alarms: [String] = []
        if let verdict, verdict != .inStep {
            alarms.append(caller.say("was.\(verdict.rawValue)"))
        }
        if setApart > 0 {
            alarms.append(
                caller.say(
                    "nodes.set-apart",
                    ["count": String(setApart), "outlet": outlet.code.rawValue]))
        }
        if handedOver > 0 {
            alarms.append(
                caller.say(
                    "nodes.handed-over",
                    ["count": String(handedOver), "outlet": outlet.code.rawValue]))
        }
        if let skew = skewMilliseconds, skew.magnitude > Self.noticedSkew {
            alarms.append(caller.say("nodes.clock", ["seconds": String(skew / 1000)]))
        }
        return alarms.map { "    " + $0 }
    }

    /// Five minutes: what a clock may be off before head office caps its stamps.
    private static let noticedSkew: UInt64 = 5 * 60_000
}
