import Bank
import GRDB
import Vault

/// The days of a first-tier branch: when claims are due (`sync.md`, settlement), which business
/// date it is there, how long a dispute may wait.
struct TierCalendar {
    private let settings: [ParameterSetting]
    private let workingDays: WorkingDays
    private let firstTier: UnitCode
    /// By head office's clock, in any time zone of the earth.
    private let tomorrow: BusinessDay

    /// `now` in milliseconds since 1970-01-01 UTC.
    init(of firstTier: UnitCode, bank: any DatabaseWriter, now: Int64) throws {
        self.firstTier = firstTier
        tomorrow = BusinessDay(daysSinceEpoch: Int32(clamping: now / 86_400_000 + 1))
        (settings, workingDays) = try bank.readState { db in
            let holidays = try Row.fetchAll(db, prepared: "SELECT date, kind FROM holiday")
            return (
                try db.parameterSettings(),
                WorkingDays(
                    try Dictionary(
                        once: holidays.map { (try $0.value("date"), try $0.value("kind")) },
                        in: "holiday"))
            )
        }
    }

    /// Due when every outlet known to hold an account of the customer, and every author of a
    /// claim, has delivered the close of the claims' business dates, or the waiting time is over: a
    /// night without a line must not decide against an outlet.
    ///
    /// The time runs from the earliest claim, so that a claim dated far ahead holds up nobody, to
    /// the newest date that an outlet closed; one that has not come yet by head office's own
    /// clock says nothing. A claim counts as of the date on which it came where its own is earlier:
    /// one that is dated back would be over before anybody else heard of it.
    ///
    /// - Parameters:
    ///   - wait: stands for the waiting time where somebody asks what another one would do.
    ///   - closed: outlets that deliver no further close here, so that nobody waits for one.
    func areDue(
        _ claims: [Claim], wait: Int? = nil, passingOver closed: Set<UnitCode>, _ db: Database
    ) throws -> Bool {
        guard let customer = claims.first?.customer else { return false }
        let arrivals = try db.arrivals(ofClaimsOn: customer)
        let days = claims.map { max($0.businessDate, arrivals[$0.id] ?? $0.businessDate) }
        guard let first = days.min(), let last = days.max() else { return false }
        let through = try db.closedThrough()
        let concerned = try db.serving(customer).union(
            claims.map(\.author).filter { $0 != firstTier }
        )
        .subtracting(closed)
        if concerned.allSatisfy({ through[$0].map { $0 >= last } ?? false }) { return true }
        let parameters = RuleParameters(settings, on: first, firstTier: firstTier)
        let end = workingDays.day(first, plus: wait ?? parameters.settlementWait)
        return newest(through).map { $0 >= end } ?? false
    }

    /// Whether the waiting time from a date on is over, by the newest date that an outlet closed.
    func isWaitOver(since day: BusinessDay, _ delivered: DeliveredDates) -> Bool {
        let parameters = RuleParameters(settings, on: day, firstTier: firstTier)
        let end = workingDays.day(day, plus: parameters.settlementWait)
        return newest(delivered.last).map { $0 >= end } ?? false
    }

    /// The business date of the first-tier branch: the one after the newest that an outlet closed.
    func day(_ db: Database) throws -> BusinessDay {
        newest(try db.closedThrough())?.next ?? tomorrow.previous
    }

    /// The newest business date that an outlet closed and delivered; nil before the first.
    func lastDelivered(_ db: Database) throws -> BusinessDay? {
        newest(try DeliveredDates(db).last)
    }

    /// What the state of a dispute at the first-tier branch depends on.
    func terms(_ db: Database) throws -> DisputeTerms {
        let day = try day(db)
        let parameters = RuleParameters(settings, on: day, firstTier: firstTier)
        return DisputeTerms(
            day: day, workingDays: workingDays, wait: parameters.disputeWait,
            rest: parameters.rulingRest)
    }

    private func newest(_ closed: [UnitCode: BusinessDay]) -> BusinessDay? {
        closed.values.filter { $0 <= tomorrow }.max()
    }
}

extension Database {
    /// The outlets known to hold an account of the customer.
    func serving(_ customer: CustomerNumber) throws -> Set<UnitCode> {
        try UnitCode.fetchSet(
            self,
            prepared: """
                SELECT outlet FROM standing WHERE customer = ? AND isLatest = 1 AND accounts > 0
                """,
            arguments: [customer])
    }

    /// The newest business date in the first-tier branch when each claim came.
    fileprivate func arrivals(
        ofClaimsOn customer: CustomerNumber
    ) throws -> [ClaimID: BusinessDay] {
        let rows = try Row.fetchAll(
            self,
            prepared:
                "SELECT id, arrivedOn FROM claim WHERE customer = ? AND arrivedOn IS NOT NULL",
            arguments: [customer])
        return try Dictionary(
            once: rows.map { (try $0.value(0), try $0.value(1)) }, in: "claim")
    }

    /// The last business date that each outlet closed and delivered.
    fileprivate func closedThrough() throws -> [UnitCode: BusinessDay] {
        let rows = try Row.fetchAll(
            self, prepared: "SELECT outlet, max(date) FROM dayClose GROUP BY outlet")
        return try Dictionary(
            once: rows.map { (try $0.value(0), try $0.value(1)) }, in: "dayClose")
    }
}
