package import Bank
import GRDB
import Vault

/// Which customers of this outlet CIF had merged into which by the close of a date. A number that
/// this outlet has yet to see takes over no accounts: they count as they did until it appears.
struct Merges {
    private var survivors: [Int64: Int64] = [:]
    private var since: [Int64: BusinessDay] = [:]
    private var absorbed: [Int64: [Int64]] = [:]
    /// Those of both sides of the merges of the date itself: the close has to look at them.
    private(set) var ofTheDate: [Int64] = []
    /// Whoever has a part in a merge, of whatever date.
    private var concerned: Set<Int64> = []

    init(_ db: Database, on day: BusinessDay) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT customerMerge.customer, survivor.id,
                    max(customerMerge.date, survivor.knownFrom)
                FROM customerMerge
                JOIN customer AS survivor ON survivor.number = customerMerge.survivor
                WHERE customerMerge.date <= ?1 AND survivor.knownFrom <= ?1
                ORDER BY customerMerge.date
                """,
            arguments: [day])
        while let row = try rows.next() {
            let (customer, survivor): (Int64, Int64) = (try row.value(0), try row.value(1))
            survivors[customer] = survivor
            concerned.formUnion([customer, survivor])
            let from: BusinessDay = try row.value(2)
            since[customer] = from
            if from == day { ofTheDate += [customer, survivor] }
        }
        ofTheDate += ofTheDate.map(survivor)
        for customer in survivors.keys.sorted() {
            absorbed[survivor(of: customer), default: []].append(customer)
        }
    }

    /// Whom the accounts of a customer's number count for; themselves where it was not merged.
    func survivor(of customer: Int64) -> Int64 {
        var last = customer
        // A circle was refused; should there be one, it is not followed for ever.
        for _ in 0...survivors.count {
            guard let next = survivors[last] else { break }
            last = next
        }
        return last
    }

    /// The numbers that count for another, each with the one that it counts for in the end and the
    /// date from which it does.
    var inForce: [(customer: Int64, survivor: Int64, since: BusinessDay)] {
        since.sorted { $0.key < $1.key }.map { customer, from in
            var (last, date) = (customer, from)
            for _ in 0...survivors.count {
                guard let next = survivors[last] else { break }
                date = max(date, since[last] ?? date)
                last = next
            }
            return (customer, last, date)
        }
    }

    /// Whether two customers are one.
    func areOne(_ one: Int64, _ other: Int64) -> Bool {
        survivor(of: one) == survivor(of: other)
    }

    /// The customers whose accounts are the customer's; none of one that is no more.
    func numbers(of customer: Int64) -> [Int64] {
        survivors[customer] == nil ? [customer] + (absorbed[customer] ?? []) : []
    }

    /// Those of the customers who have a part in a merge, and everybody for whom their accounts
    /// count.
    func withSurvivors(_ customers: some Sequence<Int64>) -> [Int64] {
        guard !concerned.isEmpty else { return [] }
        let merged = customers.filter(concerned.contains)
        return merged + merged.map(survivor)
    }
}

extension Database {
    /// Keeps that a number was merged into another; throws what is wrong with it as a fault's kind
    /// and facts.
    func merge(
        _ customer: CustomerNumber, into number: CustomerNumber, on date: BusinessDay,
        source: String
    ) throws -> (kind: MergeFault, facts: [String: String])? {
        guard let id = try customerID(customer) else { return nil }
        let facts = ["customer": customer.rawValue, "into": number.rawValue]
        let chain = try numbersAfter(number)
        guard number != customer, !chain.contains(customer) else { return (.circle, facts) }
        if let last = try numbersAfter(customer).last, last != chain.last ?? number {
            return (.elsewhere, facts.merging(["before": last.rawValue]) { $1 })
        }
        try execute(
            prepared: """
                INSERT OR IGNORE INTO customerMerge (customer, date, source, survivor)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [id, date, source, number])
        // CIF's row may have come late, and been passed over for a newer one.
        try refreshMergedInto(id)
        return nil
    }

    /// Takes back what an extract said of merges, so that another can say it anew.
    func clearMerges(on date: BusinessDay, source: String) throws {
        let customers = try Int64.fetchAll(
            self,
            prepared: "SELECT customer FROM customerMerge WHERE date = ? AND source = ?",
            arguments: [date, source])
        guard !customers.isEmpty else { return }
        try execute(
            prepared: "DELETE FROM customerMerge WHERE date = ? AND source = ?",
            arguments: [date, source])
        for customer in customers { try refreshMergedInto(customer) }
    }

    private func refreshMergedInto(_ customer: Int64) throws {
        try execute(
            prepared: """
                UPDATE customer SET mergedInto = said.survivor
                FROM (SELECT (SELECT survivor FROM customerMerge WHERE customer = ?1
                    ORDER BY date DESC LIMIT 1) AS survivor) AS said
                WHERE id = ?1 AND mergedInto IS NOT said.survivor
                """,
            arguments: [customer])
    }

    /// The number that a customer has now; nil where it was not merged, or into one alone that this
    /// outlet has yet to see.
    func survivor(of number: CustomerNumber) throws -> CustomerNumber? {
        try numbersAfter(number, knownOnly: true).last
    }

    /// Those whose number was merged into one that this outlet first sees on a date.
    func mergedBefore(_ date: BusinessDay) throws -> [CustomerNumber] {
        try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT DISTINCT customer.number FROM customerMerge
                JOIN customer ON customer.id = customerMerge.customer
                JOIN customer AS survivor ON survivor.number = customerMerge.survivor
                WHERE customerMerge.date < ?1 AND survivor.knownFrom = ?1
                ORDER BY customer.number
                """,
            arguments: [date])
    }

    /// A customer's number, and every one that CIF merged into it.
    func numbers(of customer: CustomerNumber) throws -> [CustomerNumber] {
        try CustomerNumber.fetchAll(
            self,
            prepared: """
                WITH RECURSIVE theirs (number) AS (
                    SELECT ?1
                    UNION
                    SELECT customer.number FROM theirs
                    JOIN customer ON customer.mergedInto = theirs.number)
                SELECT number FROM theirs
                """,
            arguments: [customer])
    }

    /// Throws where the number is no more.
    func requireUnmerged(_ number: CustomerNumber) throws {
        if let survivor = try survivor(of: number) {
            throw Refusal(
                .customerMerged, ["customer": number.rawValue, "into": survivor.rawValue])
        }
    }

    func number(of customer: Int64) throws -> String {
        try String.fetchOne(
            self, prepared: "SELECT number FROM customer WHERE id = ?", arguments: [customer])
            ?? ""
    }

    /// Into whom a customer was merged, and those in turn, the one that is left last.
    private func numbersAfter(
        _ customer: CustomerNumber, knownOnly: Bool = false
    ) throws -> [CustomerNumber] {
        var chain: [CustomerNumber] = []
        var last = customer
        while let next = try CustomerNumber.fetchOne(
            self,
            prepared: """
                SELECT survivor FROM customerMerge
                WHERE customer = (SELECT id FROM customer WHERE number = ?1)
                    AND (?2 = 0 OR EXISTS (SELECT 1 FROM customer WHERE number = survivor))
                ORDER BY date DESC LIMIT 1
                """,
            arguments: [last, knownOnly]), next != customer, !chain.contains(next)
        {
            chain.append(next)
            last = next
        }
        return chain
    }
}

/// Why CIF's word on a merge cannot be.
enum MergeFault { case circle, elsewhere }

extension BranchStore {
    /// The number that a customer has now where CIF merged the one that is asked for; nil otherwise.
    package func survivor(of number: CustomerNumber) throws -> CustomerNumber? {
        try read { try $0.survivor(of: number) }
    }
}

extension BranchStore {
    /// Reminds whom it concerns that a number somebody owns is no more and the one that is left is
    /// not theirs: people decide whose the customer is, and the first-tier branch where they cannot.
    func tellOfMerge(_ customer: CustomerNumber, on date: BusinessDay, _ db: Database) throws {
        guard let survivor = try db.survivor(of: customer),
            let owner = try db.ownership(of: customer, firstTier: node.firstTier).owner
        else { return }
        let other = try db.ownership(of: survivor, firstTier: node.firstTier).owner
        guard other?.outlet != owner.outlet || other?.manager != owner.manager else { return }
        let supervisors = try db.members(of: node.outlet)
            .filter { $0.active && $0.holds(.outletSupervisor) }.map(\.id)
        var facts = [
            "merged": customer.rawValue, "other": Self.named(other), "owner": Self.named(owner),
        ]
        // A transfer is to a manager alone: the close asks for the customer once there is one.
        if let other, other.outlet != node.outlet, owner.outlet == node.outlet,
            try ownManager(db, of: customer) == nil
        {
            facts["manager"] = "–"
        }
        let managers = [owner, other].compactMap { $0?.outlet == node.outlet ? $0?.manager : nil }
        for member in Set(supervisors + managers).sorted() {
            try db.remind(
                Reminder(
                    id: "\(Reminder.Kind.customerMerged.rawValue):"
                        + "\(customer):\(survivor):\(member)",
                    staff: member, kind: .customerMerged, customer: survivor, dueOn: date.next,
                    facts: facts), at: world.now())
        }
    }

    private static func named(_ owner: Ownership.Owner?) -> String {
        owner.map { [$0.manager?.rawValue, $0.outlet.rawValue].compactMap(\.self) }?
            .joined(separator: " · ") ?? "–"
    }
}
