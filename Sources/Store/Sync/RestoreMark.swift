import GRDB
package import Vault

extension BranchStore {
    /// That this node's data came out of a backup and head office has not recognised it yet: the
    /// node says so at hello, before it sends anything.
    package func restoreMark() throws -> RestoreMark? {
        try read { try $0.restoreMark() }
    }

    /// Head office has found nothing missing here, so a copy that is made from now on is no restored
    /// node.
    package func forgetRestore() throws {
        if let mark = try restoreMark() { try clearRestoreMark(mark) }
    }

    /// Head office has recognised the restore.
    package func clearRestoreMark(_ mark: RestoreMark) throws {
        try write { try $0.clearRestoreMark(mark) }
    }
}
