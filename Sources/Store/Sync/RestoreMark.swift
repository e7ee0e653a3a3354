import GRDB
package import Vault

extension BranchStore {
    /// That this node's data came out of a backup and head office has not recognised it yet: the
    /// node says so at hello, before it sends anything.
    package func restoreMark() throws -> RestoreMark? {
        try read { try $0.restoreMark() }
    }

    /// Head office has recognised the restore.
    package func clearRestoreMark(_ mark: RestoreMark) throws {
        try write { try $0.clearRestoreMark(mark) }
    }
}
