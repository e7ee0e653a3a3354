import Bank
import GRDB
import Vault

// Figures that came late or changed: whom they concern is closed again from that date on, date by
// date as a run that had them in time would have. Nothing else of a close looks at two customers at
// once, so the rest stay as they are.

extension BankStore {
    /// So many closes of a date for a customer share a commit at the most.
    private static let closesPerCommit = 1000

    /// Dates before the first that was closed, of which an outlet delivered figures since.
    func extendBack(_ tier: FirstTier, _ outlets: Set<UnitCode>) throws {
        let settings = try translating { try bank.readState { try $0.parameterSettings() } }
        try translating {
            try tier.write(world) { db in
                guard let closed = try db.firstTierClose(), let last = try db.lastTierClose(),
                    let first = try db.firstToClose(through: last), first < closed
                else { return }
                let delivered = try DeliveredDates(db)
                let sequence = try db.nextSequence()
                var day = first
                while day < closed {
                    try db.keepTierParameters(
                        ParameterSetting.effective(settings, on: day, firstTier: tier.code),
                        on: day)
                    try db.insertTierClose(
                        day, late: delivered.late(on: day, of: outlets), at: world.now(),
                        sequence: sequence)
                    day = day.next
                }
            }
        }
    }

    /// Closes again whoever is due, through the last closed date.
    func closeAgain(_ tier: FirstTier, _ closes: inout TierCloses) throws {
        while true {
            let (customers, differences) = try translating {
                try tier.write(world) { db in try closeSomeAgain(db) }
            }
            closes.differences += differences
            guard customers > 0 else { return }
            closes.reclosed[tier.code, default: 0] += customers
        }
    }

    private func closeSomeAgain(_ db: Database) throws -> (customers: Int, differences: Int) {
        guard let first = try db.firstTierClose(), let last = try db.lastTierClose(),
            try db.unfinishedTierClose() == nil
        else { return (0, 0) }
        let due = try CustomerNumber.fetchAll(
            db, prepared: "SELECT DISTINCT customer FROM tierDue ORDER BY customer LIMIT 200")
        guard !due.isEmpty else { return (0, 0) }
        let sequence = try db.nextSequence()
        // Of other parameters, and of outlets that went.
        let commonDates =
            try BusinessDay.fetchAll(db, prepared: "SELECT date FROM tierParameters")
            + db.tierOutletDates()
        var (customers, closes, differences) = (0, 0, 0)
        var rules: [BusinessDay: DailyClose] = [:]
        for customer in due where closes < Self.closesPerCommit {
            let dues = try db.tierDues(of: customer)
            guard let from = dues.map(\.from).min() else { continue }
            let span = max(from, first)...last
            let before = try db.lastTierStanding(of: customer, before: span.lowerBound)
            let old = try db.tierStandings(of: customer, from: span.lowerBound)
            let told = try db.tierWordSequences(of: customer)
            try db.truncateTierStandings(of: customer, from: span.lowerBound)
            closes += try closeAgain(
                customer, over: span, commonDates, &rules, sequence: sequence, db)
            let new = try db.tierStandings(of: customer, from: span.lowerBound)
            try db.keepSequences(of: customer, old, new, before: before, sequence: sequence)
            // What was said still says it all.
            if old.count == new.count, zip(old, new).allSatisfy({ $0.says($1) }) {
                try db.setTierWordSequences(told, of: customer)
            }
            for change in TierChange.changes(before?.standing, old, new, over: span) {
                try db.insert(change, of: customer, dues, at: world.now())
                differences += 1
            }
            try db.execute(
                prepared: "DELETE FROM tierDue WHERE customer = ?", arguments: [customer])
            customers += 1
        }
        return (customers, differences)
    }

    /// Closes a span of dates for a customer as the runs of those dates would have: on the dates of
    /// new figures, of an addition or renewal by hand and of other parameters, and when a rule is due.
    private func closeAgain(
        _ customer: CustomerNumber, over span: ClosedRange<BusinessDay>,
        _ commonDates: [BusinessDay], _ rules: inout [BusinessDay: DailyClose],
        sequence: Int64, _ db: Database
    ) throws -> Int {
        let additions = Set(try db.tierAdditionDates(of: customer))
        let figures = try BusinessDay.fetchAll(
            db,
            prepared:
                "SELECT DISTINCT date FROM standing WHERE customer = ? AND date BETWEEN ? AND ?",
            arguments: [customer, span.lowerBound, span.upperBound])
        var dates = Set(figures).union(commonDates).union(additions)
            .union(try db.tierRenewalDates(of: customer))
            .filter(span.contains).sorted()[...]
        var next: BusinessDay? = span.lowerBound
        var closes = 0
        while let day = next, span.contains(day) {
            dates = dates.drop { $0 <= day }
            let used = try rules[day] ?? db.tierRules(on: day).rules
            rules[day] = used
            let isAdded =
                try additions.contains(day) && db.tierAdditions(on: day).contains(customer)
            let closed = try db.close(customer, by: used, isAdded: isAdded, sequence: sequence)
            closes += 1
            next = [dates.first, closed?.standing.reviewOn].compactMap(\.self).min()
        }
        return closes
    }

