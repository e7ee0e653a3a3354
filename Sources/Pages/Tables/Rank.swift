package import Bank

/// What a row shows in the column that its table is ordered by.
package enum Rank: Comparable, Sendable {
    case text(String)
    case number(Int64)

    /// A case's place among all of its kind; nothing comes before the first.
    package static func place<Kind: CaseIterable & Equatable>(_ kind: Kind?) -> Rank {
        let place = kind.flatMap { kind in Kind.allCases.enumerated().first { $1 == kind }?.offset }
        return .number(place.map { Int64($0) } ?? -1)
    }

    /// Nothing comes before the first date.
    package static func day(_ day: BusinessDay?) -> Rank {
        .number(day.map { Int64($0.daysSinceEpoch) } ?? .min)
    }
}

extension Sequence {
    /// In a table's order; rows that are level stand by customer number, whichever way it goes.
    package func sorted<Name>(
        by sort: Sort<Name>, number: (Element) -> CustomerNumber, _ rank: (Element, Name) -> Rank
    ) -> [Element] {
        map { (row: $0, rank: rank($0, sort.column), number: number($0)) }
            .sorted { left, right in
                if left.rank == right.rank { return left.number < right.number }
                return sort.descending ? left.rank > right.rank : left.rank < right.rank
            }
            .map(\.row)
    }
}
