package import GRDB
package import Sync

extension SyncedTable {
    /// SQL that is true of the row with a key, its parts joined by '/'; nil where the key is not one
    /// of this table's.
    package func condition(
        forKey text: String
    ) -> (sql: String, arguments: StatementArguments)? {
        // A key of one column may have a '/' in it.
        let parts =
            key.count == 1
            ? [text] : text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == key.count else { return nil }
        var arguments: StatementArguments = []
        for (name, part) in zip(key, parts) {
            switch columns.first(where: { $0.name == name })?.kind {
            case .integer, .day:
                guard let number = Int64(part) else { return nil }
                arguments += [number]
            default: arguments += [part]
            }
        }
        return (key.map { "\"\($0)\" = ?" }.joined(separator: " AND "), arguments)
    }
}