    /// Which outlets were late with each date follows from what they have delivered by now. Those
    /// that were are told where they found something else on it.
    func updateLate(_ tier: FirstTier, _ outlets: Set<UnitCode>) throws {
        try translating {
            try tier.write(world) { db in
                let delivered = try DeliveredDates(db)
                // Nobody is late with what everybody has delivered.
                let complete = outlets.compactMap { delivered.last[$0] }.min()
                let rows = try Row.fetchAll(
                    db,
                    prepared: """
                        SELECT date, late FROM tierClose WHERE date > ?1
                        UNION
                        SELECT date, late FROM tierClose WHERE late <> '[]'
                        """,
                    arguments: [complete])
                var sequence: Int64?
                for row in rows {
                    let day: BusinessDay = try row.value("date")
                    let before = Set(try JSONValue.codes(try row.value("late")))
                    // One that came since, and has sent nothing yet, had no figures to bring.
                    let late = Set(delivered.late(on: day, of: outlets))
                        .filter { before.contains($0) || delivered.last[$0] != nil }
                    guard late != before else { continue }
                    let number = try sequence ?? db.nextSequence()
                    sequence = number
                    try db.execute(
                        prepared: "UPDATE tierClose SET late = ?, sequence = ? WHERE date = ?",
                        arguments: [JSONValue(codes: late.sorted()).description, number, day])
                    let heard = before.subtracting(late)
                        .filter { delivered.last[$0].map { $0 >= day } ?? false }
                    try db.sayWhatOthersFound(on: day, to: heard)
                }
            }
        }
    }
}

/// Why a customer is closed again: an outlet's figures from a date on.
struct TierDue {
    let outlet: UnitCode
    let from: BusinessDay
    /// The outlet had not delivered the date when it was closed.
    let wasLate: Bool
}

extension Database {
    /// Tells outlets that have delivered a date by now what the close of it decided where theirs
    /// found something else, by parameters that they did not have yet. New figures close again, and
    /// are told with that.
    fileprivate func sayWhatOthersFound(on day: BusinessDay, to outlets: Set<UnitCode>) throws {
        guard !outlets.isEmpty else { return }
        let customers = try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT said.customer FROM tierStanding AS said INDEXED BY tierStandingByDate
                CROSS JOIN standing AS served
                    ON served.customer = said.customer AND served.isLatest = 1
                        AND served.accounts > 0
                        AND served.outlet IN (SELECT value FROM json_each(?2))
                LEFT JOIN standing AS own
                    ON own.customer = served.customer AND own.outlet = served.outlet
                        AND own.date = (
                            SELECT max(date) FROM standing AS s
                            WHERE s.customer = served.customer AND s.outlet = served.outlet
                                AND s.date <= ?1)
                WHERE said.date = ?1 AND said.isLatest = 1
                    AND (own.pool IS NOT said.pool OR own.poolSince IS NOT said.poolSince
                        OR own.origin IS NOT said.origin OR own.tier IS NOT said.tier
                        OR own.tierSince IS NOT said.tierSince
                        OR own.belowSince IS NOT said.belowSince)
                    AND NOT EXISTS (SELECT 1 FROM tierWord AS told
                        WHERE told.outlet = served.outlet AND told.customer = said.customer)
                """,
            arguments: [day, JSONValue(codes: outlets.sorted()).description])
        for customer in customers {
            try execute(
                prepared: "INSERT INTO tierStandingToSay (customer, date) VALUES (?, ?)",
                arguments: [customer, day])
        }
    }

    fileprivate func tierDues(of customer: CustomerNumber) throws -> [TierDue] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT outlet, fromDate, EXISTS (
                    SELECT 1 FROM tierClose, json_each(tierClose.late) AS code
                    WHERE tierClose.date = tierDue.fromDate AND code.value = tierDue.outlet)
                FROM tierDue WHERE customer = ? ORDER BY outlet
                """,
            arguments: [customer]
        ).map {
            TierDue(
                outlet: try $0.value(0), from: try $0.value(1), wasLate: try $0.value(2))
        }
    }

    /// What was decided of a customer from a date on is void; the last row before is the latest
    /// again, and is to be looked at on the date.
    fileprivate func truncateTierStandings(
        of customer: CustomerNumber, from day: BusinessDay
    ) throws {
        try execute(
            prepared: "DELETE FROM tierStanding WHERE customer = ? AND date >= ?",
            arguments: [customer, day])
        try execute(
            prepared: """
                UPDATE tierStanding SET isLatest = 1, reviewOn = ?2
                WHERE customer = ?1
                    AND date = (SELECT max(date) FROM tierStanding WHERE customer = ?1)
                """,
            arguments: [customer, day])
    }

    /// A row that says what it said before has not changed; one that is the latest again has.
    fileprivate func keepSequences(
        of customer: CustomerNumber, _ old: [TierStandingRow], _ new: [TierStandingRow],
        before: TierStandingRow?, sequence: Int64
    ) throws {
        let known = try Dictionary(once: old.map { ($0.standing.date, $0) }, in: "tierStanding")
        for row in new {
            guard let same = known[row.standing.date], same.says(row) else { continue }
            try setSequence(same.sequence, of: customer, on: row.standing.date)
        }
        if let before, !before.isLatest, new.isEmpty {
            try setSequence(sequence, of: customer, on: before.standing.date)
        }
    }

    private func setSequence(
        _ sequence: Int64, of customer: CustomerNumber, on day: BusinessDay
    ) throws {
        try execute(
            prepared: "UPDATE tierStanding SET sequence = ? WHERE customer = ? AND date = ?",
            arguments: [sequence, customer, day])
    }
}
