import Bank
import Sealing

// A block is some rows of one table, column by column, so that like stands beside like and zstd
// finds it. Little end first; numbers are LEB128, signed ones zigzag:
//
//     text      table
//     number    rows, then columns
//     for each column
//         text    name
//         byte    type: 0 integers, 1 bytes, 2 texts
//         byte    1 where some cell is empty, followed by a bit a row (1: a value), else 0
//         number  length of the first part
//         integers: that part holds each value less the one before it, signed
//         bytes, texts: that part holds each length; then a number, the length of the second
//                 part, and the second part: the cells one after the other

/// What a column's cells are on the wire.
package enum WireType: UInt8, Sendable {
    case integer = 0
    case bytes = 1
    case text = 2
}

/// One value of a block; the bytes are those of the block and live as long.
package enum Cell {
    case empty
    case integer(Int64)
    case bytes(UnsafeRawBufferPointer)
}

/// Collects rows of one table into a block, a cell at a time.
package struct BlockWriter: Sendable {
    /// More than this of either goes into the next block: it bounds memory on both sides.
    /// Fewer would mix columns within one of zstd's blocks, which cost bytes.
    package static let mostRows = 8000
    package static let mostBytes = 1024 * 1024

    private struct Column: Sendable {
        let name: String
        let type: WireType
        var presence: [UInt8] = []
        var hasEmpty = false
        var count = 0
        var last: Int64 = 0
        var first = WireWriter()
        var second = WireWriter()

        /// Says how many bytes it took.
        mutating func append(_ cell: Cell) -> Int {
            switch cell {
            case .empty:
                note(isPresent: false)
                return 0
            case .integer(let value):
                note(isPresent: true)
                let before = first.bytes.count
                // Wrapping on both sides gives back any value.
                first.append(signed: value &- last)
                last = value
                return first.bytes.count - before
            case .bytes(let bytes):
                note(isPresent: true)
                let before = first.bytes.count
                first.append(number: UInt64(bytes.count))
                second.append(bytes)
                return first.bytes.count - before + bytes.count
            }
        }

        private mutating func note(isPresent: Bool) {
            if count & 7 == 0 { presence.append(0) }
            if isPresent {
                presence[count >> 3] |= 1 << UInt8(count & 7)
            } else {
                hasEmpty = true
            }
            count += 1
        }
    }

    private let table: String
    private var columns: [Column]

    package init(table: String, columns: [(name: String, type: WireType)]) {
        self.table = table
        self.columns = columns.map { Column(name: $0.name, type: $0.type) }
    }

    package var rows: Int { columns.first?.count ?? 0 }
    package private(set) var bytes = 0
    package var isFull: Bool { rows >= Self.mostRows || bytes >= Self.mostBytes }

    /// One cell of the row that is being written; each row has one for every column.
    package mutating func append(_ cell: Cell, to column: Int) {
        bytes += columns[column].append(cell)
    }

    package mutating func append(text: String, to column: Int) {
        var text = text
        text.withUTF8 { append(.bytes(UnsafeRawBufferPointer($0)), to: column) }
    }

    /// The block so far; the writer is then empty.
    package mutating func finish() -> [UInt8] {
        var wire = WireWriter()
        wire.append(text: table)
        wire.append(number: UInt64(rows))
        wire.append(number: UInt64(columns.count))
        for index in columns.indices {
            let column = columns[index]
            wire.append(text: column.name)
            wire.append(byte: column.type.rawValue)
            wire.append(byte: column.hasEmpty ? 1 : 0)
            if column.hasEmpty { wire.append(column.presence) }
            wire.append(number: UInt64(column.first.bytes.count))
            wire.append(column.first.bytes)
            if column.type != .integer {
                wire.append(number: UInt64(column.second.bytes.count))
                wire.append(column.second.bytes)
            }
            columns[index] = Column(name: column.name, type: column.type)
        }
        bytes = 0
        return wire.bytes
    }
}

/// A block's columns, ready to be read a row at a time.
package struct Block {
    package struct Column {
        package let name: String
        package let type: WireType
        private let presence: UnsafeRawBufferPointer?
        private var first: WireReader
        private var second: WireReader
        private var index = 0
        private var last: Int64 = 0

        fileprivate init(
            name: String, type: WireType, presence: UnsafeRawBufferPointer?,
            first: UnsafeRawBufferPointer, second: UnsafeRawBufferPointer
        ) {
            self.name = name
            self.type = type
            self.presence = presence
            self.first = WireReader(first)
            self.second = WireReader(second)
        }

        /// The next row's cell.
        package mutating func next() throws(WireError) -> Cell {
            defer { index += 1 }
            if let presence, presence[index >> 3] >> UInt8(index & 7) & 1 == 0 { return .empty }
            switch type {
            case .integer:
                last = last &+ (try first.signed())
                return .integer(last)
            case .bytes, .text:
                let length = try first.number()
                guard length <= UInt64(second.rest.count) else { throw .malformed }
                return .bytes(try second.take(Int(length)))
            }
        }

        fileprivate var isAtEnd: Bool { first.isAtEnd && second.isAtEnd }
    }

    /// More columns than any table will have.
    private static let mostColumns = 200

    package let table: String
    package let rows: Int
    package var columns: [Column]

    package init(_ bytes: UnsafeRawBufferPointer) throws(WireError) {
        var wire = WireReader(bytes)
        table = try wire.text()
        let count = try wire.number()
        let width = try wire.number()
        guard count <= UInt64(BlockWriter.mostRows), width <= UInt64(Self.mostColumns) else {
            throw .malformed
        }
        rows = Int(count)
        var columns: [Column] = []
        for _ in 0..<width {
            let name = try wire.text()
            guard let type = WireType(rawValue: try wire.byte()) else { throw .malformed }
            var presence: UnsafeRawBufferPointer?
            switch try wire.byte() {
            case 0: presence = nil
            case 1: presence = try wire.take((rows + 7) / 8)
            default: throw .malformed
            }
            let first = try wire.take(try wire.count())
            let second =
                type == .integer
                ? UnsafeRawBufferPointer(start: nil, count: 0) : try wire.take(try wire.count())
            columns.append(
                Column(name: name, type: type, presence: presence, first: first, second: second))
        }
        guard wire.isAtEnd, Set(columns.map(\.name)).count == columns.count else {
            throw .malformed
        }
        self.columns = columns
    }

    package func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}

extension TableRows {
    /// All rows of a block: for what is looked at rather than bound.
    package init(_ block: Block) throws(WireError) {
        var block = block
        var rows = TableRows(table: block.table, columns: block.columns.map(\.name))
        for _ in 0..<block.rows {
            var row: [JSONValue] = []
            for index in block.columns.indices {
                switch try block.columns[index].next() {
                case .empty: row.append(.null)
                case .integer(let number): row.append(.int(number))
                case .bytes(let bytes):
                    if block.columns[index].type == .bytes {
                        row.append(.string(hexadecimal(Array(bytes))))
                    } else {
                        guard let text = String(validating: bytes, as: UTF8.self) else {
                            throw .malformed
                        }
                        row.append(.string(text))
                    }
                }
            }
            rows.append(row)
        }
        self = rows
    }
}
