package import Bank
import GRDB
import Vault

/// What the first-tier branch's close had decided on closed dates and, after late or corrected
/// figures, decides otherwise. Claims, settlements and frozen months stay as they are: a first-tier
/// supervisor looks at what follows (`sync.md`, what has been sealed stays).
package struct TierDifference: Hashable, Sendable {
    package enum Cause: String, Sendable, CaseIterable {
        /// The outlets had not delivered the date.
        case late
        case corrected
    }

    /// Within the first-tier branch.
    package let number: Int64
    package let firstTier: UnitCode
    package let customer: CustomerNumber
    /// The closed dates on which it is so; the last one as of when it was found.
    package let dates: ClosedRange<BusinessDay>
    package let then: TierDecision
    /// Nil where no outlet knows the customer any more.
    package let now: TierDecision?
    package let cause: Cause
    /// Whose figures came.
    package let outlets: [UnitCode]
    /// Milliseconds since 1970-01-01 UTC.
    package let foundAt: Int64
    /// The supervisor who has looked at it; nil while it is open.
    package let seenBy: StaffID?
    package let seenAt: Int64?
}

extension TierDifference.Cause: DatabaseValueConvertible {}

extension BankStore {
    /// The differences of one first-tier branch or of each, the oldest first; audited.
    ///
    /// - Parameter seen: also those that a supervisor has looked at.
    package func differences(
        of code: UnitCode? = nil, seen: Bool = false, by actor: String
    ) throws -> [TierDifference] {
        let codes = try code.map { [try firstTier($0).code] } ?? firstTierCodes
        try audit(.viewed, by: actor, on: code?.rawValue, detail: ["view": "differences"])
        return try codes.flatMap { code in
            try translating {
                try firstTier(code).database.readState { db in
                    try Row.fetchAll(
                        db,
                        prepared: """
                            SELECT * FROM tierDifference WHERE ? OR seenBy IS NULL ORDER BY number
                            """,
                        arguments: [seen]
                    ).map { try TierDifference($0, of: code) }
                }
            }
        }
    }

    /// Some of a first-tier branch's open differences, the oldest first, and the last ones that a
    /// supervisor has looked at, the latest first; audited.
    ///
    /// - Parameter range: of the open ones, counted from 0.
    package func differences(
        of code: UnitCode, open range: Range<Int>, seen most: Int, by actor: String
    ) throws -> (open: [TierDifference], seen: [TierDifference]) {
        try audit(.viewed, by: actor, on: code.rawValue, detail: ["view": "differences"])
        return try translating {
            try firstTier(code).database.readState { db in
                let open = try Row.fetchAll(
                    db,
                    prepared: """
                        SELECT * FROM tierDifference WHERE seenBy IS NULL
                        ORDER BY number LIMIT ? OFFSET ?
                        """,
                    arguments: [range.count, range.lowerBound])
                let seen = try Row.fetchAll(
                    db,
                    prepared: """
                        SELECT * FROM tierDifference WHERE seenBy IS NOT NULL
                        ORDER BY number DESC LIMIT ?
                        """,
                    arguments: [most])
                return (
                    try open.map { try TierDifference($0, of: code) },
                    try seen.map { try TierDifference($0, of: code) }
                )
            }
        }
    }

    /// How many differences of a first-tier branch nobody has looked at.
    package func openDifferences(of code: UnitCode) throws -> Int {
        try translating {
            try firstTier(code).database.readState {
                try Int.fetchOne(
                    $0, prepared: "SELECT count(*) FROM tierDifference WHERE seenBy IS NULL") ?? 0
            }
        }
    }

    /// A first-tier supervisor has looked at differences of their branch; all of them or none.
    package func markSeen(
        _ numbers: [Int64], firstTier asked: UnitCode? = nil, by supervisor: StaffID
    ) throws -> [TierDifference] {
        let code = try settlementScope(of: supervisor, asking: asked)
        let tier = try firstTier(code)
        // Two databases: whoever marks something is written down before it is marked.
        try audit(
            .differencesSeen, by: supervisor.rawValue, on: code.rawValue,
            detail: ["numbers": .array(numbers.map(JSONValue.int))])
        return try translating {
            try tier.write(world) { db in
                try numbers.map { number in
                    try db.execute(
                        prepared: """
                            UPDATE tierDifference SET seenBy = ?, seenAt = ?
                            WHERE number = ? AND seenBy IS NULL
                            """,
                        arguments: [supervisor, world.now(), number])
                    let row = try Row.fetchOne(
                        db, prepared: "SELECT * FROM tierDifference WHERE number = ?",
                        arguments: [number])
                    guard let row else {
                        throw Refusal(.unknownDifference, ["number": String(number)])
                    }
                    return try TierDifference(row, of: code)
                }
            }
        }
    }
}

extension TierDifference {
    fileprivate init(_ row: Row, of firstTier: UnitCode) throws {
        let (first, last): (BusinessDay, BusinessDay) = (
            try row.value("date"), try row.value("through")
        )
        guard first <= last else { throw StoreError.damaged("tierDifference") }
        let pool = try row.value("poolNow") as Pool?
        self.init(
            number: try row.value("number"), firstTier: firstTier,
            customer: try row.value("customer"), dates: first...last,
            then: TierDecision(
                pool: try row.value("poolThen"), tier: try row.value("tierThen")),
            now: try pool.map { TierDecision(pool: $0, tier: try row.value("tierNow")) },
            cause: try row.value("cause"), outlets: try JSONValue.codes(try row.value("outlets")),
            foundAt: try row.value("at"), seenBy: try row.value("seenBy"),
            seenAt: try row.value("seenAt"))
    }
}

extension Database {
    func insert(
        _ change: TierChange, of customer: CustomerNumber, _ dues: [TierDue], at now: Int64
    ) throws {
        let cause: TierDifference.Cause = dues.allSatisfy(\.wasLate) ? .late : .corrected
        try execute(
            prepared: """
                INSERT INTO tierDifference (
                    customer, date, through, poolThen, tierThen, poolNow, tierNow, cause, outlets,
                    at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                customer, change.dates.lowerBound, change.dates.upperBound, change.then.pool,
                change.then.tier, change.now?.pool, change.now?.tier, cause,
                JSONValue(codes: dues.map(\.outlet)).description, now,
            ])
    }
}
