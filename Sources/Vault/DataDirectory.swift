import Glibc

/// The directory of one node or of head office, owned by one process at a time.
///
/// SQLite up to 3.51.2 can lose committed pages when two connections of a database in WAL mode
/// write or checkpoint at the same instant (docs/decisions/0003). So a process owns the directory
/// by a lock that the kernel drops when it dies, and every other command asks that process.
package final class DataDirectory: Sendable {
    package let path: String
    private let lock: Int32

    /// Takes the lock; throws `inUse` where another process has it.
    package init(owning path: String) throws(StoreError) {
        self.path = path
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR
                ? .notInitialised(path) : .failed(path, cause: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path)
        }
        lock = descriptor
    }

    deinit {
        close(lock)
    }

    /// Makes the directory, readable by its owner alone, where it is not there yet.
    package static func make(at path: String) throws(StoreError) {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made +=
                made.isEmpty && part.isEmpty
                ? "/" : (made.hasSuffix("/") || made.isEmpty ? "" : "/") + part
            guard mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
            throw errno == ENOTDIR
                ? .notADirectory(path) : .failed(path, cause: String(cString: strerror(errno)))
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .notADirectory(path)
        }
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    package var database: String { path + "/data.sqlite" }
    package var keys: String { path + "/keys.json" }
    /// The key of an enrolment that has not come to its end, sealed like the others.
    package var enrolling: String { path + "/enrolling.json" }

    /// Where the owner answers other commands. A socket's path holds at most 107 bytes, so a deep
    /// directory has its socket under a name made from the directory's own number.
    package static func socket(of path: String) -> String {
        let usual = path + "/socket"
        if usual.utf8.count <= 100 { return usual }
        var status = stat()
        stat(path, &status)
        return "/tmp/branchnode-\(getuid())-\(status.st_dev)-\(status.st_ino).socket"
    }
}

extension DataDirectory {
    /// Removes a file that a crash may have left; that it was not there is no error.
    package static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }

    package static func rename(_ path: String, to name: String) throws(StoreError) {
        guard Glibc.rename(path, name) == 0 else {
            throw .failed(name, cause: String(cString: strerror(errno)))
        }
        let directory = open(
            String(name[..<(name.lastIndex(of: "/") ?? name.startIndex)]), O_RDONLY)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }
}
