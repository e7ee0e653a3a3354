import Bank
import GRDB
import Sealing
import Sync
import Vault

extension BankStore {
    /// Takes back settlement records that this head office signed and lost, the claims that their
    /// decisions considered, and what it once attested. Nothing counts that its own signature or
    /// attestation does not vouch for.
    func takeBack(_ given: GivenBack, from node: EnrolledNode) throws -> JSONValue {
        let tier = try firstTier(node.firstTier)
        var taken = 0
        try translating {
            try tier.write(world) { db in
                // What it attested counts at any time, records only while none is made.
                if !given.attestations.isEmpty {
                    taken += try takeAttested(given, db, tier, sequence: db.nextSequence())
                }
                guard try db.recoverySince() != nil else { return }
                let claims = Dictionary(
                    given.claims.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
                try db.stage(given.parts, of: node.outlet)
                let sequence = try db.nextSequence()
                for settled in given.settled {
                    let isNew = try takeBack(
                        settled, claims, db, tier, from: node.outlet, sequence: sequence)
                    taken += isNew ? 1 : 0
                }
                if given.isLast {
                    try db.forgetDecisionParts(of: node.outlet)
                    try db.noteRecovered(node.outlet, at: world.now())
                }
            }
        }
        return ["protocol": .int(Message.version), "taken": .int(Int64(taken))]
    }

    private func takeBack(
        _ settled: Delta.Settled, _ claims: [ClaimID: Claim], _ db: Database, _ tier: FirstTier,
        from outlet: UnitCode, sequence: Int64
    ) throws -> Bool {
        let record = settled.record
        guard record.firstTier == tier.code,
            record.isSigned(settled.signature, by: tier.key.verificationKey)
        else { throw ExchangeError.inadmissible }
        let decision =
            try settled.decision.flatMap { decision in
                Digest.sha256(decision.canonicalBytes).hex == record.digest ? decision : nil
            } ?? db.stagedDecision(record.digest, of: outlet)
        let known = try String.fetchOne(
            db, prepared: "SELECT decision FROM settlement WHERE number = ?",
            arguments: [record.number])
        let isNew = known == nil || known == JSONValue.null.description && decision != nil
        if isNew {
            try db.execute(
                prepared: """
                    INSERT INTO settlement (
                        number, customer, record, hash, signature, decision, digest, settledAt,
                        sequence)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                    ON CONFLICT (number) DO UPDATE SET decision = ?6, sequence = ?9
                    """,
                arguments: [
                    record.number, record.customer, record.json.description, record.hash.hex,
                    settled.signature, (decision ?? .null).description, record.digest, world.now(),
                    sequence,
                ])
        }
        // They may come with a later message, or from another node, than the decision.
        if let decision = decision ?? known.flatMap(record.decision(reading:)) {
            try db.keep(claims, of: decision, at: world.now(), sequence: sequence)
        }
        if isNew {
            try db.own(record)
            if record.owner != nil {
                try db.noteHistory(of: record.customer, sequence: sequence)
            }
        }
        return isNew
    }

    /// Ends a recovery that is under way once every node of the first-tier branch was heard, or an
    /// operator says so. What the others have is still taken then, and records are numbered far
    /// after those that are lost: a node may hold one under each of their numbers.
    func endRecovery(of code: UnitCode, isForced: Bool) throws {
        let tier = try firstTier(code)
        let active = try translating {
            try bank.readState {
                try UnitCode.fetchAll(
                    $0,
                    prepared: """
                        SELECT outlet FROM node WHERE firstTier = ? AND revokedAt IS NULL
                        """,
                    arguments: [code])
            }
        }
        try openMarkedRecovery(tier)
        let waiting = try translating {
            try tier.database.readState { db -> [UnitCode]? in
                guard try db.recoverySince() != nil else { return nil }
                let heard = try UnitCode.fetchSet(db, prepared: "SELECT outlet FROM recoveredNode")
                return active.filter { !heard.contains($0) }.sorted()
            }
        }
        guard let waiting else { return }
        if waiting.isEmpty {
            try translating {
                try tier.write(world) { db in
                    try db.execute(prepared: "DELETE FROM recovery")
                    try db.execute(prepared: "DELETE FROM recoveredNode")
                }
            }
        } else if isForced {
            try translating { try tier.write(world) { try $0.endRecovery(leap: leap()) } }
        } else {
            try translating {
                try tier.database.readState { try $0.requireRecovered(waiting: waiting) }
            }
        }
        let isOver = try firstTierCodes.allSatisfy { code in
            try translating {
                try firstTier(code).database.readState { try !$0.isRecovering() }
            }
        }
        if isOver, let mark = try restoreMark() { try clearRestoreMark(mark) }
    }

    /// Whether a first-tier branch waits for what its nodes have, or has yet to begin to.
    func isRecovering() throws -> Bool {
        if try restoreMark() != nil { return true }
        return try firstTierCodes.contains { code in
            try translating {
                try firstTier(code).database.readState { try $0.isRecovering() }
            }
        }
    }

    /// `restore` has marked head office: each first-tier branch begins its recovery, once.
    func openMarkedRecovery(_ tier: FirstTier) throws {
        guard let mark = try restoreMark() else { return }
        // A backup may have been made while another recovery was under way; and the mark stays
        // until that of the last first-tier branch is over.
        let wasOpened = try translating {
            try tier.database.readState { try $0.lastRecovery() == mark.id }
        }
        guard !wasOpened else { return }
        try translating {
            try tier.write(world) {
                try $0.openRecovery(mark.id, at: mark.restoredAt, leap: leap())
            }
        }
    }

    /// More than a first-tier branch changes in the life of a backup, and by chance, so that after
    /// two restores the sequence is not where it was after the first.
    func leap() -> Int64 {
        world.randomBytes(5).reduce(0) { $0 << 8 | Int64($1) } + 1_000_000_000
    }
}

extension SettlementRecord {
    /// The decision behind the record, where a text is that.
    fileprivate func decision(reading text: String) -> JSONValue? {
        guard Digest.sha256(text).hex == digest else { return nil }
        return try? JSONValue(reading: Array(text.utf8))
    }
}

extension Database {
    /// Since when nodes are asked for what is lost here; also where an operator no longer waits.
    func recoverySince() throws -> Int64? {
        try Int64.fetchOne(self, prepared: "SELECT since FROM recovery")
    }

