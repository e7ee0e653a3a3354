import Glibc

extension DataDirectory {
    /// There from before the first file is made in a directory until all of it is.
    private static func unfinishedMaking(_ path: String) -> String { path + "/making" }

    /// Keys, an empty database and a first-tier branch's organisation have room in it many times.
    private static let reserve: off_t = 16 * 1024 * 1024

    /// Throws where nothing may be made: something is there, or was, and its keys are left.
    package static func checkFree(_ path: String) throws(StoreError) {
        guard !holdsData(path) else { throw .alreadyInitialised(path) }
        guard !hasLostDatabase(path) else { throw .databaseMissing(path + "/data.sqlite") }
    }

    /// Throws where nothing is there to open.
    package static func checkHolds(_ path: String) throws(StoreError) {
        guard !holdsData(path) else { return }
        throw hasLostDatabase(path)
            ? .databaseMissing(path + "/data.sqlite") : .notInitialised(path)
    }

    /// Throws where nothing could be restored.
    package static func checkHoldsKeys(_ path: String) throws(StoreError) {
        guard !exists(path + "/keys.json") else { return }
        throw holdsData(path) || hasLostDatabase(path)
            ? .keyRingMissing(path + "/keys.json") : .notInitialised(path)
    }

    /// Whether keys or other databases lie there without the database that they belong to. What a
    /// making that was cut off has left is nothing lost.
    private static func hasLostDatabase(_ path: String) -> Bool {
        guard !exists(unfinishedMaking(path)) else { return false }
        if exists(path + "/keys.json") { return true }
        guard let stream = opendir(path) else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".sqlite") { return true }
        }
        return false
    }

    /// Begins to make what the directory is to hold, with room set aside for it, so that a full
    /// disk says so before anybody was shown anything.
    package func beginMaking() throws(StoreError) {
        let mark = Self.unfinishedMaking(path)
        let descriptor = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(errno: errno, path: mark) }
        defer { close(descriptor) }
        let answer = posix_fallocate(descriptor, 0, Self.reserve)
        guard answer == 0 else {
            unlink(mark)
            throw StoreError(errno: answer, path: path)
        }
        guard fsync(descriptor) == 0 else { throw StoreError(errno: errno, path: mark) }
        try makeDurable()
    }

    /// Gives back the room that was set aside, since what it is for is written now.
    package func spendReserve() { truncate(Self.unfinishedMaking(path), 0) }

    /// All is there.
    package func endMaking() throws(StoreError) {
        guard Self.exists(Self.unfinishedMaking(path)) else { return }
        unlink(enrolling)
        unlink(Self.unfinishedMaking(path))
        try makeDurable()
    }

    /// Removes what was made, the directory too where that was made here and is empty.
    ///
    /// - Parameter key: whether the key of an enrolment stays.
    package func abandonMaking(withDirectory isNew: Bool, keepingKey key: Bool = false) {
        for name in ["/data.sqlite.new", "/keys.json"] { Self.remove(path + name) }
        if !key { unlink(enrolling) }
        for name in ["/making", "/lock"] { unlink(path + name) }
        if isNew { rmdir(path) }
    }
}
