package import Bank
import Foundation
import GRDB
import Vault

/// Where a customer stands at the last close, with the measures brought to that date.
package struct CustomerStanding: Sendable {
    package let number: CustomerNumber
    package let standing: Standing
    package let businessDate: BusinessDay
    package let ownership: Ownership
    /// Of the financial assets, what is held at this outlet.
    package let here: HalfFen
    package let decidedBy: DecidedBy
    /// Whether a first-tier branch's close will decide it.
    package let isProvisional: Bool
    /// Of the financial assets, at the business date, by the method then in force.
    package let measured: Average

    /// Half-fen summed over the days of the average: the year's through the business date, unless
    /// the bank chose another method.
    package var accumulated: HalfFen { measured.total }
    /// The days that the average divides by.
    package var days: Int { measured.days }
    /// Whether the days are those of the year through the business date.
    package var isOfTheYear: Bool { measured.days == businessDate.dayOfYear }
    /// The average, rounded to the fen for display.
    package var average: Fen { measured.rounded }
}

/// One account as the customer's page shows it.
package struct AccountView: Sendable {
    package let number: String
    package let category: Bank.Category
    package let subcategory: String
    package let product: String
    package let currency: String
    package let balance: Fen
    package let openedOn: BusinessDay
    package let closedOn: BusinessDay?
    package let maturesOn: BusinessDay?
    package let status: String

    /// One in another currency is held and counts as nothing: extracts bring no rates
    /// (`domain.md` 2.1).
    package var isForeign: Bool { currency != "CNY" }
}

/// One VIP card.
package struct CardView: Sendable {
    package let number: String
    package let level: Tier
    package let status: String
    package let issuedOn: BusinessDay
    package let issuingOutlet: UnitCode
}

/// All that the customer's page shows.
package struct CustomerView: Sendable {
    package let customer: Customer
    package let position: CustomerStanding
    package let accounts: [AccountView]
    package let cards: [CardView]
    package let contacts: [Contact]
    package let profile: Profile
    package let marketingHold: MarketingHold?
    /// Why the pool and the tier are what they are.
    package let reasons: [StandingReason]
    package let history: StandingHistory
    /// What corrections made void and did not decide again.
    package let voided: [VoidedChange]
    /// The numbers that CIF merged into this one.
    package let mergedNumbers: [CustomerNumber]
    /// How much each category of account counts in financial assets.
    package let weights: CategoryWeights
}

/// One row of a list of customers.
package struct CustomerRowView: Sendable {
    package let position: CustomerStanding
    package let name: String
    package let lastContact: BusinessDay?
}

extension BranchStore {
    /// One customer of this outlet, also by a number that CIF merged into theirs; the look is
    /// audited.
    package func customer(_ asked: CustomerNumber, by actor: String) throws -> CustomerView {
        let view = try read { db -> CustomerView in
            let number = try db.survivor(of: asked) ?? asked
            guard let customer = try db.customer(number, secrets),
                let id = try db.customerID(number), let row = try db.latestStanding(of: id),
                let closed = try db.lastClosed()
            else { throw Refusal(.unknownCustomer, ["customer": number.rawValue]) }
            let numbers = try Merges(db, on: closed).numbers(of: id)
            let parameters = try parameters(db, on: closed)
            let measured = try db.average(of: row, id, on: closed, by: parameters)
            let standings = try db.standings(of: id)
            let authority = try FirstTierAuthority(db, only: number)
            return CustomerView(
                customer: customer,
                position: position(
                    of: number, row, on: closed, measured,
                    try db.ownership(of: number, firstTier: node.firstTier), authority),
                accounts: try numbers.flatMap { try accounts(db, of: $0, at: closed) },
                cards: try numbers.flatMap { try cards(db, of: $0, at: closed) },
                contacts: try contacts(db, with: number), profile: try profile(db, of: number),
                marketingHold: try marketingHold(db, on: number),
                reasons: try reasons(db, standings, on: closed, average: measured),
                history: authority.history(of: number, standings, on: closed),
                voided: try db.voidedChanges(of: id),
                mergedNumbers: try numbers.dropFirst().map {
                    CustomerNumber(try db.number(of: $0))
                },
                weights: parameters.weights)
        }
        try audit(.lookedAtCustomer, by: actor, on: view.customer.number.rawValue)
        return view
    }

    /// Every customer of this outlet in the order of their numbers; for an operator, audited.
    package func standings(by actor: String) throws -> [CustomerStanding] {
        try audit(.listed, by: actor, on: nil)
        return try read { db in
            guard let closed = try db.lastClosed() else { return [] }
            let parameters = try parameters(db, on: closed)
            let authority = try FirstTierAuthority(db)
            return try Row.fetchAll(
                db,
                prepared: """
                    SELECT standing.customer, number, \(StandingRow.columns)
                    FROM latestStanding AS latest
                    JOIN standing ON \(StandingRow.isLatest(of: "latest.customer"))
                    JOIN customer ON customer.id = latest.customer
                    ORDER BY number
                    """
            ).map { row in
                let number: CustomerNumber = try row.value("number")
                let said = try StandingRow(row)
                return position(
                    of: number, said, on: closed,
                    try db.average(
                        of: said, try row.value("customer"), on: closed, by: parameters),
                    try db.ownership(of: number, firstTier: node.firstTier), authority)
            }
        }
    }

