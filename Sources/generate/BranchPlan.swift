package import Bank

/// How large a first-tier branch is to be made, and for which dates.
package struct BranchPlan: Sendable {
    /// What chance starts from; two first-tier branches of one given seed have different people.
    let seed: UInt64
    /// Two digits, the province's in GB/T 2260: `33`.
    package let firstTier: String
    package let outlets: Int
    /// Customers with an account at each outlet on the first date.
    package let customers: Int
    package let from: BusinessDay
    package let through: BusinessDay

    package init(
        seed: UInt64, firstTier: String, outlets: Int, customers: Int, from: BusinessDay,
        through: BusinessDay
    ) {
        self.seed = firstTier.utf8.reduce(seed) { $0 &* 257 &+ UInt64($1) }
        self.firstTier = firstTier
        self.outlets = outlets
        self.customers = customers
        self.from = from
        self.through = through
    }

    var days: Int { through - from + 1 }

    /// Customers who come to an outlet within a year, in a thousand of those who were there.
    static let arrivalsPerThousand = 40

    /// Serial numbers kept for one outlet's customers: those of the first date and nearly twice
    /// the arrivals that the dates give room for. Arrivals end there.
    var serialsPerOutlet: Int {
        customers + 8 + days * customers * Self.arrivalsPerThousand * 2 / 365_000
    }
}
