import Bank
import GRDB
import Vault

/// When claims are due at head office, and which may be at all (`sync.md`, settlement, item 1).
struct Admissibility {
    private let settings: [ParameterSetting]
    private let holidays: [BusinessDay: Holiday.Kind]
    private let staff: [StaffID: Staff]
    private let firstTier: UnitCode

    init(of firstTier: UnitCode, bank: any DatabaseWriter) throws {
        self.firstTier = firstTier
        (settings, holidays, staff) = try bank.read { db in
            let holidays = try Row.fetchAll(db, sql: "SELECT date, kind FROM holiday")
            return (
                try db.parameterSettings(),
                Dictionary(
                    uniqueKeysWithValues: holidays.map {
                        ($0["date"] as BusinessDay, $0["kind"] as Holiday.Kind)
                    }),
                Dictionary(
                    uniqueKeysWithValues: try db.members(of: nil).map { ($0.id, $0) })
            )
        }
    }

    /// Due when every outlet known to hold an account of the customer has delivered the close of
    /// the claims' business dates, or the waiting time is over: a night without a line must not
    /// decide against an outlet.
    func areDue(_ claims: [Claim], _ db: Database) throws -> Bool {
        guard let day = claims.map(\.businessDate).max(), let customer = claims.first?.customer
        else { return false }
        let waiting = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM standing
                WHERE customer = ?1 AND isLatest = 1 AND accounts > 0 AND NOT EXISTS (
                    SELECT 1 FROM dayClose
                    WHERE dayClose.outlet = standing.outlet AND dayClose.date >= ?2)
                """,
            arguments: [customer, day])
        if waiting == 0 { return true }
        let parameters = RuleParameters(settings, on: day, firstTier: firstTier)
        let newest = try BusinessDay.fetchOne(db, sql: "SELECT max(date) FROM dayClose")
        return newest.map { $0 >= self.day(day, plusBusinessDays: parameters.settlementWait) }
            ?? false
    }

    func refusal(of claim: Claim, _ db: Database) throws -> Decision.Inadmissible? {
        guard claim.kind.gives else { return nil }
        if claim.kind == .assignment || claim.kind == .manual, claim.outlet != claim.author {
            return .notItsToGive
        }
        if let manager = claim.manager {
            guard let member = staff[manager], member.active, member.holds(.manager),
                member.unit == claim.outlet
            else { return .managerInactive }
        }
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT pool, accounts FROM standing
                WHERE customer = ? AND outlet = ?
                ORDER BY date DESC LIMIT 1
                """,
            arguments: [claim.customer, claim.outlet])
        guard let row, row["accounts"] as Int > 0 else { return .noAccount }
        let isTarget = row["pool"] as Pool == .target
        return isTarget || claim.kind == .manual || claim.kind == .ruling ? nil : .notTarget
    }

    private func day(_ day: BusinessDay, plusBusinessDays count: Int) -> BusinessDay {
        var day = day
        var left = count
        while left > 0 {
            day = day.next
            if isBusinessDay(day) { left -= 1 }
        }
        return day
    }

    private func isBusinessDay(_ day: BusinessDay) -> Bool {
        switch holidays[day] {
        case .holiday: false
        case .workday: true
        // 1970-01-01 was a Thursday: 0 is Monday.
        case nil: (Int(day.daysSinceEpoch) + 3) % 7 < 5
        }
    }
}
