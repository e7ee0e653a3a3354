/// Which dates the bank works on: Monday to Friday, less public holidays, with make-up days.
package struct WorkingDays: Sendable {
    private let holidays: [BusinessDay: Holiday.Kind]

    package init(_ holidays: [BusinessDay: Holiday.Kind] = [:]) {
        self.holidays = holidays
    }

    package func contains(_ day: BusinessDay) -> Bool {
        switch holidays[day] {
        case .holiday: false
        case .workday: true
        // 1970-01-01 was a Thursday: 0 is Monday.
        case nil: (Int(day.daysSinceEpoch) + 3) % 7 < 5
        }
    }

    /// The date at which so many working days have passed since `day`.
    package func day(_ day: BusinessDay, plus count: Int) -> BusinessDay {
        var day = day
        var left = count
        while left > 0 {
            day = day.next
            if contains(day) { left -= 1 }
        }
        return day
    }

    /// How many working days have passed from `day` to `end`; 0 where it is not later.
    package func count(after day: BusinessDay, through end: BusinessDay) -> Int {
        guard end > day else { return 0 }
        return (1...(end - day)).count { contains(day + $0) }
    }
}
