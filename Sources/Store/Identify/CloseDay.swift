package import Bank
import GRDB
import Vault

/// What one close decided.
package struct ClosedDay: Hashable, Sendable {
    package let date: BusinessDay
    /// No extract came for the date: balances are carried forward.
    package let isEstimated: Bool
    /// Open at the close.
    package let accounts: Int
    /// Overdrawn deposits as they are.
    package let balance: Fen
    package let potentialIn: Int
    package let potentialOut: Int
    package let targetIn: Int
    package let targetOut: Int
    /// Targets of each tier; nil but at a month's end.
    package let tiers: [Tier: Int]?
}

extension BranchStore {
    /// So many days share a commit at the most: an interrupted close loses that much work and
    /// goes on there.
    private static let daysPerCommit = 31
    /// Milliseconds after which no further day joins a commit: others who write wait for it.
    private static let longestGroup: Int64 = 1000

    /// Closes every missed business date in order, by default through the latest extract's. Told of
    /// each date, it may still be undone until the last of its commit is told.
    ///
    /// - Parameter progress: the date, which of how many it is.
    package func closeDays(
        through last: BusinessDay? = nil, by actor: String,
        progress: (BusinessDay, Int, Int) -> Void = { _, _, _ in }
    ) throws -> [ClosedDay] {
        try closeTurn.take {
            var closed: [ClosedDay] = []
            while true {
                // Before the next date is closed, so that each has its own date however many were
                // missed, and what was cut off is made good first.
                try endFailedAdditions()
                try carryOutDueMoves()
                let group = try write { db in
                    try closeGroup(db, through: last, by: actor) {
                        progress($0, closed.count + $1, closed.count + $2)
                    }
                }
                guard !group.isEmpty else {
                    // What it asks begins on the date that is worked on, however many were missed.
                    try disputeMerges()
                    try carryRefusals()
                    return closed
                }
                closed += group
            }
        }
    }

    /// The next days of a close, as many as share a commit; empty when it is through.
    func closeGroup(
        _ db: Database, through last: BusinessDay?, by actor: String,
        progress: (BusinessDay, Int, Int) -> Void = { _, _, _ in }
    ) throws -> [ClosedDay] {
        guard let span = try db.extractSpan() else {
            if let last {
                throw Refusal(.dateBeyondExtracts, ["date": last.description, "latest": "–"])
            }
            return []
        }
        if let last, last > span.upperBound {
            throw Refusal(
                .dateBeyondExtracts,
                ["date": last.description, "latest": span.upperBound.description])
        }
        let first = try db.lastClosed()?.next ?? span.lowerBound
        let end = last ?? span.upperBound
        guard first <= end else { return [] }
        let settings = try db.parameterSettings()
        let sequence = try db.nextSequence()
        let mayBeClosed = try db.accountsPerhapsClosed(from: first)
        var days: [ClosedDay] = []
        var day = first
        // A move is carried out before its date is closed.
        let stop = try db.nextMove(after: first)
        let began = world.now()
        while day <= end, days.count < Self.daysPerCommit, stop.map({ day < $0 }) ?? true,
            days.isEmpty || world.now() - began < Self.longestGroup
        {
            days.append(try close(db, day, settings, mayBeClosed, sequence: sequence))
            progress(day, days.count, end - first + 1)
            day = day.next
        }
        try db.audit(
            AuditEntry(
                at: world.now(), actor: actor, action: .closed, subject: nil,
                detail: ["from": JSONValue(first), "through": JSONValue(day.previous)]))
        return days
    }

    /// Closes one date: the rules for every customer whom something may have moved.
    private func close(
        _ db: Database, _ day: BusinessDay, _ settings: [ParameterSetting],
        _ mayBeClosed: Set<Int64>, sequence: Int64
    ) throws -> ClosedDay {
        let values = ParameterSetting.effective(settings, on: day, firstTier: node.firstTier)
        let parameters = RuleParameters(values)
        let used = try db.parametersUsed(before: day)
        let earlier =
            used.map(RuleParameters.init)
            ?? RuleParameters(settings, on: day.previous, firstTier: node.firstTier)
        if used != values { try db.insertParametersUsed(values, on: day) }
        let rules = DailyClose(day: day, parameters: parameters, earlier: earlier)
        var sums = try DaySums(db, before: day)
        let entries = try CloseEntries(db, on: day, at: node.outlet)
        let words = try db.firstTierWords(on: day)
        let merges = try Merges(db, on: day)
        var positions = try Positions(
            db, at: day, outlet: node.outlet, weights: parameters.weights, merges,
            mayBeClosed: mayBeClosed)
        var records = try StandingRecords(db, sequence: sequence)
        for review in try db.reviews(
            on: day, all: used == nil || parameters != earlier,
            and: entries.customers + words.keys + merges.ofTheDate, merges,
            weights: parameters.weights, &positions)
        {
            let customer = review.customer
            let previous = try records.latest(of: customer)
            let position = try review.position(after: previous, &positions)
            let entered = try entries.entries(of: customer, merges, db)
            let word = words[customer]
            let here = position.assets
            let held = HeldAssets(
                here: here,
                elsewhere: word?.elsewhere(beside: here) ?? previous?.held.elsewhere ?? .none)
            var (standing, transitions) = try rules.standing(
                after: previous?.standing, assets: held.all, entries: entered
            ) {
                try db.assetHistory(of: customer, through: day.previous)
            }
            if let word, !word.isOverruled(by: entered) {
                standing = word.standing(beside: here, entered)
                transitions = word.transitions(from: previous?.standing.pool ?? .retained)
            }
            sums.add(transitions)
            sums.replace(previous, by: position)
            try records.save(standing, position, held, of: customer, after: previous)
            if let addition = entries.additions[customer] {
                try conclude(addition, counted: entered.addedByHand, on: day, merges, db)
            }
        }
        let closed = ClosedDay(
            date: day, isEstimated: try !db.hasExtract(on: day), accounts: sums.accounts,
            balance: sums.balance, potentialIn: sums.entered[.potential] ?? 0,
            potentialOut: sums.left[.potential] ?? 0, targetIn: sums.entered[.target] ?? 0,
            targetOut: sums.left[.target] ?? 0,
            tiers: day.isEndOfMonth ? try db.targetsByTier() : nil)
        try db.insert(closed)
        try warnOfLeaving(db, on: day, parameters)
        return closed
    }
}

/// The day's sums: the day before's, less what the reviewed customers had, plus what they have.
private struct DaySums {
    var accounts: Int
    var balance: Fen
    var entered: [Pool: Int] = [:]
    var left: [Pool: Int] = [:]

    init(_ db: Database, before day: BusinessDay) throws {
        let row = try Row.fetchOne(
            db, prepared: "SELECT accounts, balanceSum FROM dayClose WHERE date = ?",
            arguments: [day.previous])
        accounts = try row?.value(0) ?? 0
        balance = try row?.value(1) ?? .zero
    }

    /// Every step counts, so that a same-day chain counts in both pools.
    mutating func add(_ transitions: [Transition]) {
        for step in transitions {
            left[step.from, default: 0] += 1
            entered[step.to, default: 0] += 1
        }
    }

    mutating func replace(_ previous: StandingRow?, by position: Position) {
        accounts += position.accounts - (previous?.accounts ?? 0)
        balance = balance + position.balance + -(previous?.balance ?? .zero)
    }
}
