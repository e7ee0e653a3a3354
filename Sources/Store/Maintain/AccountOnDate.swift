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
}
