package import Bank
import Foundation

/// A row of one of an extract's files.
package protocol ExtractRow: Sendable {
    static var file: String { get }
    /// Columns without which the file cannot be read; others are optional, unknown ones ignored.
    static var columns: [String] { get }
    /// What the file's sum in the manifest is of; nil where it has none.
    var amountSummed: Fen? { get }
    init(_ fields: borrowing Fields) throws(InvalidField)
}

extension ExtractRow {
    package var amountSummed: Fen? { nil }
}

/// The column whose text is not what it must be.
package struct InvalidField: Error, Hashable, Sendable {
    package let column: String
    let kind: ExtractFault.Kind

    init(column: String, _ kind: ExtractFault.Kind = .invalidField) {
        self.column = column
        self.kind = kind
    }
}

/// One row's fields by column name.
package struct Fields: ~Copyable {
    /// In the file's order.
    let columns: [String]
    let row: CSVParser.Row

    /// A file has few columns, and comparing short names is cheaper than hashing one.
    private func index(_ column: String) -> Int? {
        guard let index = columns.firstIndex(of: column), index < row.count else { return nil }
        return index
    }

    /// The text of a column in normal form C, without white space at its ends; nil where the
    /// column is absent or empty.
    package func text(_ column: String) throws(InvalidField) -> String? {
        guard let index = index(column) else { return nil }
        if let plain = plain(index) { return plain.isEmpty ? nil : plain }
        guard let text = String(validating: row[index], as: UTF8.self) else {
            throw InvalidField(column: column, .notUTF8)
        }
        let normal = text.precomposedStringWithCanonicalMapping
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return normal.isEmpty ? nil : normal
    }

    /// The text of a field of visible ASCII characters alone; nil where it has another.
    private func plain(_ index: Int) -> String? {
        row.withBytes(of: index) { bytes in
            bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
                ? String(unsafeUninitializedCapacity: bytes.count) { room in
                    room.initialize(fromContentsOf: bytes)
                } : nil
        }
    }

    package func required(_ column: String) throws(InvalidField) -> String {
        guard let text = try text(column) else { throw InvalidField(column: column) }
        return text
    }

    /// A number that names something: at most 64 visible ASCII characters.
    package func identifier(_ column: String) throws(InvalidField) -> String {
        if let index = index(column), !row.fields[index].isEmpty, row.fields[index].count <= 64,
            let plain = plain(index)
        {
            return plain
        }
        let text = try required(column)
        guard text.utf8.count <= 64, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw InvalidField(column: column)
        }
        return text
    }

    package func day(_ column: String) throws(InvalidField) -> BusinessDay? {
        guard let text = try text(column) else { return nil }
        guard let day = BusinessDay(text) else { throw InvalidField(column: column) }
        return day
    }

    package func requiredDay(_ column: String) throws(InvalidField) -> BusinessDay {
        guard let day = try day(column) else { throw InvalidField(column: column) }
        return day
    }

    package func amount(_ column: String) throws(InvalidField) -> Fen {
        guard let index = index(column), let amount = row.withBytes(of: index, Fen.init(decimal:))
        else { throw InvalidField(column: column) }
        return amount
    }
}
