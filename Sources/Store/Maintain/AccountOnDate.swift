/// How an account stands on a business date, in SQL that names the date `?2`.
enum AccountOnDate {
    /// The last amount that an extract said of the account by the date; NULL where none did.
    static let amount = """
        (SELECT amount FROM balance
            WHERE account = account.id AND date <= ?2
            ORDER BY date DESC LIMIT 1)
        """

    /// Accounts with the `fact` that the last extract which named them said by the date.
    static let facts = """
        account
        JOIN accountFact AS fact ON fact.account = account.id AND fact.date = (
            SELECT max(date) FROM accountFact WHERE account = account.id AND date <= ?2)
        """

    /// Whether an account that an expression names is open on a date: unless the last fact of it by
    /// the date says otherwise. Of most accounts no fact says anything about closing.
    static func isOpen(_ account: String, on day: String) -> String {
        """
        CASE WHEN EXISTS (SELECT 1 FROM accountFact INDEXED BY accountFactClosed
            WHERE account = \(account) AND closedOn IS NOT NULL)
        THEN coalesce((SELECT closedOn IS NULL OR closedOn > \(day) FROM accountFact
            WHERE account = \(account) AND date <= \(day)
            ORDER BY date DESC LIMIT 1), 0)
        ELSE 1 END
        """
    }
}
