/// Why a backup is not used; whatever it is, nothing was changed.
///
/// The sentence is the phrase `backup.<code>` of the table of texts.
package enum BackupError: Error, Hashable, Sendable {
    /// The file is something else.
    case notABackup(String)
    case newerFormat(String)
    /// It ends before its end.
    case truncated(String)
    /// It is not what was written, or what was written is no whole database.
    case damaged(String)
    /// It was sealed under another directory's keys.
    case wrongKey(String)
    /// It is of another node, or head office's where a node's is wanted.
    case foreign(String, of: String, here: String)
    /// A later version of the program wrote its database.
    case newerSchema(String)

    package var code: String {
        switch self {
        case .notABackup: "not-a-backup"
        case .newerFormat: "newer-format"
        case .truncated: "truncated"
        case .damaged: "damaged"
        case .wrongKey: "wrong-key"
        case .foreign: "foreign"
        case .newerSchema: "newer-schema"
        }
    }

    package static let codes = [
        "not-a-backup", "newer-format", "truncated", "damaged", "wrong-key", "foreign",
        "newer-schema",
    ]

    package var key: String { "backup.\(code)" }

    package var facts: [String: String] {
        switch self {
        case .notABackup(let path), .newerFormat(let path), .truncated(let path),
            .damaged(let path), .wrongKey(let path), .newerSchema(let path):
            ["path": path]
        case .foreign(let path, let owner, let here):
            ["path": path, "owner": owner, "here": here]
        }
    }
}
