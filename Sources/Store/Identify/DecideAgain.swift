import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Puts what the first-tier branch decided in the place of this outlet's result of that date, and
    /// decides the dates after it again by the same rules. What the customer has here stays.
    func decideAgain(
        _ said: TierStandingRecord, _ customer: Int64, through closed: BusinessDay, _ db: Database
    ) throws {
        let entries = try EntriesByHand(db, of: said.customer, customer, at: node.outlet)
        var again = DecidingAgain(
            customer: customer, word: said.word, closed: closed, entries: entries,
            rows: try db.standingRows(of: customer, around: said.word.date), db: db)
        try again.run { day in
            RuleParameters(
                try db.parametersUsed(before: day.next)
                    ?? ParameterSetting.effective(
                        db.parameterSettings(), on: day, firstTier: node.firstTier))
        }
    }
}

/// One customer's way through the closes since a word of the first-tier branch.
///
/// As in a close, a date is looked at where something may move the customer: a row is there, a rule
/// is due, somebody entered something, a parameter changed.
private struct DecidingAgain {
    let customer: Int64
    let word: FirstTierWord
    let closed: BusinessDay
    let entries: EntriesByHand
    /// The last one before the word's date, where there is one, and all from there on.
    let rows: [StandingRow]
    let db: Database
    /// The row in force, as it now is; nil before the first.
    private var row: StandingRow?
    private var review: BusinessDay?

    init(
        customer: Int64, word: FirstTierWord, closed: BusinessDay, entries: EntriesByHand,
        rows: [StandingRow], db: Database
    ) {
        self.customer = customer
        self.word = word
        self.closed = closed
        self.entries = entries
        self.rows = rows
        self.db = db
    }

    mutating func run(_ parameters: (BusinessDay) throws -> RuleParameters) throws {
        // A customer who came here later begins where the word left off.
        var before = word.standing
        if let base = rows.last(where: { $0.standing.date <= word.date }) {
            row = rows.last { $0.standing.date < word.date }
            try decide(on: word.date, after: nil, base, parameters)
            // A word before this one may have said otherwise of a later date.
            let isLast = rows.last.map { $0.standing.date <= word.date } ?? true
            guard let row, !isLast || !isAsBefore(row, base) else { return }
            before = row.standing
        }
        let fixed = Set(
            rows.map(\.standing.date) + entries.days
                + (try db.parameterChanges(after: word.date))
        ).filter { $0 > word.date }.sorted()
        var day = word.date
        while true {
            let next = [review, fixed.first { $0 > day }].compactMap(\.self).min()
            guard let next, next <= closed else { break }
            day = next
            guard let base = rows.last(where: { $0.standing.date == day }) ?? row else { continue }
            try decide(on: day, after: row == nil ? before : nil, base, parameters)
        }
        guard let row else { return }
        try db.setLatest(row.standing.date, of: customer, reviewOn: review)
    }

    /// Decides one date, and writes what is not so already.
    ///
    /// - Parameters:
    ///   - before: where the customer stood, where no row says so.
    ///   - base: says what the customer has here.
    private mutating func decide(
        on day: BusinessDay, after before: Standing?, _ base: StandingRow,
        _ parameters: (BusinessDay) throws -> RuleParameters
    ) throws {
        let here = base.held.here
        let entered = try entries.entries(on: day, db)
        let isSaid = day == word.date && !word.isOverruled(by: entered)
        let elsewhere =
            day == word.date || row == nil
            ? word.elsewhere(beside: day == word.date ? here : .none)
            : row?.held.elsewhere ?? .none
        let held = HeldAssets(here: here, elsewhere: elsewhere)
        let standing =
            try isSaid
            ? word.standing(beside: here, entered)
            : DailyClose(
                day: day, parameters: parameters(day), earlier: parameters(day.previous)
            ).standing(after: row?.standing ?? before, assets: held.all, entries: entered) {
                try db.assetHistory(of: customer, through: day.previous)
            }.standing
        review = standing.reviewOn
        let now = StandingRow(standing, held, like: base)
        if base.standing.date == day {
            try db.change(base, to: now, of: customer)
        } else if let row, isSaid ? isAsBefore(now, row) : row.says(now) {
            return
        } else {
            try db.insertEarlier(now, of: customer)
        }
        row = now
    }

    /// Whether the word says of its date what the outlet found: then all after it stays.
    private func isAsBefore(_ now: StandingRow, _ base: StandingRow) -> Bool {
        base.says(now)
            && base.standing.accumulated(through: now.standing.date) == now.standing.accumulated
    }
}

extension StandingRow {
    /// What the customer has here as in another row.
    fileprivate init(_ standing: Standing, _ held: HeldAssets, like row: StandingRow) {
        self.init(
            standing: standing, held: held, accounts: row.accounts, balance: row.balance,
            demandAccountOpened: row.demandAccountOpened, activeCard: row.activeCard)
    }

    /// Whether another row of a later close needs not be written.
    fileprivate func says(_ later: StandingRow) -> Bool {
        standing.stillSays(later.standing) && held == later.held && accounts == later.accounts
            && balance == later.balance && activeCard == later.activeCard
            && demandAccountOpened == later.demandAccountOpened
    }
}

