package import Bank

/// A date that exists, as the tests' tables write it: `day("2025-03-31")`.
package func day(_ text: String) -> BusinessDay {
    guard let day = BusinessDay(text) else { preconditionFailure("\(text) is no date") }
    return day
}

/// An amount as the tests' tables write it: `yuan("10000.00")`.
package func yuan(_ text: String) -> Fen {
    guard let amount = Fen(text) else { preconditionFailure("\(text) is no amount") }
    return amount
}

extension ClosedRange<BusinessDay> {
    /// Every date of the range, in order.
    package var days: [BusinessDay] {
        (0...(upperBound - lowerBound)).map { lowerBound + $0 }
    }
}
