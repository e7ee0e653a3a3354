import Bank
import GRDB
import Vault

extension Verification {
    /// The dates that the first-tier branch closed, without a gap from the first, and where each
    /// customer stands: one row is the latest, and none is of a date that was never begun.
    mutating func checkTierCloses(_ db: Database) {
        check("closed dates") { found in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT date, late FROM tierClose ORDER BY date")
            var next: BusinessDay?
            while let row = try rows.next() {
                let day = try row.value("date") as BusinessDay
                let isWhole =
                    next.map { $0 == day } ?? true
                    && (try? JSONValue.codes(try row.value("late"))) != nil
                found(isWhole ? nil : "close of \(day)")
                next = day.next
            }
        }
        check("standings") { found in
            let begun = try db.tierProgress().date
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT customer, date, reviewOn, isLatest,
                        lead(customer) OVER (ORDER BY customer, date) IS NOT customer AS isLast
                    FROM tierStanding
                    """)
            while let row = try rows.next() {
                let day = try row.value("date") as BusinessDay
                let review = try row.value("reviewOn") as BusinessDay?
                let isLast = try row.value("isLast") as Bool
                let isBegun = begun.map { day <= $0 } ?? false
                let isWhole =
                    try row.value("isLatest") as Bool == isLast && (isLast || review == nil)
                    && isBegun
                // NB: a fault names no customer.
                found(isWhole ? nil : "standing of \(day)")
            }
        }
    }
}
