package import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Keeps what the first-tier branch decided of a customer in the place of what it said before.
    /// Where its date is closed here, the outlet's own result was provisional and makes room;
    /// otherwise the close of that date takes it.
    ///
    /// - Parameters:
    ///   - record: as it came.
    ///   - mending: in the place of what is here, whatever that says. Otherwise a word that was
    ///     said before the one that is here is overtaken, as in a snapshot that was made earlier.
    func take(
        _ said: TierStandingRecord, _ record: PassedOn, mending: Bool, _ db: Database
    ) throws {
        guard try mending || !db.isOvertaken(said) else { return }
        try db.keep(record)
        guard let closed = try db.lastClosed(), said.word.date <= closed,
            let customer = try db.customerID(said.customer),
            try db.hasAccount(customer, after: said.word.date)
        else { return }
        try decideAgain(said, customer, through: closed, db)
    }
}

extension BranchStore {
    /// The last closed date, where the first-tier branch has yet to close it with this outlet's
    /// figures; nil without a head office.
    package func provisionalDate() throws -> BusinessDay? {
        guard node.headOffice != nil else { return nil }
        return try read { db in
            guard let closed = try db.lastClosed() else { return nil }
            let through = try BusinessDay.fetchOne(
                db, prepared: "SELECT tierClosedThrough FROM line")
            return through.map { $0 >= closed } == true ? nil : closed
        }
    }
}

extension Database {
    /// NB: after head office came out of a backup its sequence has yet to come as far again, and
    /// nobody knows which word is the later.
    fileprivate func isOvertaken(_ said: TierStandingRecord) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM tierStanding, line
                    WHERE customer = ?1 AND said > ?2 AND said <= pulledThrough)
                """,
            arguments: [said.customer, said.word.said]) ?? false
    }

    fileprivate func keep(_ record: PassedOn) throws {
        let table = TierStandingRecord.table
        let values = table.columns.map { column -> (any DatabaseValueConvertible)? in
            let value = record.row["content"]?[column.name]
            return value?.string ?? value?.int
        }
        try execute(
            prepared: """
                INSERT OR REPLACE INTO tierStanding
                    (\(table.columns.map(\.name).joined(separator: ", ")))
                VALUES (\(table.columns.map { _ in "?" }.joined(separator: ", ")))
                """,
            arguments: StatementArguments(values))
    }

    /// The SQL that says whether a customer has an account here, under whatever number is theirs by
    /// now, that was not closed by a date. What was said of one whose accounts were another's
    /// through a merge that was taken back is not for this outlet.
    private static func hasAccount(customer: String, after day: String) -> String {
        """
        EXISTS (WITH RECURSIVE theirs (id, number) AS (
                SELECT id, number FROM customer AS own WHERE own.id = \(customer)
                UNION
                SELECT merged.id, merged.number FROM theirs
                JOIN customer AS merged ON merged.mergedInto = theirs.number)
            SELECT 1 FROM theirs JOIN account ON account.customer = theirs.id
            WHERE coalesce((SELECT closedOn FROM accountFact WHERE account = account.id
                ORDER BY accountFact.date DESC LIMIT 1), \(day) + 1) > \(day))
        """
    }

    fileprivate func hasAccount(_ customer: Int64, after day: BusinessDay) throws -> Bool {
        try Bool.fetchOne(
            self, prepared: "SELECT \(Self.hasAccount(customer: "?1", after: "?2"))",
            arguments: [customer, day]) ?? false
    }

    /// What the first-tier branch decided at the close of one date, by the customer's internal
    /// number.
    func firstTierWords(on day: BusinessDay) throws -> [Int64: FirstTierWord] {
        let statement = try cachedStatement(
            sql: """
                SELECT customer.id, said.* FROM tierStanding AS said
                JOIN customer ON customer.number = said.customer
                    AND customer.knownFrom <= said.date
                WHERE said.date = ?
                    AND \(Self.hasAccount(customer: "customer.id", after: "said.date"))
                """)
        return try Row.fetchAll(statement, arguments: [day]).reduce(into: [:]) { words, row in
            words[try row.value("id")] = try FirstTierWord(row: row)
        }
    }

    func firstTierWord(on customer: CustomerNumber) throws -> FirstTierWord? {
        try Row.fetchOne(
            self, prepared: "SELECT * FROM tierStanding WHERE customer = ?", arguments: [customer]
        ).map(FirstTierWord.init(row:))
    }
}

/// Whose results this outlet's are: its own until the first-tier branch has closed the same date.
struct FirstTierAuthority {
    /// Through which date the first-tier branch has closed with this outlet's figures.
    private let closedThrough: BusinessDay?
    /// What it said beside that. Of the customers that an outlet finds by itself it says nothing.
    private let words: [CustomerNumber: FirstTierWord]

    /// - Parameter only: of this customer alone.
    init(_ db: Database, only customer: CustomerNumber? = nil) throws {
        closedThrough = try BusinessDay.fetchOne(
            db, prepared: "SELECT tierClosedThrough FROM line")
        if let customer {
            words = try db.firstTierWord(on: customer).map { [customer: $0] } ?? [:]
        } else {
            // A list shows no histories.
            words = try Row.fetchAll(
                db,
                prepared: """
                    SELECT customer, date, pool, poolSince, origin, tier, tierSince, belowSince,
                        financialAssets, largestAccount, accumulated, lastAtMinimum, activeCard,
                        outlets, '{"pools":[],"tiers":[]}' AS history, said
                    FROM tierStanding
                    """
            ).reduce(into: [:]) { words, row in
                words[try row.value("customer")] = try FirstTierWord(row: row)
            }
        }
    }

    /// Who decided a customer's standing at the close of `day`.
    func decided(
        _ row: StandingRow, of customer: CustomerNumber, on day: BusinessDay
    ) -> DecidedBy {
        guard let closedThrough, closedThrough >= day else { return .outlet }
        guard let word = words[customer] else {
            // What was said has gone with the customer's last account here.
            return row.held.elsewhere == .none ? .firstTier : .outlet
        }
        return word.date <= day && word.agrees(with: row.standing) ? .firstTier : .outlet
    }

    /// The customer's pools and tiers at the close of `day`: those that the first-tier branch said,
    /// then the outlet's own.
    func history(
        of customer: CustomerNumber, _ standings: [Standing], on day: BusinessDay
    ) -> StandingHistory {
        guard let word = words[customer], word.date <= day else {
            return StandingHistory(standings)
        }
        var history = word.history
        for standing in standings where standing.date > word.date { history.append(standing) }
        return history
    }
}

extension FirstTierWord {
    init(row: Row) throws {
        let text = try row.value("history") as String
        guard
            let history = (try? JSONValue(reading: Array(text.utf8))).flatMap(
                StandingHistory.init(json:))
        else { throw StoreError.damaged("tierStanding") }
        self.init(
            standing: Standing(
                date: try row.value("date"), pool: try row.value("pool"),
                poolSince: try row.value("poolSince"), origin: try row.value("origin"),
                tier: try row.value("tier"), tierSince: try row.value("tierSince"),
                belowSince: try row.value("belowSince"),
                assets: Assets(
                    financial: try row.value("financialAssets"),
                    largestAccount: try row.value("largestAccount")),
                accumulated: try row.value("accumulated"),
                lastAtMinimum: try row.value("lastAtMinimum")),
            activeCard: try row.value("activeCard"), outlets: try row.value("outlets"),
            history: history, said: try row.value("said"))
    }
}