    /// The customers that a manager looks after; of the whole outlet without one.
    package func customers(of manager: StaffID?, by actor: String) throws -> [CustomerRowView] {
        try audit(.listed, by: actor, on: manager?.rawValue)
        return try read { db in
            guard let closed = try db.lastClosed() else { return [] }
            let parameters = try parameters(db, on: closed)
            let authority = try FirstTierAuthority(db)
            return try Row.fetchAll(
                db,
                prepared: """
                    SELECT standing.customer, number, name, holder.outlet, holder.manager, holder.since,
                        holder.state,
                        CASE WHEN EXISTS (SELECT 1 FROM customer AS merged
                            WHERE merged.mergedInto = customer.number)
                        THEN (SELECT max(date) FROM contact WHERE contact.customer IN (
                            WITH RECURSIVE theirs (number) AS (
                                SELECT customer.number
                                UNION
                                SELECT merged.number FROM theirs
                                JOIN customer AS merged ON merged.mergedInto = theirs.number)
                            SELECT number FROM theirs))
                        ELSE (SELECT max(date) FROM contact WHERE contact.customer = number)
                        END AS lastContact,
                        \(StandingRow.columns)
                    FROM holder
                    JOIN customer ON customer.number = holder.customer
                    JOIN standing ON \(StandingRow.isLatest(of: "customer.id"))
                    WHERE holder.outlet = ?1 AND (?2 IS NULL OR holder.manager = ?2)
                    ORDER BY number
                    """,
                arguments: [node.outlet, manager]
            ).map { row in
                let said = try StandingRow(row)
                return CustomerRowView(
                    position: position(
                        of: try row.value("number"), said, on: closed,
                        try db.average(
                            of: said, try row.value("customer"), on: closed, by: parameters),
                        Ownership(
                            owner: Ownership.Owner(
                                manager: try row.value("manager"), outlet: try row.value("outlet"),
                                since: try row.value("since")), state: try row.value("state"),
                            claim: nil), authority),
                    name: try name(row), lastContact: try row.value("lastContact"))
            }
        }
    }

    private func position(
        of customer: CustomerNumber, _ row: StandingRow, on closed: BusinessDay,
        _ measured: Average, _ ownership: Ownership, _ authority: FirstTierAuthority
    ) -> CustomerStanding {
        let decidedBy = authority.decided(row, of: customer, on: closed)
        return CustomerStanding(
            number: customer, standing: row.standing, businessDate: closed, ownership: ownership,
            here: row.held.here.financial, decidedBy: decidedBy,
            isProvisional: node.headOffice != nil && decidedBy == .outlet, measured: measured)
    }

    /// Shows one direct identifier in clear; the reason is written down first.
    package func unmask(
        _ field: String, of number: CustomerNumber, by staff: StaffID, reason: String
    ) throws -> String {
        let text = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Refusal(.reasonMissing) }
        guard text.count <= 200 else {
            throw Refusal(.textTooLong, ["field": "reason", "most": "200"])
        }
        return try write { db in
            let member = try db.actor(staff)
            let reach = member.reach(for: .unmask)
            let owner = try db.ownership(of: number, firstTier: node.firstTier).owner
            guard
                try reach >= .outlet
                    || reach == .own
                        && (owner?.manager == staff || ownsMerged(db, staff, number))
            else {
                throw Refusal(.notAllowed, ["staff": staff.rawValue])
            }
            guard let customer = try db.customer(number, secrets) else {
                throw Refusal(.unknownCustomer, ["customer": number.rawValue])
            }
            let profile = try self.profile(db, of: number)
            let fields: [String: String?] = [
                "name": customer.name, "idNumber": customer.idNumber, "mobile": customer.mobile,
                "address": customer.address, "profile-mobile": profile[.mobile],
                "profile-address": profile[.address],
            ]
            guard let value = fields[field] else { throw Refusal(.unknownField) }
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .unmasked,
                    subject: number.rawValue,
                    detail: ["field": .string(field), "reason": .string(text)]))
            return value ?? ""
        }
    }

    private func accounts(
        _ db: Database, of customer: Int64, at day: BusinessDay
    ) throws -> [AccountView] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT number, numberIndex, category, currency, fact.*,
                    \(AccountOnDate.amount) AS amount
                FROM \(AccountOnDate.facts)
                WHERE customer = ?1
                ORDER BY category, openedOn, account.id
                """,
            arguments: [customer, day]
        ).map { row in
            let number = try secrets.open(
                try row.value("number"), "account",
                hexadecimal(try row.value("numberIndex") as Blob?), "number")
            // A closed account counts as 0, whatever was said of it last (`domain.md` 2.1).
            let closed: BusinessDay? = try row.value("closedOn")
            let amount: Fen? = closed.map { $0 <= day } == true ? nil : try row.value("amount")
            return AccountView(
                number: number ?? "", category: try row.value("category"),
                subcategory: try row.value("subcategory"),
                product: try row.value("product"), currency: try row.value("currency"),
                balance: amount ?? .zero, openedOn: try row.value("openedOn"),
                closedOn: closed, maturesOn: try row.value("maturesOn"),
                status: try row.value("status"))
        }
    }

    func cards(
        _ db: Database, of customer: Int64, at day: BusinessDay
    ) throws -> [CardView] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT number, numberIndex, level, status, issuedOn, issuingOutlet FROM cardFact
                JOIN card ON card.id = cardFact.card
                WHERE customer = ?1 AND date = (SELECT max(date) FROM cardFact AS said
                    WHERE said.card = cardFact.card AND said.date <= ?2)
                ORDER BY issuedOn, card.id
                """,
            arguments: [customer, day]
        ).map { row in
            CardView(
                number: try secrets.open(
                    try row.value("number"), "card",
                    hexadecimal(try row.value("numberIndex") as Blob?), "number")
                    ?? "",
                level: try row.value("level"), status: try row.value("status"),
                issuedOn: try row.value("issuedOn"),
                issuingOutlet: try row.value("issuingOutlet"))
        }
    }
}
