import Bank
import GRDB
import Sync
import Vault

extension Database {
    /// What of the first-tier branch's close goes down to an outlet: customers' latest standings,
    /// where `tierWord` says that the outlet is to be told and it serves the customer.
    ///
    /// NB: what an outlet is told is few beside the branch's customers: a cross join begins there.
    ///
    /// - Parameters:
    ///   - order: what the condition goes through, so that its index is the one that is used.
    ///   - arguments: the second is the outlet.
    func tierWords(
        where condition: String, by order: String = "customer", _ arguments: StatementArguments
    ) throws -> [Sequenced<TierStandingRecord>] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT item.sequence AS said, latest.* FROM tierWord AS item
                CROSS JOIN tierStanding AS latest
                    ON latest.customer = item.customer AND latest.isLatest = 1
                WHERE item.outlet = ?2 AND \(condition) AND \(Self.serves("?2"))
                ORDER BY item.\(order)
                """,
            arguments: arguments
        ).map { row in
            let (customer, said): (CustomerNumber, Int64) = (
                try row.value("customer"), try row.value("said")
            )
            let history = StandingHistory(
                try Row.fetchAll(
                    self,
                    prepared: "SELECT * FROM tierStanding WHERE customer = ? ORDER BY date",
                    arguments: [customer]
                ).map(Standing.init(tierRow:)))
            return Sequenced(
                row: TierStandingRecord(
                    customer: customer,
                    word: FirstTierWord(
                        standing: try Standing(tierRow: row),
                        activeCard: try row.value("activeCard"), outlets: try row.value("outlets"),
                        history: history.recent, said: said)),
                sequence: said)
        }
    }

    /// The sequences and sizes of what of it is new to an outlet, 2, after one, 1. A closed date is
    /// news as well: the outlet's results of it are no longer provisional.
    static let sequencesOfTierWords = """
        SELECT sequence, 700 FROM tierWord AS item
        WHERE outlet = ?2 AND sequence > ?1 AND \(serves("?2"))
        UNION ALL
        SELECT sequence, 0 FROM tierClose WHERE sequence > ?1
        """

    /// Through which business date the first-tier branch has closed with an outlet's own figures,
    /// not carried forward.
    func tierClosed(with outlet: UnitCode) throws -> BusinessDay? {
        let last = try BusinessDay.fetchOne(self, prepared: "SELECT max(date) FROM tierClose")
        let late = try BusinessDay.fetchOne(
            self,
            prepared: """
                SELECT min(date) FROM tierClose
                WHERE late <> '[]' AND EXISTS (SELECT 1 FROM json_each(late) WHERE json_each.value = ?)
                """,
            arguments: [outlet])
        guard let last, let late else { return last }
        let before = late.previous
        // The first of all may have been without it.
        let first = try BusinessDay.fetchOne(self, prepared: "SELECT min(date) FROM tierClose")
        return first.map { before >= $0 } == true ? min(last, before) : nil
    }

    /// When each outlet that was told of a customer was.
    func tierWordSequences(of customer: CustomerNumber) throws -> [UnitCode: Int64] {
        let rows = try Row.fetchAll(
            self, prepared: "SELECT outlet, sequence FROM tierWord WHERE customer = ?",
            arguments: [customer])
        return try Dictionary(
            once: rows.map { (try $0.value(0), try $0.value(1)) }, in: "tierWord")
    }

    /// Outlets that were told are not told again.
    func setTierWordSequences(
        _ sequences: [UnitCode: Int64], of customer: CustomerNumber
    ) throws {
        for (outlet, sequence) in sequences {
            try execute(
                prepared: "UPDATE tierWord SET sequence = ? WHERE outlet = ? AND customer = ?",
                arguments: [sequence, outlet, customer])
        }
    }

    /// An outlet that comes to serve a customer once more is told again.
    func sayAgain(_ customer: CustomerNumber, to outlet: UnitCode) throws {
        let isTold = try Bool.fetchOne(
            self,
            prepared: "SELECT EXISTS (SELECT 1 FROM tierWord WHERE outlet = ? AND customer = ?)",
            arguments: [outlet, customer])
        guard isTold == true else { return }
        try execute(
            prepared: "UPDATE tierWord SET sequence = ? WHERE outlet = ? AND customer = ?",
            arguments: [try nextSequence(), outlet, customer])
    }
}

extension Standing {
    /// As the first-tier branch's close keeps it.
    fileprivate init(tierRow row: Row) throws {
        self.init(
            date: try row.value("date"), pool: try row.value("pool"),
            poolSince: try row.value("poolSince"), origin: try row.value("origin"),
            tier: try row.value("tier"), tierSince: try row.value("tierSince"),
            belowSince: try row.value("belowSince"),
            assets: Assets(
                financial: try row.value("financialAssets"),
                largestAccount: try row.value("largestAccount")),
            accumulated: try row.value("accumulated"),
            lastAtMinimum: try row.value("lastAtMinimum"))
    }
}
