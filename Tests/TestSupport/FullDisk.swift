import Glibc
import Synchronization
package import Vault

/// A disk that, once full, has no room but what a data directory's reserve takes; a class, since the
/// store on it shares it.
package final class FullDisk: Sendable {
    private let full = Mutex(false)
    private let directory: String

    package init(of directory: String) {
        self.directory = directory
    }

    package var isFull: Bool {
        get { full.withLock { $0 } }
        set { full.withLock { $0 = newValue } }
    }

    package var reserveSize: Int64 {
        var status = stat()
        return stat(directory + "/reserve", &status) == 0 ? Int64(status.st_size) : 0
    }

    /// In which no transaction commits while the disk is full and the reserve takes the rest of it.
    package func world(_ world: TestWorld = TestWorld()) -> World {
        let live = world.world
        return World(
            now: live.now, randomBytes: live.randomBytes,
            atCommit: { [self] moment in
                guard case .beforeCommit = moment, isFull, reserveSize > 0 else { return }
                throw StoreError.diskFull(directory)
            })
    }

    package func reserve(in directory: DataDirectory) -> DiskReserve {
        DiskReserve(in: directory) { [self] descriptor, size in
            // What the file has already it keeps.
            isFull && reserveSize < size ? ENOSPC : DiskReserve.makeRoom(descriptor, size)
        }
    }

    /// Whether the body was refused for want of room; any other error is thrown on.
    package static func refuses(_ body: () throws -> Void) throws -> Bool {
        do {
            try body()
            return false
        } catch StoreError.diskFull {
            return true
        }
    }
}