/// What people entered of one customer, for any close to act on.
private struct EntriesByHand {
    private let number: CustomerNumber
    private let customer: Int64
    private let outlet: UnitCode
    private let additions: Set<BusinessDay>
    private let renewals: [BusinessDay]

    init(
        _ db: Database, of number: CustomerNumber, _ customer: Int64, at outlet: UnitCode
    ) throws {
        self.number = number
        self.customer = customer
        self.outlet = outlet
        renewals = try BusinessDay.fetchAll(
            db, prepared: "SELECT date FROM targetRenewal WHERE customer = ? ORDER BY date",
            arguments: [number])
        let dates = try String.fetchAll(
            db,
            prepared: """
                SELECT DISTINCT json_extract(content, '$.businessDate') FROM claim
                WHERE customer = ? AND author = ? AND json_extract(content, '$.kind') = 'manual'
                """,
            arguments: [number, outlet])
        additions = Set(dates.compactMap { BusinessDay($0) })
    }

    var days: [BusinessDay] { renewals + additions }

    func entries(on day: BusinessDay, _ db: Database) throws -> DailyClose.Entries {
        DailyClose.Entries(
            addedByHand: try additions.contains(day)
                && db.additions(on: day, at: outlet).contains { $0.customer == number }
                && db.hasDemandAccount(customer, at: outlet, on: day),
            renewedOn: renewals.last { $0 <= day })
    }
}

extension Database {
    /// A customer's row in force before `day`, and all from there on.
    fileprivate func standingRows(
        of customer: Int64, around day: BusinessDay
    ) throws -> [StandingRow] {
        let statement = try cachedStatement(
            sql: """
                SELECT \(StandingRow.columns) FROM standing
                WHERE customer = ?1 AND date >= coalesce(
                    (SELECT max(date) FROM standing WHERE customer = ?1 AND date < ?2), ?2)
                ORDER BY date
                """)
        return try Row.fetchAll(statement, arguments: [customer, day]).map(StandingRow.init)
    }

    fileprivate func parameterChanges(after day: BusinessDay) throws -> [BusinessDay] {
        try BusinessDay.fetchAll(
            self, prepared: "SELECT date FROM parametersUsed WHERE date > ?", arguments: [day])
    }

    /// Writes what is decided otherwise now. A row whose decision stays is not sent again.
    fileprivate func change(_ row: StandingRow, to now: StandingRow, of customer: Int64) throws {
        if row.held.elsewhere != now.held.elsewhere {
            try execute(
                prepared: """
                    UPDATE standing SET elsewhereAssets = ?, elsewhereLargest = ?
                    WHERE customer = ? AND date = ?
                    """,
                arguments: [
                    now.held.elsewhere.financial, now.held.elsewhere.largestAccount, customer,
                    now.standing.date,
                ])
        }
        let (old, new) = (row.standing, now.standing)
        guard
            old.pool != new.pool || old.poolSince != new.poolSince || old.origin != new.origin
                || old.tier != new.tier || old.tierSince != new.tierSince
                || old.belowSince != new.belowSince || old.accumulated != new.accumulated
                || old.lastAtMinimum != new.lastAtMinimum
        else { return }
        try execute(
            prepared: """
                UPDATE standing SET pool = ?, poolSince = ?, origin = ?, tier = ?, tierSince = ?,
                    belowSince = ?, accumulated = ?, lastAtMinimum = ?
                WHERE customer = ? AND date = ?
                """,
            arguments: [
                new.pool, new.poolSince, new.origin, new.tier, new.tierSince, new.belowSince,
                new.accumulated, new.lastAtMinimum, customer, new.date,
            ])
    }

    /// Writes a row among those that are there.
    fileprivate func insertEarlier(_ row: StandingRow, of customer: Int64) throws {
        let standing = row.standing
        try execute(
            prepared: """
                INSERT INTO standing (
                    customer, date, pool, poolSince, origin, tier, tierSince, belowSince,
                    accounts, balance, financialAssets, largestAccount, accumulated,
                    lastAtMinimum, demandAccountOpened, activeCard, elsewhereAssets,
                    elsewhereLargest, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                customer, standing.date, standing.pool, standing.poolSince, standing.origin,
                standing.tier, standing.tierSince, standing.belowSince, row.accounts, row.balance,
                row.held.here.financial, row.held.here.largestAccount, standing.accumulated,
                standing.lastAtMinimum, row.demandAccountOpened, row.activeCard,
                row.held.elsewhere.financial, row.held.elsewhere.largestAccount, nextSequence(),
            ])
    }

    fileprivate func setLatest(
        _ day: BusinessDay, of customer: Int64, reviewOn: BusinessDay?
    ) throws {
        try execute(
            prepared: """
                UPDATE latestStanding
                SET reviewOn = ?3, (pool, origin) = (
                    SELECT pool, origin FROM standing WHERE customer = ?1 AND date = ?2)
                WHERE customer = ?1
                """,
            arguments: [customer, day, reviewOn])
    }
}
