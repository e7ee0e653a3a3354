package import Bank
package import Feed
import GRDB
import Vault

/// What became of one extract that was offered.
package struct ImportedExtract: Sendable {
    package enum Result: String, Sendable {
        case taken
        case alreadyTaken = "already-taken"
        /// It replaced or filled a closed date, so that closing starts again there.
        case reopened
        case refused
    }

    package let directory: String
    package let date: BusinessDay?
    package let sequence: Int?
    package let result: Result
    package let faults: ExtractFaults
    package var rows: [String: Int] = [:]
    /// The dates that were closed again because of it.
    package var closedAgain: [BusinessDay] = []
}

extension BranchStore {
    /// So many extracts share a commit at the most: a crash loses that much work, never a part of
    /// an extract.
    private static let extractsPerCommit = 31

    /// Takes in extracts in the order of their dates and sequences. The first that is refused ends
    /// the import: the dates after it may build on it. Each one is taken whole or not at all.
    ///
    /// - Parameter passingOverReplaced: those of whose date a higher sequence was taken are not
    ///   refused, and none of the outcomes.
    package func take(
        _ directories: [String], by actor: String, passingOverReplaced: Bool = false,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> [ImportedExtract] {
        var extracts: [Extract] = []
        for directory in directories {
            do {
                extracts.append(try Extract(directory: directory))
            } catch {
                return [
                    ImportedExtract(
                        directory: directory, date: nil, sequence: nil, result: .refused,
                        faults: error)
                ]
            }
        }
        if passingOverReplaced {
            extracts = try read { db in
                try extracts.filter { try !db.isReplaced($0.manifest) }
            }
        }
        extracts.sort {
            ($0.manifest.businessDate, $0.manifest.source, $0.manifest.sequence)
                < ($1.manifest.businessDate, $1.manifest.source, $1.manifest.sequence)
        }
        return try closeTurn.take {
            var outcomes: [ImportedExtract] = []
            while outcomes.count < extracts.count, outcomes.last?.result != .refused {
                let group = extracts[outcomes.count...].prefix(Self.extractsPerCommit)
                outcomes += try write { db in
                    try take(group, db, actor) {
                        progress(outcomes.count + $0, extracts.count)
                    }
                }
            }
            try endFailedAdditions()
            try disputeMerges()
            try carryRefusals()
            return outcomes
        }
    }

    private func take(
        _ extracts: ArraySlice<Extract>, _ db: Database, _ actor: String,
        progress: (Int) -> Void
    ) throws -> [ImportedExtract] {
        var outcomes: [ImportedExtract] = []
        let closedBefore = try db.lastClosed()
        for extract in extracts {
            var intake = Intake(extract: extract, node: node, secrets: secrets, db: db)
            try db.inSavepoint {
                try intake.run(at: world.now(), today: world.today())
                if intake.outcome.result == .reopened {
                    try reopen(db, from: extract.manifest.businessDate)
                }
                return intake.faults.isEmpty ? .commit : .rollback
            }
            let outcome = intake.outcome
            outcomes.append(outcome)
            progress(outcomes.count)
            if outcome.result == .refused { break }
            guard outcome.result != .alreadyTaken else { continue }
            for customer in intake.merged {
                try tellOfMerge(customer, on: extract.manifest.businessDate, db)
            }
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: actor, action: .imported, subject: nil,
                    detail: [
                        "date": JSONValue(extract.manifest.businessDate),
                        "sequence": JSONValue(extract.manifest.sequence),
                        "source": .string(extract.manifest.source),
                    ]))
        }
        // In the same transaction: nobody, head office least of all, ever sees dates that were
        // closed and are not.
        if let index = outcomes.lastIndex(where: { $0.result == .reopened }) {
            outcomes[index].closedAgain = try closeAgain(db, through: closedBefore, by: actor)
        }
        return outcomes
    }

    private func closeAgain(
        _ db: Database, through last: BusinessDay?, by actor: String
    ) throws -> [BusinessDay] {
        var days: [BusinessDay] = []
        while true {
            let group = try closeGroup(db, through: last, by: actor)
            if group.isEmpty { return days }
            days += group.map(\.date)
        }
    }

    /// Opens closed dates again from `day` on: what was decided from there is void and will be
    /// decided again, claims and settlements stay.
    private func reopen(_ db: Database, from day: BusinessDay) throws {
        let id = Blob(world.randomBytes(16))
        try db.execute(
            prepared: "INSERT INTO reopening (id, fromDate, at) VALUES (lower(hex(?)), ?, ?)",
            arguments: [id, day, world.now()])
        try db.keepVoided(from: day, reopening: id, at: world.now())
        try db.execute(prepared: "DELETE FROM dayClose WHERE date >= ?", arguments: [day])
        try db.execute(
            prepared: """
                DELETE FROM standing
                WHERE customer IN (SELECT customer FROM latestStanding) AND date >= ?
                """,
            arguments: [day])
        try db.execute(prepared: "DELETE FROM parametersUsed WHERE date >= ?", arguments: [day])
        try db.execute(
            prepared: """
                DELETE FROM latestStanding
                WHERE NOT EXISTS (SELECT 1 FROM standing
                    WHERE standing.customer = latestStanding.customer)
                """)
        try db.execute(
            prepared: """
                UPDATE latestStanding SET (pool, origin) = (
                    SELECT pool, origin FROM standing
                    WHERE standing.customer = latestStanding.customer
                    ORDER BY date DESC LIMIT 1)
                """)
        // When to look again was said by closes that are void now; of a retained customer it is
        // never said.
        try db.execute(
            prepared: """
                UPDATE latestStanding
                SET reviewOn = CASE pool WHEN 'retained' THEN NULL ELSE ? END, secondLargest = NULL
                """,
            arguments: [day])
    }
}

extension Database {
    /// The highest sequence that was taken of a source's date.
    func latestSequence(of manifest: Manifest) throws -> Int? {
        try Int.fetchOne(
            self, prepared: "SELECT max(sequence) FROM extract WHERE source = ? AND date = ?",
            arguments: [manifest.source, manifest.businessDate])
    }

    fileprivate func isReplaced(_ manifest: Manifest) throws -> Bool {
        try latestSequence(of: manifest).map { $0 > manifest.sequence } ?? false
    }
}