    /// Whether nothing may be sealed, since a node may hold records that are lost here.
    func isRecovering() throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: "SELECT EXISTS (SELECT 1 FROM recovery WHERE numberedAfter IS NULL)")
            ?? false
    }

    /// - Parameter waiting: the outlets to name; those that ever sent and were not heard, if nil.
    func requireRecovered(waiting: [UnitCode]? = nil) throws {
        guard try isRecovering() else { return }
        let waiting =
            try waiting
            ?? UnitCode.fetchAll(
                self,
                prepared: """
                    SELECT DISTINCT outlet FROM laneCheckpoint
                    WHERE outlet NOT IN (SELECT outlet FROM recoveredNode)
                    ORDER BY outlet
                    """)
        throw Refusal(
            .officeRecovering, ["outlets": waiting.map(\.rawValue).joined(separator: ", ")])
    }

    /// Waits no longer for those that were not heard.
    fileprivate func endRecovery(leap: Int64) throws {
        try execute(
            prepared: """
                UPDATE recovery
                SET numberedAfter = (SELECT coalesce(max(number), 0) FROM settlement) + ?
                WHERE numberedAfter IS NULL
                """,
            arguments: [leap])
    }

    /// The name of the last recovery, also where it is over.
    func lastRecovery() throws -> String? {
        try String.fetchOne(self, prepared: "SELECT name FROM lastRecovery")
    }

    /// Begins a recovery. Head office's sequence leaps ahead, so that whatever it says from now on
    /// is new to every node, however far that had got with what is lost.
    func openRecovery(_ name: String, at now: Int64, leap: Int64) throws {
        try execute(
            prepared: """
                INSERT OR REPLACE INTO recovery (id, since, lastRecord)
                VALUES (1, ?, (SELECT coalesce(max(number), 0) FROM settlement))
                """,
            arguments: [now])
        try execute(
            prepared: "INSERT OR REPLACE INTO lastRecovery (id, name) VALUES (1, ?)",
            arguments: [name])
        try execute(prepared: "DELETE FROM recoveredNode")
        try execute(prepared: "UPDATE changeCounter SET value = value + ?", arguments: [leap])
    }

    func noteRecovered(_ outlet: UnitCode, at now: Int64) throws {
        try execute(
            prepared: "INSERT OR REPLACE INTO recoveredNode (outlet, at) VALUES (?, ?)",
            arguments: [outlet, now])
    }

    /// Keeps the claims that a signed decision names; of those that their authors sent already it
    /// says what became of them, whether the giver sends them along or not.
    fileprivate func keep(
        _ claims: [ClaimID: Claim], of decision: JSONValue, at now: Int64, sequence: Int64
    ) throws {
        let considered = decision["considered"]?.array?.compactMap(\.string) ?? []
        for id in considered + [decision["previous"]?.string].compactMap(\.self) {
            guard let claim = try claims[ClaimID(id)] ?? claim(ClaimID(id)) else { continue }
            _ = try keep(claim, at: now, sequence: sequence)
        }
    }

    /// The customer's owner is the one of the record with the highest number.
    func own(_ record: SettlementRecord) throws {
        let number = try Int64.fetchOne(
            self, prepared: "SELECT number FROM ownership WHERE customer = ?",
            arguments: [record.customer])
        guard number.map({ $0 <= record.number }) ?? true else { return }
        try execute(
            prepared: """
                INSERT OR REPLACE INTO ownership (customer, number, claim, outlet, manager, since)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.customer, record.number, record.claim, record.owner?.outlet,
                record.owner?.manager, record.owner?.since,
            ])
    }
}
