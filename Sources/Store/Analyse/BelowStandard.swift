package import Bank
import GRDB
import Vault

/// A customer whose VIP card is of a higher level than their tier (`domain.md` item 46).
package struct BelowStandard: Sendable {
    package let customer: CustomerNumber
    package let name: String
    /// The highest of their active cards.
    package let card: Tier
    /// Nil is below gold.
    package let tier: Tier?
    /// The first business date on which the tier was below the card, or on which there was a card.
    package let since: BusinessDay
    /// Months' ends since then, the one that put them below included.
    package let months: Int
    /// The average of financial assets at the last close.
    package let average: Fen
    /// What the average lacks of the floor of the card's tier; zero where the next month's end
    /// raises the tier if nothing changes.
    package let gap: Fen
    package let ownership: Ownership
}

extension BranchStore {
    /// Who holds an active card above their tier, by customer number: the outlet's for a
    /// supervisor and those above, their own for a manager. The look is audited.
    package func belowStandard(for staff: StaffID) throws -> [BelowStandard] {
        let member = try actor(staff)
        let reach = member.reach(for: .outletReports)
        guard reach > .none, try isUnder(member.unit) else {
            throw Refusal(.notAllowed, ["staff": staff.rawValue])
        }
        try audit(.listed, by: staff.rawValue, on: nil)
        return try read { db in
            guard let closed = try db.lastClosed() else { return [] }
            let parameters = try parameters(db, on: closed)
            return try db.cardHolders(on: closed).compactMap { id, card in
                try belowStandard(db, id, card, on: closed, parameters)
            }.filter { reach > .own || $0.ownership.owner?.manager == staff }
                .sorted { $0.customer < $1.customer }
        }
    }

    private func belowStandard(
        _ db: Database, _ id: Int64, _ card: CardHeld, on closed: BusinessDay,
        _ parameters: RuleParameters
    ) throws -> BelowStandard? {
        guard let row = try db.latestStanding(of: id), card.isAbove(row.standing.tier),
            let customer = try db.customer(id)
        else { return nil }
        let number: CustomerNumber = try customer.value("number")
        let standings = try db.standings(of: id)
        // The row after the last one that was high enough is the one that fell.
        let fellOn = standings.lastIndex { !card.isAbove($0.tier) }.map { standings[$0 + 1].date }
        let known = standings.first?.date ?? closed
        let average = try db.average(of: row, id, on: closed, by: parameters)
        let floor = parameters.tierFloors[card.level] ?? .zero
        return BelowStandard(
            customer: number, name: try name(customer), card: card.level,
            tier: row.standing.tier, since: max(card.issuedOn, fellOn?.next ?? known),
            months: closed.monthsEnds(from: max(card.issuedOn, fellOn ?? known)),
            average: average.rounded,
            gap: average.reaches(floor) ? .zero : max(Fen(1), floor + -average.rounded),
            ownership: try db.ownership(of: number, firstTier: node.firstTier))
    }
}

/// The highest of a customer's active cards.
private struct CardHeld {
    let level: Tier
    let issuedOn: BusinessDay

    func isAbove(_ tier: Tier?) -> Bool { tier.map { $0 < level } ?? true }
}

extension Database {
    /// Customers with an active card at a close, under the number that they have by then.
    fileprivate func cardHolders(on day: BusinessDay) throws -> [Int64: CardHeld] {
        let merges = try Merges(self, on: day)
        let rows = try Row.fetchCursor(
            self,
            sql: """
                SELECT customer, level, issuedOn FROM cardFact
                WHERE status = 'active' AND date = (SELECT max(date) FROM cardFact AS said
                    WHERE said.card = cardFact.card AND said.date <= ?)
                """,
            arguments: [day])
        var holders: [Int64: CardHeld] = [:]
        while let row = try rows.next() {
            let customer = merges.survivor(of: try row.value(0))
            let card = CardHeld(level: try row.value(1), issuedOn: try row.value(2))
            if let known = holders[customer],
                (known.level, card.issuedOn) >= (card.level, known.issuedOn)
            {
                continue
            }
            holders[customer] = card
        }
        return holders
    }

    fileprivate func customer(_ id: Int64) throws -> Row? {
        try Row.fetchOne(
            self, prepared: "SELECT number, name FROM customer WHERE id = ?", arguments: [id])
    }
}

extension BusinessDay {
    /// How many months' ends there were from `first` through this day.
    fileprivate func monthsEnds(from first: BusinessDay) -> Int {
        func before(_ day: BusinessDay) -> Int {
            let (year, month, _) = day.components
            return year * 12 + month
        }
        return max(0, before(next) - before(first))
    }
}
