import GRDB
import Glibc
import Synchronization

/// Room on the disk that is kept for what has to go on when the disk is full: that people log in,
/// and that each look is written down (`reliability.md`, R4). A class, since all that write share
/// it.
///
/// It is a file of its size. The first such write that finds no room gives the file's up and is
/// tried again; everything else that writes is refused from then on, until there is room for the
/// file again. Nobody has to restart anything.
package final class DiskReserve: Sendable {
    /// A log of 4 MiB is folded into the database, where some ten thousand entries take as much.
    package static let usualSize: Int64 = 8 * 1024 * 1024

    /// Nil where there is no directory, and so nothing to keep or to lend.
    private let path: String?
    private let directory: String
    private let size: Int64
    private let allocate: @Sendable (Int32, Int64) -> Int32
    private let isSpent: Mutex<Bool>

    /// - Parameters:
    ///   - directory: nil for a store in memory.
    ///   - allocate: makes a file as long as told; zero, or the number of an error.
    package init(
        in directory: DataDirectory?, size: Int64 = usualSize,
        allocate: @escaping @Sendable (_ descriptor: Int32, _ size: Int64) -> Int32 = makeRoom
    ) {
        path = directory.map { $0.path + "/reserve" }
        self.directory = directory?.path ?? ":memory:"
        self.size = size
        self.allocate = allocate
        isSpent = Mutex(path != nil)
        _ = isThere()
    }

    /// Whether only what has to go on may write now.
    package var isFull: Bool { !isThere() }

    /// Throws `diskFull` as long as there is no room for the reserve.
    package func check() throws(StoreError) {
        guard isThere() else { throw .diskFull(directory) }
    }

    /// Does what has to go on with a full disk; where there is no room, once more with the reserve's.
    package func lending<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch  where path != nil && Self.isFull(error) {
            // Somebody else may have spent it a moment ago.
            spend()
            return try body()
        }
    }

    private static func isFull(_ error: any Error) -> Bool {
        let error = (error as? DatabaseError).map { StoreError($0, path: "") } ?? error
        guard case StoreError.diskFull = error else { return false }
        return true
    }

    private func spend() {
        guard let path else { return }
        isSpent.withLock { isSpent in
            guard !isSpent else { return }
            isSpent = true
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return }
            ftruncate(descriptor, 0)
            // Some file systems give the room back with the next commit of their own.
            fsync(descriptor)
            close(descriptor)
        }
    }

    /// Makes the reserve where it was spent and there is room for it.
    private func isThere() -> Bool {
        guard let path else { return true }
        return isSpent.withLock { isSpent in
            guard isSpent else { return true }
            let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return !Self.isNoRoom(errno) }
            defer { close(descriptor) }
            let answer = allocate(descriptor, size)
            guard answer == 0 else {
                ftruncate(descriptor, 0)
                // That a disk keeps no room for other reasons is none to refuse what it would take.
                return !Self.isNoRoom(answer)
            }
            isSpent = false
            return true
        }
    }

    /// Makes a file take so much of the disk; zero, or the number of an error. What lacks room takes
    /// none: on some file systems the attempt alone would take, for a moment, all that is left.
    package static let makeRoom: @Sendable (Int32, Int64) -> Int32 = { descriptor, size in
        var file = stat()
        guard fstat(descriptor, &file) == 0 else { return errno }
        let taken = Int64(file.st_blocks) * 512
        if Int64(file.st_size) >= size, taken >= size { return 0 }
        var disk = statvfs()
        guard fstatvfs(descriptor, &disk) == 0 else { return errno }
        let (free, isMore) = Int64(clamping: disk.f_bavail)
            .multipliedReportingOverflow(by: Int64(clamping: disk.f_frsize))
        guard isMore || free >= size - min(taken, size) else { return ENOSPC }
        return posix_fallocate(descriptor, 0, off_t(size))
    }

    private static func isNoRoom(_ number: Int32) -> Bool { number == ENOSPC || number == EDQUOT }
}
