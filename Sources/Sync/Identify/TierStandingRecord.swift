package import Bank
package import Sealing

/// The first-tier branch's word on a customer as it travels among the records that are passed on.
package struct TierStandingRecord: Hashable, Sendable {
    package static let table = SyncedTable.tierStanding

    package let customer: CustomerNumber
    package let word: FirstTierWord

    package init(customer: CustomerNumber, word: FirstTierWord) {
        self.customer = customer
        self.word = word
    }

    /// Nil where it is another record, or not what this version can keep.
    package init?(_ record: PassedOn) {
        guard record.table == Self.table.name, let row = record.row["content"]?.object else {
            return nil
        }
        let record = PassedOn(outlet: record.outlet, table: record.table, row: row)
        guard record.values(of: Self.table) != nil, let customer = record.customer else {
            return nil
        }
        func day(_ name: String) -> BusinessDay? {
            record.row[name]?.int.flatMap(Int32.init(exactly:)).map(
                BusinessDay.init(daysSinceEpoch:))
        }
        /// Nil within where the column is empty, and without where it says nothing that is known.
        func code<Code: RawRepresentable<String>>(_ name: String) -> Code?? {
            guard let text = record.row[name]?.string else { return .some(nil) }
            return Code(rawValue: text).map(Optional.some)
        }
        guard let date = day("date"), let poolSince = day("poolSince"),
            let pool = record.row["pool"]?.string.flatMap(Pool.init(rawValue:)),
            let origin = code("origin") as Origin??, let tier = code("tier") as Tier??,
            let assets = record.row["financialAssets"]?.int,
            let largest = record.row["largestAccount"]?.int,
            let accumulated = record.row["accumulated"]?.int,
            let activeCard = record.row["activeCard"]?.int, (0...1).contains(activeCard),
            let outlets = record.row["outlets"]?.int,
            let text = record.row["history"]?.string,
            let history = (try? JSONValue(reading: Array(text.utf8))).flatMap(
                StandingHistory.init(json:)),
            let said = record.row["said"]?.int
        else { return nil }
        let (tierSince, belowSince) = (day("tierSince"), day("belowSince"))
        guard (pool == .target) == (origin != nil), (tier == nil) == (tierSince == nil),
            pool == .target || tier == nil && belowSince == nil
        else { return nil }
        self.init(
            customer: CustomerNumber(customer),
            word: FirstTierWord(
                standing: Standing(
                    date: date, pool: pool, poolSince: poolSince, origin: origin, tier: tier,
                    tierSince: tierSince, belowSince: belowSince,
                    assets: Assets(financial: HalfFen(assets), largestAccount: Fen(largest)),
                    accumulated: HalfFen(accumulated), lastAtMinimum: day("lastAtMinimum")),
                activeCard: activeCard == 1, outlets: Int(outlets), history: history, said: said))
    }

    /// Named by the customer's number, so that a version which does not know it keeps the newest alone.
    ///
    /// - Parameter firstTier: whose word it is.
    package func record(of firstTier: UnitCode) -> PassedOn {
        PassedOn(
            outlet: firstTier, table: Self.table.name,
            row: ["content": .object(row), "id": JSONValue(customer)])
    }

    private var row: [String: JSONValue] {
        func day(_ day: BusinessDay?) -> JSONValue {
            JSONValue(day.map { Int64($0.daysSinceEpoch) })
        }
        let standing = word.standing
        return [
            "accumulated": JSONValue(standing.accumulated),
            "activeCard": .int(word.activeCard ? 1 : 0), "belowSince": day(standing.belowSince),
            "customer": JSONValue(customer), "date": day(standing.date),
            "financialAssets": JSONValue(standing.assets.financial),
            "history": .string(word.history.json.description),
            "largestAccount": JSONValue(standing.assets.largestAccount),
            "lastAtMinimum": day(standing.lastAtMinimum),
            "origin": JSONValue(standing.origin?.rawValue),
            "outlets": JSONValue(word.outlets), "pool": .string(standing.pool.rawValue),
            "poolSince": day(standing.poolSince), "said": .int(word.said),
            "tier": JSONValue(standing.tier?.rawValue), "tierSince": day(standing.tierSince),
        ]
    }

    /// The cells of its row in the order of the table's columns.
    package var cells: [JSONValue] {
        let row = row
        return Self.table.columns.map { row[$0.name] ?? .null }
    }

    /// Of its row, as both sides compare it.
    package var digest: Digest {
        ReceivedTable.digest(cells.map { $0.string ?? $0.int.map(String.init) })
    }
}
