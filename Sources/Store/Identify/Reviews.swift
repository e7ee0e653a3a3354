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
                    try positions.largestAccount(of: customer)
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
    /// The largest balance of an account that can make its customer potential, of those that are
    /// smaller now, as it was before; and the largest of all as it is now.
    private var largestReduced = Fen.zero
    private var largestNow = Fen.zero

    mutating func add(
        _ category: Category?, from before: Fen, to now: Fen, weights: CategoryWeights
    ) {
        balance += now.rawValue - before.rawValue
        // One in another currency is held and counts as nothing.
        guard let category else { return }
        let counted = (before: max(before, .zero), now: max(now, .zero))
        financial += (counted.now.rawValue - counted.before.rawValue) * weights[category]
        guard weights.entersPotential(category) else { return }
        if counted.now < counted.before { largestReduced = max(largestReduced, counted.before) }
        largestNow = max(largestNow, counted.now)
    }

    /// Nil where the sum stands at its bound and may have been above.
    ///
    /// - Parameter largest: looks at all accounts, where the largest became smaller.
    func applied(to position: Position, largest: () throws -> Fen) rethrows -> Position? {
        guard position.assets.financial < Assets.most else { return nil }
        let before = position.assets.largestAccount
        let isReduced = largestReduced >= before && largestNow < before
        var position = position
        position.balance = position.balance + Fen(balance)
        position.assets = Assets(
            financial: min(position.assets.financial + HalfFen(financial), Assets.most),
            largestAccount: isReduced ? try largest() : max(before, largestNow))
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
        weights: CategoryWeights
    ) throws -> [Review] {
        var reviews: [Int64: Review.Extent] = [:]
        for customer in try customersToReadAnew(on: day, all: all) { reviews[customer] = .all }
        if !all { try addBalances(on: day, weights, to: &reviews) }
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
            prepared: "SELECT customer FROM standing WHERE isLatest = 1 AND reviewOn <= ?",
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
        on day: BusinessDay, _ weights: CategoryWeights, to reviews: inout [Int64: Review.Extent]
    ) throws {
        var changes = try RowQuery(
            self,
            prepared: """
                SELECT customer, category, currency, changed.amount,
                    (SELECT amount FROM balance
                        WHERE account = changed.account AND date < ?1
                        ORDER BY date DESC LIMIT 1) AS before,
                    (SELECT closedOn IS NULL OR closedOn > ?1 FROM accountFact
                        WHERE account = changed.account AND date <= ?1
                        ORDER BY date DESC LIMIT 1) AS isOpen
                FROM balance AS changed INDEXED BY balanceByDate
                CROSS JOIN account ON account.id = changed.account
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
            // Nil where nothing is known of the account yet: then it is none to count.
            if try changes.optionalInteger(5) == 1 {
                change.add(
                    try changes.text(2) == "CNY" ? try changes.word(1) : nil,
                    from: Fen(try changes.optionalInteger(4) ?? 0),
                    to: Fen(try changes.integer(3)), weights: weights)
            }
            reviews[customer] = .balances(change)
        }
    }
}
