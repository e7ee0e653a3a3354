package import Bank
package import GRDB
import Sealing

// How the bank's values stand in SQLite: a date as days since 1970-01-01, an amount as its
// integer, a code as its text.

extension BusinessDay: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { Int64(daysSinceEpoch).databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> BusinessDay? {
        Int32.fromDatabaseValue(value).map(BusinessDay.init(daysSinceEpoch:))
    }
}

extension Fen: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { rawValue.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Fen? {
        Int64.fromDatabaseValue(value).map { Fen($0) }
    }
}

extension HalfFen: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { rawValue.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> HalfFen? {
        Int64.fromDatabaseValue(value).map { HalfFen($0) }
    }
}

extension ID: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { rawValue.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> ID<Subject>? {
        String.fromDatabaseValue(value).map { ID($0) }
    }
}

extension Pool: DatabaseValueConvertible {}
extension Tier: DatabaseValueConvertible {}
extension Origin: DatabaseValueConvertible {}
extension Category: DatabaseValueConvertible {}
extension Unit.Level: DatabaseValueConvertible {}
extension Role: DatabaseValueConvertible {}
extension Holiday.Kind: DatabaseValueConvertible {}
extension ManualAddition.State: DatabaseValueConvertible {}
extension ManualAddition.ReasonCode: DatabaseValueConvertible {}
extension ParameterProposal.State: DatabaseValueConvertible {}
extension BookMove.Kind: DatabaseValueConvertible {}
extension BookMove.State: DatabaseValueConvertible {}
extension Refusal.Reason: DatabaseValueConvertible {}
extension Ownership.State: DatabaseValueConvertible {}
extension Decision.Outcome: DatabaseValueConvertible {}

extension Row {
    /// Its cells as texts, for a digest: bytes in hexadecimal.
    package var cells: [String?] {
        databaseValues.map { value in
            switch value.storage {
            case .null: nil
            case .int64(let number): String(number)
            case .double(let number): String(number)
            case .string(let text): text
            case .blob(let data): hexadecimal(Array(data))
            }
        }
    }
}
