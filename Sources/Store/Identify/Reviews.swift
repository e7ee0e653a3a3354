import Bank
import GRDB
import Vault

/// One customer whom the close of a day looks at, and how much of what they have may have moved.
struct Review {
    let customer: Int64
    fileprivate(set) var extent: Extent

    enum Extent {
        /// Whatever is known of them may be another now: everything is read anew.
        case all
        /// Balances alone, and so by how much is known.
        case balances(BalanceChange)
        /// Nothing: the day itself, or what somebody entered, may move a rule.
        case nothing
    }

    /// What the customer has now; from what they had at the last close as far as that says it.
    func position(after previous: StandingRow?, _ positions: inout Positions) throws -> Position {
        if let previous {
            switch extent {
            case .nothing: return previous.position
            case .balances(let change):
                let moved = try change.applied(to: previous.position) {
                    try positions.largestAccounts(of: customer)
                }
                if let moved { return moved }
            case .all: break
            }
        }
        return try positions.position(of: customer)
    }
}

/// By how much one customer's balances moved on one day, of those that count.
struct BalanceChange {
    private var balance: Int64 = 0
    /// In half-fen.
    private var financial: Int64 = 0
    /// Of the accounts that can make their customer potential.
    private var largestBefore = LargestAccounts.none
    private var largestNow = LargestAccounts.none

    mutating func add(
        _ category: Category?, from before: Fen, to now: Fen, weights: CategoryWeights
    ) {
        balance += now.rawValue - before.rawValue
        // One in another currency is held and counts as nothing.
        guard let category else { return }
        let counted = (before: max(before, .zero), now: max(now, .zero))
        financial += (counted.now.rawValue - counted.before.rawValue) * weights[category]
        guard weights.entersPotential(category) else { return }
        largestBefore.add(counted.before)
        largestNow.add(counted.now)
    }

    /// Nil where the sum stands at its bound and may have been above.
    ///
    /// - Parameter largest: looks at all accounts, where the changed ones do not say.
    func applied(
        to position: Position, largest: () throws -> LargestAccounts
    ) rethrows -> Position? {
        guard position.assets.financial < Assets.most else { return nil }
        let now = try position.largest.changing(from: largestBefore, to: largestNow) ?? largest()
        var position = position
        position.balance = position.balance + Fen(balance)
        position.assets = Assets(
            financial: min(position.assets.financial + HalfFen(financial), Assets.most),
            largestAccount: now.first)
        position.secondLargest = now.second
        return position
    }
}

extension Database {
    /// Whom the close of `day` has to look at: those something came for, and those due; in the
    /// order of their numbers within the node.
    ///
    /// Everything of whoever has a part in a merge is read anew: there are few of them, and what
    /// moved for one number counts for another.
    ///
    /// - Parameters:
    ///   - all: every customer, and everything of theirs.
    ///   - others: to look at for other reasons.
    func reviews(
        on day: BusinessDay, all: Bool, and others: [Int64], _ merges: Merges,
        weights: CategoryWeights, _ positions: inout Positions
    ) throws -> [Review] {
        var reviews: [Int64: Review.Extent] = [:]
        for customer in try customersToReadAnew(on: day, all: all) { reviews[customer] = .all }
        if !all { try addBalances(on: day, weights, &positions, to: &reviews) }
        for customer in others + (try customersDue(on: day)) where reviews[customer] == nil {
            reviews[customer] = .nothing
        }
        for customer in merges.withSurvivors(reviews.keys) { reviews[customer] = .all }
        return reviews.map { Review(customer: $0.key, extent: $0.value) }
            .sorted { $0.customer < $1.customer }
    }

    private func customersDue(on day: BusinessDay) throws -> [Int64] {
        try Int64.fetchAll(
            self,
            prepared: "SELECT customer FROM latestStanding WHERE reviewOn <= ?",
            arguments: [day])
    }

    private func customersToReadAnew(on day: BusinessDay, all: Bool) throws -> [Int64] {
        try Int64.fetchAll(
            self,
            prepared: """
                SELECT account.customer FROM accountFact
                JOIN account ON account.id = accountFact.account
                WHERE accountFact.date = ?1 OR accountFact.closedOn = ?1
                UNION
                SELECT said.customer FROM cardFact JOIN cardFact AS said USING (card)
                WHERE cardFact.date = ?1
                UNION
                SELECT id FROM customer WHERE knownFrom = ?1
                UNION
                SELECT id FROM customer WHERE ?2 AND knownFrom <= ?1
                UNION
                SELECT account.customer FROM balance JOIN account ON account.id = balance.account
                WHERE ?2 AND balance.date = ?1
                """,
            arguments: [day, all])
    }

    /// The day's balances, each with the one before it. An account that the day says something else
    /// of, or that is closed on it, is its customer's to be read anew.
    private func addBalances(
        on day: BusinessDay, _ weights: CategoryWeights, _ positions: inout Positions,
        to reviews: inout [Int64: Review.Extent]
    ) throws {
        var changes = try RowQuery(
            self,
            prepared: """
                SELECT customer, category, currency = 'CNY' AS isCounted, changed.amount,
                    (SELECT amount FROM balance
                        WHERE account = changed.account AND date < ?1
                        ORDER BY date DESC LIMIT 1) AS before,
                    changed.account
                FROM balance AS changed INDEXED BY balanceByDate
                CROSS JOIN account INDEXED BY accountHead ON account.id = changed.account
                WHERE changed.date = ?1
                """)
        changes.bind(day, at: 1)
        while try changes.next() {
            let customer = try changes.integer(0)
            var change = BalanceChange()
            switch reviews[customer] {
            case .all: continue
            case .balances(let known): change = known
            case .nothing, nil: break
            }
            let account = try changes.integer(5)
            if try positions.isOpen(account) {
                change.add(
                    try changes.flag(2) ? try changes.word(1) : nil,
                    from: Fen(try changes.optionalInteger(4) ?? 0),
                    to: Fen(try changes.integer(3)), weights: weights)
            }
            reviews[customer] = .balances(change)
        }
    }
}
