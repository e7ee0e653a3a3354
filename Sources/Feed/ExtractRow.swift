package import Bank
import Foundation

/// A row of one of an extract's files.
package protocol ExtractRow: Sendable {
    static var file: String { get }
    /// Columns without which the file cannot be read; others are optional, unknown ones ignored.
    static var columns: [String] { get }
    init(_ fields: borrowing Fields) throws(InvalidField)
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
    let columns: [String: Int]
    let row: CSVParser.Row

    /// The text of a column in normal form C, without white space at its ends; nil where the
    /// column is absent or empty.
    package func text(_ column: String) throws(InvalidField) -> String? {
        guard let index = columns[column], index < row.count else { return nil }
        let bytes = row[index]
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InvalidField(column: column, .notUTF8)
        }
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        let normal =
            isPlain
            ? text
            : text.precomposedStringWithCanonicalMapping
                .trimmingCharacters(in: .whitespacesAndNewlines)
        return normal.isEmpty ? nil : normal
    }

    package func required(_ column: String) throws(InvalidField) -> String {
        guard let text = try text(column) else { throw InvalidField(column: column) }
        return text
    }

    /// A number that names something: at most 64 visible ASCII characters.
    package func identifier(_ column: String) throws(InvalidField) -> String {
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
        guard let index = columns[column], index < row.count,
            let amount = Fen(String(decoding: row[index], as: UTF8.self))
        else { throw InvalidField(column: column) }
        return amount
    }
}
