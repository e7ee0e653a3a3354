import Bank
import GRDB
import Sync
import Vault

/// An epoch that head office has begun for a node, and for whom.
struct EpochBeginning {
    let epoch: Int64
    /// Where the node stood.
    let shown: [Lane: Checkpoint]
    /// Where head office stood.
    let kept: [Lane: Checkpoint]
    let verdict: Verdict
    let highest: Int64

    /// Whether a hello is of the node that it was begun for and that never got the answer; or of one
    /// that stands where head office stood: then what began it was an old message, come late.
    func isFor(_ hello: Hello) -> Bool {
        if hello.lanes.mapValues(\.checkpoint) == shown { return true }
        return hello.lanes.allSatisfy { lane, position in
            guard let kept = kept[lane] else { return false }
            return LaneComparison(
                shown: position.checkpoint, isGenuine: true, waiting: position.waiting, kept: kept
            ).finding <= .acknowledgementLost
        }
    }
}

extension Database {
    /// The epoch that was begun for a node and in which nothing has come yet.
    func unusedEpoch(of node: EnrolledNode) throws -> EpochBeginning? {
        let row = try Row.fetchOne(
            self,
            prepared: """
                SELECT epoch, shown, kept, verdict, highest FROM epochBeginning
                WHERE outlet = ? AND nodeName = ?
                """,
            arguments: [node.outlet, node.name])
        guard let row else { return nil }
        guard let shown = checkpoints(try row.value("shown")),
            let kept = checkpoints(try row.value("kept")),
            let verdict = Verdict(rawValue: try row.value("verdict"))
        else { throw StoreError.damaged("epochBeginning") }
        let epoch = try row.value("epoch") as Int64
        for lane in Lane.allCases {
            let current = try checkpoint(of: node, on: lane)
            guard current.epoch == epoch, current.batch == 0 else { return nil }
        }
        return EpochBeginning(
            epoch: epoch, shown: shown, kept: kept, verdict: verdict,
            highest: try row.value("highest"))
    }

    func save(_ beginning: EpochBeginning, of node: EnrolledNode) throws {
        try execute(
            prepared: """
                INSERT OR REPLACE INTO epochBeginning (
                    outlet, nodeName, epoch, shown, kept, verdict, highest)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                node.outlet, node.name, beginning.epoch, text(beginning.shown),
                text(beginning.kept), beginning.verdict.rawValue, beginning.highest,
            ])
    }

    /// The node has shown that it got the answer.
    func forgetEpochBeginning(of outlet: UnitCode) throws {
        try execute(prepared: "DELETE FROM epochBeginning WHERE outlet = ?", arguments: [outlet])
    }

    private func text(_ checkpoints: [Lane: Checkpoint]) -> String {
        JSONValue.object(
            Dictionary(uniqueKeysWithValues: checkpoints.map { ($0.key.rawValue, $0.value.json) })
        ).description
    }

    private func checkpoints(_ text: String) -> [Lane: Checkpoint]? {
        guard let json = try? JSONValue(reading: Array(text.utf8)) else { return nil }
        var checkpoints: [Lane: Checkpoint] = [:]
        for lane in Lane.allCases {
            guard let checkpoint = json[lane.rawValue].flatMap(Checkpoint.init(json:)) else {
                return nil
            }
            checkpoints[lane] = checkpoint
        }
        return checkpoints
    }
}
