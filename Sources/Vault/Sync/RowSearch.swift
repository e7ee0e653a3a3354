package import GRDB
import Glibc
package import Sync

/// Finds the kept versions of rows that are likely to come in the order of their keys, as a batch
/// does that comes again: where the wanted row is the next one or soon after, it steps there, and
/// only otherwise it searches.
package struct RowSearch: ~Copyable {
    /// A search costs about as much as so many steps.
    private static let mostSteps = 3

    private var query: RowQuery
    /// Whether the statement goes on after the wanted row, in the order of a key of one column.
    private let goesOn: Bool
    private var isOnRow = false

    /// - Parameter statement: gives `version`, and where `goesOn` the key of one column, and binds
    ///   the outlet and the key's columns.
    package init(_ statement: Statement, goesOn: Bool, outlet: String, _ db: Database) throws {
        query = try RowQuery(statement, db)
        self.goesOn = goesOn
        query.bind(outlet, at: 1)
    }

    /// The version that is kept under a key; nil where there is none. The cells of the key stand in
    /// the row at the given places.
    package mutating func version(of row: [Cell], key: [(place: Int, isText: Bool)]) throws
        -> Int64?
    {
        if goesOn, isOnRow, let only = key.first {
            for _ in 0..<Self.mostSteps {
                let order = compare(row[only.place])
                if order == 0 { return try query.integer(0) }
                guard order < 0, try step() else { break }
            }
        }
        query.restart()
        for (index, column) in key.enumerated() {
            query.bind(
                copying: row[column.place], asText: column.isText, at: Int32(index + 2))
        }
        guard try step() else { return nil }
        guard !goesOn || key.first.map({ compare(row[$0.place]) == 0 }) ?? false else { return nil }
        return try query.integer(0)
    }

    /// Before the table is written.
    package mutating func leave() {
        guard isOnRow else { return }
        query.restart()
        isOnRow = false
    }

    private mutating func step() throws -> Bool {
        isOnRow = false
        isOnRow = try query.next()
        return isOnRow
    }

    /// The key of the row that it is on against the wanted one, as SQLite orders them.
    private func compare(_ wanted: Cell) -> Int {
        switch (query.cell(1), wanted) {
        case (.integer(let here), .integer(let number)):
            return here < number ? -1 : here > number ? 1 : 0
        case (.bytes(let here), .bytes(let bytes)):
            if let start = here.baseAddress, let there = bytes.baseAddress {
                let order = memcmp(start, there, min(here.count, bytes.count))
                if order != 0 { return Int(order) }
            }
            return here.count - bytes.count
        default: return 1
        }
    }
}
