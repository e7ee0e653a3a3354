import Glibc

extension DataDirectory {
    /// There from the first database that a restore puts in place until the last.
    private static func unfinishedRestore(_ path: String) -> String { path + "/restoring" }

    /// Whether something was made in a directory. A restore that was cut off may have left no
    /// database under its name; to make another there would cost the keys that open the backup.
    package static func holdsData(_ path: String) -> Bool {
        exists(path + "/data.sqlite") || exists(unfinishedRestore(path))
    }

    /// Throws `restoreUnfinished` where a restore was cut off halfway: what lies there is part of
    /// one state and part of another.
    package func checkRestored() throws(StoreError) {
        if Self.exists(Self.unfinishedRestore(path)) { throw .restoreUnfinished(path) }
    }

    /// How long what a restore has replaced is kept: it may hold what was never sent, and a wrong
    /// backup may have been put back before the right one.
    package static let keptMilliseconds: Int64 = 30 * 24 * 60 * 60 * 1000

    /// Gives files the names of the directory's databases; what bears them now is kept under
    /// `NAME-before-ID`, and what earlier restores have kept for long enough by `now` is removed.
    ///
    /// A log of an old database beside a new one would be taken for the new one's, so it goes
    /// first, with the database that it belongs to.
    func replace(_ names: [String], by files: [String], keptAs id: String, at now: Int64)
        throws(StoreError)
    {
        let mark = Self.unfinishedRestore(path)
        let descriptor = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw .failed(mark, cause: String(cString: strerror(errno)))
        }
        close(descriptor)
        try makeDurable()
        for (name, file) in zip(names, files) {
            let old = path + "/" + name
            for suffix in ["-wal", ""] where Self.exists(old + suffix) {
                let kept = "\(path)/\(name)-before-\(id)\(suffix)"
                try Self.rename(old + suffix, to: kept)
                // The thirty days begin now, however long ago it was written to.
                let instant = timespec(
                    tv_sec: Int(now / 1000), tv_nsec: Int(now % 1000) * 1_000_000)
                utimensat(AT_FDCWD, kept, [instant, instant], 0)
            }
            unlink(old + "-shm")
            try Self.rename(file, to: old)
        }
        unlink(mark)
        try makeDurable()
        for name in names {
            removeKept(of: name, before: now - Self.keptMilliseconds, but: id)
        }
    }

    private func removeKept(of name: String, before instant: Int64, but id: String) {
        guard let directory = opendir(path) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let file = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard file.hasPrefix("\(name)-before-"), !file.hasPrefix("\(name)-before-\(id)") else {
                continue
            }
            var status = stat()
            guard stat("\(path)/\(file)", &status) == 0 else { continue }
            if Int64(status.st_mtim.tv_sec) * 1000 < instant { unlink("\(path)/\(file)") }
        }
    }

    package static func removeLog(of database: String) {
        for suffix in ["-wal", "-shm"] { unlink(database + suffix) }
    }

    func makeDurable() throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .failed(path, cause: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .failed(path, cause: String(cString: strerror(errno)))
        }
    }
}
