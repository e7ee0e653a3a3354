package import GRDB

extension Row {
    /// What stands in a column. A value that is none of the kind that the schema has there was
    /// damaged on the disk: `damaged`, where GRDB's own subscript would stop the process.
    package func value<Value: DatabaseValueConvertible>(
        _ column: String
    ) throws(StoreError) -> Value {
        guard let value = Value.fromDatabaseValue(self[column] as DatabaseValue) else {
            throw .damaged(column)
        }
        return value
    }

    package func value<Value: DatabaseValueConvertible>(
        _ column: Int
    ) throws(StoreError) -> Value {
        guard let value = Value.fromDatabaseValue(self[column] as DatabaseValue) else {
            throw .damaged("column \(column)")
        }
        return value
    }
}

extension Dictionary {
    /// Of a table that holds each key once; where one is there twice, it was damaged on the disk.
    package init(once pairs: [(Key, Value)], in table: String) throws(StoreError) {
        self.init(pairs, uniquingKeysWith: { first, _ in first })
        guard count == pairs.count else { throw .damaged(table) }
    }
}
