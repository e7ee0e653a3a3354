import Bank
import GRDB
import Vault

extension Database {
    /// Accounts that a fact says something about closing of, and those named by facts of later dates
    /// than `day`: of any other account its first fact says that it is open, on `day` and after it.
    func accountsPerhapsClosed(from day: BusinessDay) throws -> Set<Int64> {
        var found = try RowQuery(
            self,
            prepared: """
                SELECT account FROM accountFact INDEXED BY accountFactClosed
                WHERE closedOn IS NOT NULL
                UNION ALL
                SELECT account FROM accountFact WHERE date > ?
                """)
        found.bind(day, at: 1)
        var accounts: Set<Int64> = []
        while try found.next() { accounts.insert(try found.integer(0)) }
        return accounts
    }
}

/// Reads what customers have at a day's close, under all the numbers that are theirs, from their
/// accounts, facts and cards.
struct Positions: ~Copyable {
    private let day: BusinessDay
    private let outlet: UnitCode
    private let weights: CategoryWeights
    private let merges: Merges
    private let mayBeClosed: Set<Int64>
    private var accounts: RowQuery
    private var cards: RowQuery
    private var amounts: RowQuery
    private var openness: RowQuery

    init(
        _ db: Database, at day: BusinessDay, outlet: UnitCode, weights: CategoryWeights,
        _ merges: Merges, mayBeClosed: Set<Int64>
    ) throws {
        var accounts = try RowQuery(
            db,
            prepared: """
                SELECT category, currency, fact.openingOutlet, fact.openedOn, fact.subcategory,
                    fact.closedOn, fact.status,
                    \(AccountOnDate.amount) AS amount
                FROM \(AccountOnDate.facts)
                WHERE customer = ?1
                """)
        accounts.bind(day, at: 2)
        var cards = try RowQuery(
            db,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM cardFact
                    WHERE customer = ?1 AND issuingOutlet = ?2 AND status = 'active'
                        AND date = (SELECT max(date) FROM cardFact AS said
                            WHERE said.card = cardFact.card AND said.date <= ?3)) AS active
                """)
        cards.bind(outlet.rawValue, at: 2)
        cards.bind(day, at: 3)
        var amounts = try RowQuery(
            db,
            prepared: """
                SELECT id, category, currency, coalesce(\(AccountOnDate.amount), 0) AS amount
                FROM account INDEXED BY accountByCustomer
                WHERE customer = ?1
                """)
        amounts.bind(day, at: 2)
        var isOpen = try RowQuery(
            db,
            prepared: """
                SELECT closedOn IS NULL OR closedOn > ?2 AS isOpen FROM accountFact
                WHERE account = ?1 AND date <= ?2
                ORDER BY date DESC LIMIT 1
                """)
        isOpen.bind(day, at: 2)
        self.day = day
        self.outlet = outlet
        self.weights = weights
        self.merges = merges
        self.mayBeClosed = mayBeClosed
        self.accounts = accounts
        self.cards = cards
        self.amounts = amounts
        openness = isOpen
    }

    mutating func position(of customer: Int64) throws -> Position {
        var position = Position()
        var holdings: [Holding] = []
        for number in merges.numbers(of: customer) {
            try addAccounts(of: number, to: &position, &holdings)
            cards.restart()
            cards.bind(number, at: 1)
            if try cards.next(), try cards.flag(0) { position.activeCard = true }
        }
        position.assets = Assets(of: holdings, weights: weights)
        var largest = LargestAccounts.none
        for holding in holdings where weights.entersPotential(holding.category) {
            largest.add(holding.counted)
        }
        position.secondLargest = largest.second
        return position
    }

    private mutating func addAccounts(
        of number: Int64, to position: inout Position, _ holdings: inout [Holding]
    ) throws {
        accounts.restart()
        accounts.bind(number, at: 1)
        while try accounts.next() {
            if let closed = try accounts.optionalDay(5), closed <= day { continue }
            let amount = Fen(try accounts.optionalInteger(7) ?? 0)
            let category: Bank.Category = try accounts.word(0)
            position.accounts += 1
            position.balance = position.balance + amount
            if try accounts.text(1) == "CNY" {
                holdings.append(Holding(category: category, balance: amount))
            }
            // As R6 asks for one; the first-tier branch's close sees it by this alone.
            if category == .deposit, try accounts.text(4) == "demand",
                try accounts.text(6) == "normal", try accounts.text(2) == outlet.rawValue
            {
                let opened = try accounts.day(3)
                position.demandAccountOpened =
                    min(position.demandAccountOpened ?? opened, opened)
            }
        }
    }

    /// The largest accounts alone, of a customer without merged numbers: of the others no more is
    /// read than their balances.
    mutating func largestAccounts(of customer: Int64) throws -> LargestAccounts {
        var held: [(account: Int64, amount: Fen)] = []
        amounts.restart()
        amounts.bind(customer, at: 1)
        while try amounts.next() {
            let amount = Fen(try amounts.integer(3))
            if amount > .zero, try amounts.text(2) == "CNY",
                weights.entersPotential(try amounts.word(1))
            {
                held.append((try amounts.integer(0), amount))
            }
        }
        held.sort { $0.amount > $1.amount }
        var largest = LargestAccounts.none
        for (account, amount) in held where largest.second == .zero {
            if try isOpen(account) { largest.add(amount) }
        }
        return largest
    }

    mutating func isOpen(_ account: Int64) throws -> Bool {
        guard mayBeClosed.contains(account) else { return true }
        openness.restart()
        openness.bind(account, at: 1)
        return try openness.next() && openness.flag(0)
    }
}
