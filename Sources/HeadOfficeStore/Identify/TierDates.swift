import Bank
import GRDB
import Vault

/// How much of a date the first-tier branch's close has behind it, and the sums so far.
struct TierProgress: Equatable {
    /// The date begun last; nil before the first.
    var date: BusinessDay?
    /// Closed through this customer; nil where nobody is yet.
    var customer: CustomerNumber?
    var customers = 0
    var potentialIn = 0
    var potentialOut = 0
    var targetIn = 0
    var targetOut = 0

    /// Every step counts, so that a same-day chain counts in both pools.
    mutating func add(_ transitions: [Transition]) {
        customers += 1
        for step in transitions {
            if step.from == .potential { potentialOut += 1 }
            if step.from == .target { targetOut += 1 }
            if step.to == .potential { potentialIn += 1 }
            if step.to == .target { targetIn += 1 }
        }
    }
}

/// What outlets have delivered: the last business date of each.
struct DeliveredDates {
    private(set) var last: [UnitCode: BusinessDay] = [:]

    init(_ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            prepared: """
                WITH RECURSIVE sender (outlet) AS (
                    SELECT min(outlet) FROM dayClose
                    UNION ALL
                    SELECT (SELECT min(outlet) FROM dayClose WHERE outlet > sender.outlet)
                    FROM sender WHERE sender.outlet IS NOT NULL)
                SELECT outlet, (SELECT max(date) FROM dayClose WHERE outlet = sender.outlet)
                FROM sender WHERE outlet IS NOT NULL
                """)
        for row in rows {
            let outlet: UnitCode = try row.value(0)
            last[outlet] = try row.value(1)
        }
    }

    /// The outlets of which nothing came of a date yet, though it was to come.
    func late(on day: BusinessDay, of outlets: Set<UnitCode>) -> [UnitCode] {
        outlets.filter { last[$0].map { $0 < day } ?? true }.sorted()
    }
}

extension Database {
    func tierProgress() throws -> TierProgress {
        guard let row = try Row.fetchOne(self, prepared: "SELECT * FROM tierProgress") else {
            throw StoreError.damaged("tierProgress")
        }
        return TierProgress(
            date: try row.value("date"), customer: try row.value("customer"),
            customers: try row.value("customers"), potentialIn: try row.value("potentialIn"),
            potentialOut: try row.value("potentialOut"), targetIn: try row.value("targetIn"),
            targetOut: try row.value("targetOut"))
    }

    func set(_ progress: TierProgress) throws {
        try execute(
            prepared: """
                UPDATE tierProgress
                SET date = ?, customer = ?, customers = ?, potentialIn = ?, potentialOut = ?,
                    targetIn = ?, targetOut = ?
                """,
            arguments: [
                progress.date, progress.customer, progress.customers, progress.potentialIn,
                progress.potentialOut, progress.targetIn, progress.targetOut,
            ])
    }

    /// The last date that the first-tier branch closed whole; nil before the first.
    func lastTierClose() throws -> BusinessDay? {
        try BusinessDay.fetchOne(self, prepared: "SELECT max(date) FROM tierClose")
    }

    func firstTierClose() throws -> BusinessDay? {
        try BusinessDay.fetchOne(self, prepared: "SELECT min(date) FROM tierClose")
    }

    /// The first date that an outlet delivered, of those that may be closed: one wrong date years
    /// back would have every day since closed for all. What is older counts from there on.
    func firstToClose(through last: BusinessDay) throws -> BusinessDay? {
        try BusinessDay.fetchOne(
            self, prepared: "SELECT min(date) FROM dayClose WHERE date >= ?",
            arguments: [last.adding(months: -36)])
    }

    func insertTierClose(
        _ day: BusinessDay, late: [UnitCode], at now: Int64, sequence: Int64
    ) throws {
        try execute(
            prepared: "INSERT INTO tierClose (date, late, closedAt, sequence) VALUES (?, ?, ?, ?)",
            arguments: [day, JSONValue(codes: late).description, now, sequence])
    }

    /// Writes down which outlets are closed or elsewhere when a date is begun. The figures of what
    /// they still delivered count.
    func noteGone(_ outlets: Set<UnitCode>, on day: BusinessDay) throws {
        let noted = try UnitCode.fetchSet(
            self, prepared: "SELECT outlet FROM tierOutletGone WHERE untilDate IS NULL")
        for outlet in outlets.subtracting(noted) {
            let last = try BusinessDay.fetchOne(
                self, prepared: "SELECT max(date) FROM dayClose WHERE outlet = ?",
                arguments: [outlet])
            try execute(
                prepared: "INSERT OR REPLACE INTO tierOutletGone (outlet, fromDate) VALUES (?, ?)",
                arguments: [outlet, max(day, last?.next ?? day)])
        }
        for outlet in noted.subtracting(outlets) {
            try execute(
                prepared: """
                    UPDATE tierOutletGone SET untilDate = max(fromDate, ?)
                    WHERE outlet = ? AND untilDate IS NULL
                    """,
                arguments: [day, outlet])
        }
    }

    /// The dates at whose closes an outlet's figures ceased to count, or began again.
    func tierOutletDates() throws -> [BusinessDay] {
        try BusinessDay.fetchAll(
            self,
            prepared: """
                SELECT fromDate FROM tierOutletGone
                UNION
                SELECT untilDate FROM tierOutletGone WHERE untilDate IS NOT NULL
                """)
    }

    /// What was set, by name, when the last date through `day` was closed; nil before the first.
    func tierParameters(through day: BusinessDay) throws -> [String: String]? {
        let text = try String.fetchOne(
            self,
            prepared: """
                SELECT content FROM tierParameters WHERE date <= ? ORDER BY date DESC LIMIT 1
                """,
            arguments: [day])
        guard let text else { return nil }
        guard let content = try? JSONValue(reading: Array(text.utf8)).object else {
            throw StoreError.damaged("tierParameters")
        }
        return content.compactMapValues(\.string)
    }

    /// Writes down with which values a date is closed, where they are others than the day before.
    func keepTierParameters(_ values: [String: String], on day: BusinessDay) throws {
        guard try tierParameters(through: day.previous) != values else { return }
        try execute(
            prepared: "INSERT OR REPLACE INTO tierParameters (date, content) VALUES (?, ?)",
            arguments: [day, JSONValue.object(values.mapValues(JSONValue.string)).description])
    }

    /// The rules of a date, with the values of the closes before. The same again when the date is
    /// closed again.
    func tierRules(on day: BusinessDay) throws -> (rules: DailyClose, looksAtAll: Bool) {
        let values = try tierParameters(through: day) ?? [:]
        let parameters = RuleParameters(values)
        let earlier = RuleParameters(try tierParameters(through: day.previous) ?? values)
        return (
            DailyClose(day: day, parameters: parameters, earlier: earlier), parameters != earlier
        )
    }
}

extension JSONValue {
    init(codes: [UnitCode]) {
        self = .array(codes.map { .string($0.rawValue) })
    }

    /// What such an array says, as it is kept.
    static func codes(_ text: String) throws -> [UnitCode] {
        guard let codes = try? JSONValue(reading: Array(text.utf8)).array else {
            throw StoreError.damaged("outlets")
        }
        return codes.compactMap(\.string).map { UnitCode($0) }
    }
}
