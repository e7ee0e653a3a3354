package import GRDB
import Glibc
package import Sealing

/// The world failed under a database or its directory: what happened, where, and what to do.
///
/// The sentence is the phrase `store.<code>` of the table of texts.
package enum StoreError: Error, Sendable {
    /// No node or head office was made in the directory.
    case notInitialised(String)
    case alreadyInitialised(String)
    /// What belongs to a database is there, the database is not.
    case databaseMissing(String)
    /// Another process owns the directory.
    case inUse(String)
    case notADirectory(String)
    /// Something lies where a new file is to be written.
    case fileExists(String)
    /// The database cannot be read as one, or a check found it damaged.
    case damaged(String)
    /// A later version of the program made it.
    case newerSchema(String)
    case diskFull(String)
    /// A restore was cut off between two databases; run again, it makes the directory whole.
    case restoreUnfinished(String)
    /// The key file outside the directory, or the ring in it that the key file opens.
    case keys(SealingError, String)
    /// The directory's own file of keys is gone.
    case keyRingMissing(String)
    /// It is no file of keys any more.
    case keyRingDamaged(String)
    case failed(String, cause: String)

    package var code: String {
        switch self {
        case .notInitialised: "not-initialised"
        case .alreadyInitialised: "already-initialised"
        case .databaseMissing: "database-missing"
        case .inUse: "in-use"
        case .notADirectory: "not-a-directory"
        case .fileExists: "file-exists"
        case .damaged: "damaged"
        case .newerSchema: "newer-schema"
        case .diskFull: "disk-full"
        case .restoreUnfinished: "restore-unfinished"
        case .keys(.credentialMissing, _): "key-file-missing"
        case .keys(.credentialReadableByOthers, _): "key-file-open"
        case .keys(.credentialMalformed, _): "key-file-malformed"
        case .keys: "keys-closed"
        case .keyRingMissing: "key-ring-missing"
        case .keyRingDamaged: "key-ring-damaged"
        case .failed: "failed"
        }
    }

    package var key: String { "store.\(code)" }

    package var facts: [String: String] {
        switch self {
        case .notInitialised(let path), .alreadyInitialised(let path), .inUse(let path),
            .notADirectory(let path), .damaged(let path), .newerSchema(let path),
            .diskFull(let path), .restoreUnfinished(let path), .databaseMissing(let path),
            .keyRingMissing(let path), .keyRingDamaged(let path), .fileExists(let path):
            ["path": path]
        case .keys(let error, let path): ["path": error.path ?? path]
        case .failed(let path, let cause): ["path": path, "cause": cause]
        }
    }

    /// SQLite's answer in the product's words. NB: the message of a `DatabaseError` may quote
    /// values, so only its code goes on.
    package init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case _ where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE:
            // The shared index of the log cannot grow: in practice, no space.
            self = .diskFull(path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path)
        case .SQLITE_FULL: self = .diskFull(path)
        default: self = .failed(path, cause: "SQLite \(error.extendedResultCode.rawValue)")
        }
    }
}

extension StoreError {
    init(errno number: Int32, path: String) {
        self =
            number == ENOSPC || number == EDQUOT
            ? .diskFull(path) : .failed(path, cause: String(cString: strerror(number)))
    }

    /// Why a file of keys could not be read or written. That the disk failed says nothing of keys.
    package init(_ error: SealingError, path: String) {
        if case .fileFailed(let file, _, let number) = error {
            self.init(errno: number, path: file)
        } else {
            self = .keys(error, path)
        }
    }
}

extension SealingError {
    /// The file that it is about.
    package var path: String? {
        switch self {
        case .credentialMissing(let path), .credentialReadableByOthers(let path),
            .credentialMalformed(let path), .fileFailed(let path, _, _):
            path
        case .notAuthentic, .outOfMemory: nil
        }
    }
}
