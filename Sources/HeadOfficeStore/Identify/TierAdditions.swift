import Bank
import GRDB
import Vault

// What people entered at outlets for the close to act on. Additions by hand (R6) as head office knows
// them: the outlet's claim of kind `manual`. It counts
// at the close of its business date where the outlet did not take it back before that, and where
// the customer has a demand account there in the figures of that date. Renewals are the outlets'
// records.

extension Database {
    /// Whom a close of `day` makes targets by hand.
    func tierAdditions(on day: BusinessDay) throws -> Set<CustomerNumber> {
        try CustomerNumber.fetchSet(
            self, prepared: "SELECT customer FROM \(Self.additions)",
            arguments: ["day": day, "text": day.description])
    }

    /// The business dates of a customer's claims by hand, whether they count or not.
    func tierAdditionDates(of customer: CustomerNumber) throws -> [BusinessDay] {
        try String.fetchAll(
            self,
            prepared: """
                SELECT \(Self.businessDate) FROM claim
                WHERE customer = ? AND instr(content, '"kind":"manual"') > 0
                """,
            arguments: [customer]
        ).compactMap(BusinessDay.init)
    }

    /// The last business date through `day` on which a supervisor renewed a target by hand, of an
    /// outlet that had an account of the customer at that date: nobody renews another's.
    func tierRenewal(of customer: CustomerNumber, through day: BusinessDay) throws -> BusinessDay? {
        try BusinessDay.fetchOne(
            self,
            prepared: """
                SELECT max(date) FROM targetRenewal
                WHERE customer = ? AND date <= ? AND (
                    SELECT accounts FROM standing
                    WHERE standing.customer = targetRenewal.customer
                        AND standing.outlet = targetRenewal.outlet
                        AND standing.date <= targetRenewal.date
                    ORDER BY standing.date DESC LIMIT 1) > 0
                """,
            arguments: [customer, day])
    }

    func tierRenewalDates(of customer: CustomerNumber) throws -> [BusinessDay] {
        try BusinessDay.fetchAll(
            self, prepared: "SELECT date FROM targetRenewal WHERE customer = ?",
            arguments: [customer])
    }

    /// The first of that name in canonical JSON; as the index has it.
    static let businessDate = """
        substr(content, instr(content, '"businessDate":"') + 16, 10)
        """

    private static let additions = """
        claim INDEXED BY claimByHand
        WHERE instr(content, '"kind":"manual"') > 0 AND \(businessDate) = :text
            AND json_extract(content, '$.kind') = 'manual'
            AND json_extract(content, '$.outlet') = author
            AND NOT EXISTS (SELECT 1 FROM claim AS back
                WHERE back.customer = claim.customer AND back.author = claim.author
                    AND json_extract(back.content, '$.kind') = 'release'
                    AND json_extract(back.content, '$.base') = claim.id
                    AND json_extract(back.content, '$.businessDate') = :text)
            AND (SELECT demandAccountOpened FROM standing
                WHERE standing.customer = claim.customer AND standing.outlet = claim.author
                    AND standing.date <= :day
                ORDER BY standing.date DESC LIMIT 1) IS NOT NULL
        """
}
