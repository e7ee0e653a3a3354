package import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// Compares where a node says it stands with what is kept of it, and begins a new epoch where
    /// one of the two was restored.
    package func greet(_ hello: Hello, from node: EnrolledNode) throws -> HelloReply {
        guard hello.nodeName == node.name else { throw ExchangeError.replaced }
        let tier = try firstTier(node.firstTier)
        let version = try organisationVersion()
        try openMarkedRecovery(tier)
        // Most hellos change nothing, and a look does not wait for the writer.
        let look = try translating {
            try tier.database.readState { db in
                GreetingLook(
                    reply: try answer(db, hello, node, version),
                    readmission: try db.openReadmission(of: node.outlet),
                    isRecovered: try db.isRecovered(hello),
                    snapshot: try db.keptSnapshot(of: node.outlet)?.head,
                    delivered: try db.deliveredRows(of: node.outlet))
            }
        }
        var reply = look.reply
        switch reply.verdict {
        case .inStep:
            try settleReadmission(look.readmission, tier, node)
            if look.isRecovered { try noteRecovered(tier, node) }
            if let snapshot = look.snapshot { try forgetSnapshot(snapshot, hello, tier, node) }
            try noteDiscarded(hello.discarded, tier, node)
            reply.discarded = hello.discarded
        case .restored, .officeRestored:
            reply = try translating {
                try tier.write(world) { db in
                    let begun = try beginEpoch(db, hello, node)
                    return try answer(
                        db, hello, node, version, saying: begun.verdict, highest: begun.highest)
                }
            }
        case .suspectedCopy, .corrupted:
            try translating {
                try tier.write(world) { try $0.note(reply.verdict, of: node, at: world.now()) }
            }
        }
        try remember(
            node, skewMilliseconds: hello.now.subtracting(reply.now), pending: hello.pending,
            delivered: look.delivered)
        return reply
    }

    private func answer(
        _ db: Database, _ hello: Hello, _ node: EnrolledNode, _ organisationVersion: Int64,
        saying verdict: Verdict? = nil, highest: Int64 = 0
    ) throws -> HelloReply {
        var lanes: [Lane: Acknowledgement] = [:]
        for lane in Lane.allCases { lanes[lane] = try acknowledgement(db, of: node, on: lane) }
        let newest = try Int64.fetchOne(db, prepared: "SELECT value FROM changeCounter") ?? 0
        let verdict = try verdict ?? self.verdict(db, hello, node)
        var setApart: [PushReply.SetApart] = []
        for (lane, position) in hello.lanes where verdict == .inStep {
            guard let kept = lanes[lane]?.checkpoint.sequence else { continue }
            setApart += try db.setApart(
                of: node.outlet, after: position.checkpoint.sequence, through: kept)
        }
        return HelloReply(
            verdict: verdict, lanes: lanes, now: world.now(),
            newest: newest, organisationVersion: organisationVersion,
            lastRecord: try db.lastRecord(for: node),
            highest: highest, recovery: try db.lastRecovery(), setApart: setApart,
            wantsSnapshot: try wantsSnapshot(db, hello, node, newest: newest))
    }

    private func verdict(
        _ db: Database, _ hello: Hello, _ node: EnrolledNode
    ) throws -> Verdict {
        let begun = try db.unusedEpoch(of: node)
        if let begun, begun.isFor(hello) { return begun.verdict }
        var comparisons: [LaneComparison] = []
        for (lane, position) in hello.lanes {
            let kept = try db.keptLane(lane, of: node.outlet)
            let shown = position.checkpoint
            // A blank node in the place of one that had sent. But one that head office once spoke
            // to came after it: what it sent then is lost here.
            if let kept, kept.nodeName != node.name {
                return position.receipt == receipt(shown, of: node, on: lane)
                    ? .officeRestored : .restored
            }
            let isBeginning =
                shown.batch == 0 && shown.sequence == 0 && shown.epoch == node.epoch
            // For a node that is not in it, an unused epoch changes nothing.
            let before = shown.epoch == begun?.epoch ? nil : begun?.kept[lane]
            comparisons.append(
                LaneComparison(
                    shown: shown,
                    isGenuine: isBeginning
                        || position.receipt == receipt(shown, of: node, on: lane),
                    waiting: position.waiting,
                    kept: try before ?? db.checkpoint(of: node, on: lane)))
        }
        let newest = try Int64.fetchOne(db, prepared: "SELECT value FROM changeCounter") ?? 0
        // It has what head office has never said since it was restored.
        if hello.after > newest, !comparisons.contains(where: { $0.finding == .notGenuine }) {
            return .officeRestored
        }
        return Verdict(
            comparisons, hasNews: hello.pending > 0, isMarked: hello.isMarkedRestored,
            isReadmitted: try db.isReadmitted(node.outlet))
    }

    /// A new epoch begins after everything that is kept of the outlet, or, where head office lost
    /// something, where both its lanes still are, and no later than the node says it is: it may have
    /// been restored as well. One in which nothing has come yet serves again: the answer that began
    /// it may be lost, and another epoch would leave behind the node that got it.
    private func beginEpoch(
        _ db: Database, _ hello: Hello, _ node: EnrolledNode
    ) throws -> EpochBeginning {
        let verdict = try verdict(db, hello, node)
        let begun = try db.unusedEpoch(of: node)
        if let begun, verdict == .restored || begun.isFor(hello) {
            if begun.shown != hello.lanes.mapValues(\.checkpoint) {
                try db.note(begun.verdict, of: node, at: world.now())
            }
            return begun
        }
        let before =
            try begun?.kept
            ?? Lane.allCases.reduce(into: [:]) { before, lane in
                before[lane] = try db.checkpoint(of: node, on: lane)
            }
        let lanes = try Lane.allCases.compactMap { try db.keptLane($0, of: node.outlet) }
        let kept = lanes.map(\.checkpoint)
        let shown = hello.lanes.values.map(\.checkpoint.epoch)
        let epoch = (kept.map(\.epoch) + shown + [node.epoch]).max() ?? node.epoch
        let standing = begun.map { Array($0.kept.values) } ?? kept
        let sequences = standing.map(\.sequence)
        // What another node of the outlet sent, in its own numbers, says nothing of this one's.
        let isComplete =
            lanes.count == Lane.allCases.count && lanes.allSatisfy { $0.nodeName == node.name }
        let base =
            verdict == .officeRestored
            ? (isComplete && !diverged(hello, kept: standing)
                ? (sequences + hello.lanes.values.map(\.checkpoint.sequence)).min() ?? 0 : 0)
            : sequences.max() ?? 0
        for lane in Lane.allCases {
            try db.execute(
                prepared: "DELETE FROM incomingPart WHERE outlet = ?", arguments: [node.outlet])
            try db.save(
                Checkpoint(epoch: epoch + 1, batch: 0, sequence: base, hash: ""), of: node,
                on: lane, at: world.now())
        }
        if verdict == .officeRestored, try db.recoverySince() == nil {
            try db.openRecovery(hexadecimal(world.randomBytes(16)), at: world.now(), leap: leap())
        }
        try db.note(verdict, of: node, at: world.now())
        let beginning = EpochBeginning(
            epoch: epoch + 1, shown: hello.lanes.mapValues(\.checkpoint), kept: before,
            verdict: verdict, highest: max(begun?.highest ?? 0, sequences.max() ?? 0))
        try db.save(beginning, of: node)
        return beginning
    }

    private func noteRecovered(_ tier: FirstTier, _ node: EnrolledNode) throws {
        try translating {
            try tier.write(world) { try $0.noteRecovered(node.outlet, at: world.now()) }
        }
    }

    /// Whether the two sides have different batches under one number, so that no common point is
    /// known and everything is sent again.
    private func diverged(_ hello: Hello, kept: [Checkpoint]) -> Bool {
        hello.lanes.values.contains { position in
            kept.contains {
                $0.epoch == position.checkpoint.epoch && $0.batch == position.checkpoint.batch
                    && $0.hash != position.checkpoint.hash
            }
        }
    }

    /// A readmission is used up once a node of the outlet is in step: it is the one that was let in,
    /// or the one beside which another was shut out, and a copy that comes later must not come in by
    /// it. What is noted of a suspected copy stays: this is the other one.
    private func settleReadmission(
        _ readmission: OpenReadmission?, _ tier: FirstTier, _ node: EnrolledNode
    ) throws {
        guard let readmission else { return }
        try translating {
            try tier.write(world) { db in
                if readmission.isBegun {
                    try db.note(.inStep, of: node, at: world.now())
                    try db.forgetEpochBeginning(of: node.outlet)
                }
                try db.execute(
                    prepared: "UPDATE nodeState SET readmittedAt = NULL WHERE outlet = ?",
                    arguments: [node.outlet])
            }
        }
    }

    /// Lets a node come in again that was taken for a copy.
    package func readmit(_ outlet: UnitCode, as staff: StaffID, reason: String) throws {
        try actor(staff).require(.nodes, atLeast: .bank)
        try readmit(outlet, by: staff.rawValue, reason: reason)
    }

    package func readmit(_ outlet: UnitCode, by actor: String, reason: String) throws {
        guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal(.reasonMissing) }
        let organisation = Organisation(units: try units(), staff: [])
        guard let code = organisation.firstTier(of: outlet) else {
            throw Refusal(.unknownUnit, ["unit": outlet.rawValue])
        }
        let tier = try firstTier(code)
        try translating {
            try tier.write(world) { db in
                try db.execute(
                    prepared: """
                        UPDATE nodeState SET readmittedAt = ?
                        WHERE outlet = ? AND verdict IN ('suspected-copy', 'corrupted')
                        """,
                    arguments: [world.now(), outlet])
                guard db.changesCount == 1 else {
                    throw Refusal(.notFenced, ["outlet": outlet.rawValue])
                }
            }
        }
        try audit(
            .readmitted, by: actor, on: outlet.rawValue, detail: ["reason": .string(reason)])
    }

    /// Keeps a part of what a suspected copy wanted to send, unread, for whoever looks into it.
    package func keepForReview(_ part: Part, from node: EnrolledNode) throws {
        guard part.head.outlet == node.outlet else { throw ExchangeError.replaced }
        let tier = try firstTier(node.firstTier)
        try translating {
            try tier.write(world) { db in
                let kept = try Int64.fetchOne(
                    db,
                    prepared:
                        "SELECT coalesce(sum(length(content)), 0) FROM review WHERE outlet = ?",
                    arguments: [node.outlet])
                // What nobody has looked at yet takes only so much room.
                guard kept ?? 0 < Self.mostForReview else { throw ExchangeError.tooLarge }
                try db.execute(
                    prepared: """
                        INSERT OR IGNORE INTO review (outlet, hash, number, head, content, at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        node.outlet, part.head.hash, part.index, part.head.json.description,
                        secrets.seal(
                            bytes: part.bytes, "review",
                            "\(node.outlet)/\(part.head.hash)/\(part.index)", "content"),
                        world.now(),
                    ])
            }
        }
    }

    private static let mostForReview: Int64 = 64 * 1024 * 1024
}

/// What a hello is answered by, of one state of the first-tier branch's database.
private struct GreetingLook {
    let reply: HelloReply
    let readmission: OpenReadmission?
    let isRecovered: Bool
    let snapshot: SnapshotHead?
    let delivered: Int64
}

/// A readmission or an epoch's beginning that the outlet's node has yet to use up.
private struct OpenReadmission {
    let isBegun: Bool
}

extension Database {
    fileprivate func openReadmission(of outlet: UnitCode) throws -> OpenReadmission? {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT verdict IN ('restored', 'office-restored') FROM nodeState
                WHERE outlet = ?
                    AND (verdict IN ('restored', 'office-restored') OR readmittedAt IS NOT NULL)
                """,
            arguments: [outlet]
        ).map(OpenReadmission.init)
    }

    /// A node that is in step, holds no record that is lost here and has offered what others wrote
    /// has nothing to give back.
    fileprivate func isRecovered(_ hello: Hello) throws -> Bool {
        guard let last = try Int64.fetchOne(self, prepared: "SELECT lastRecord FROM recovery")
        else { return false }
        let name = try lastRecovery()
        return hello.lastRecord <= last && (hello.recovery ?? name) == name
    }

    fileprivate func isReadmitted(_ outlet: UnitCode) throws -> Bool {
        try Bool.fetchOne(
            self, prepared: "SELECT readmittedAt IS NOT NULL FROM nodeState WHERE outlet = ?",
            arguments: [outlet]) ?? false
    }

    /// Once a node has sent in the epoch that its readmission began, no other copy comes in by it.
    func useUpReadmission(of outlet: UnitCode) throws {
        try execute(
            prepared: """
                UPDATE nodeState SET readmittedAt = NULL
                WHERE outlet = ? AND verdict IN ('restored', 'office-restored', 'in-step')
                """, arguments: [outlet])
    }

    /// The newest record that the node need not give back.
    fileprivate func lastRecord(for node: EnrolledNode) throws -> Int64 {
        try Int64.fetchOne(
            self,
            prepared: """
                SELECT lastRecord FROM recovery
                WHERE NOT EXISTS (SELECT 1 FROM recoveredNode WHERE outlet = ?)
                """,
            arguments: [node.outlet])
            ?? Int64.fetchOne(self, prepared: "SELECT max(number) FROM settlement") ?? 0
    }

    fileprivate func note(_ verdict: Verdict, of node: EnrolledNode, at now: Int64) throws {
        try execute(
            prepared: """
                INSERT INTO nodeState (outlet, verdict, verdictAt, restores)
                VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (outlet) DO UPDATE
                SET verdict = ?2, verdictAt = ?3, restores = restores + ?4
                """,
            arguments: [
                node.outlet, verdict.rawValue, now, verdict == .restored ? 1 : 0,
            ])
    }
}

extension Int64 {
    /// The difference, or the largest there is: a clock may show anything.
    fileprivate func subtracting(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? Int64.max : difference
    }
}
