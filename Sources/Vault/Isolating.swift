package import GRDB

extension Database {
    /// What the body changed is undone where it fails; the transaction around it goes on.
    package func isolating<Value>(_ body: () throws -> Value) throws -> Result<Value, any Error> {
        var result: Result<Value, any Error> = .failure(StoreError.failed("", cause: "savepoint"))
        try inSavepoint {
            do {
                result = .success(try body())
                return .commit
            } catch {
                // A full disk or a broken file is not that of one body.
                if let error = error as? DatabaseError, error.resultCode != .SQLITE_CONSTRAINT {
                    throw error
                }
                result = .failure(error)
                return .rollback
            }
        }
        return result
    }
}
