import Glibc

/// A small file that its owner alone may read, there whole or not at all also after a power cut.
enum PrivateFile {
    /// Keys and credentials have some hundred bytes; what is larger is another file.
    static let largest = 64 * 1024

    struct Contents {
        let bytes: [UInt8]
        let isReadableByOthers: Bool
    }

    /// Errors carry `EFBIG` for a file beyond `largest` and `EINVAL` for what is no file.
    static func read(_ path: String) throws(SealingError) -> Contents {
        // Without O_NONBLOCK, a pipe under this name would hold the program for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, "open") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, "stat") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw failure(path, "read", EINVAL) }

        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= largest {
            let count = Glibc.read(descriptor, &block, block.count)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw failure(path, "read")
            }
            if count == 0 {
                return Contents(
                    bytes: bytes, isReadableByOthers: status.st_mode & 0o077 != 0)
            }
            bytes += block.prefix(count)
        }
        throw failure(path, "read", EFBIG)
    }

    enum Existing {
        case replaced
        /// An existing file fails the writing with `EEXIST`.
        case kept
    }

    /// Writes beside the path under a temporary name, then gives the file its name.
    ///
    /// The caller sees to it that nobody else writes to the same path.
    static func write(
        _ bytes: [UInt8], to path: String, existing: Existing
    ) throws(SealingError) {
        let temporary = path + ".new"
        do throws(SealingError) {
            try writeDurably(bytes, to: temporary)
            switch existing {
            case .replaced:
                guard rename(temporary, path) == 0 else { throw failure(path, "rename") }
            case .kept:
                guard link(temporary, path) == 0 else { throw failure(path, "link") }
                unlink(temporary)
            }
        } catch {
            unlink(temporary)
            throw error
        }
        try makeNameDurable(path)
    }

    private static func writeDurably(_ bytes: [UInt8], to path: String) throws(SealingError) {
        // What a power cut left of an earlier attempt.
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(path, "create") }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw failure(path, "write")
            }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure(path, "fsync") }
    }

    private static func makeNameDurable(_ path: String) throws(SealingError) {
        let directory =
            switch path.lastIndex(of: "/") {
            case nil: "."
            case path.startIndex?: "/"
            case let slash?: String(path[..<slash])
            }
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(directory, "open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(directory, "fsync") }
    }

    private static func failure(
        _ path: String, _ operation: String, _ number: Int32 = errno
    ) -> SealingError {
        .fileFailed(path, operation: operation, errno: number)
    }
}
