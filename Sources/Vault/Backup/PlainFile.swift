import Glibc
import Sealing

/// A file that is written from its beginning to its end, hashed on the way; there under its name
/// only when it is whole and on the disk. A class because it owns the open file.
final class FileWriter {
    let path: String
    private let temporary: String
    private let file: UnsafeMutablePointer<FILE>
    private(set) var digest = DigestStream()
    private(set) var size: Int64 = 0
    private var isFinished = false

    init(_ path: String) throws(StoreError) {
        self.path = path
        temporary = path + ".unfinished"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0, let file = fdopen(descriptor, "w") else {
            throw .failed(path, cause: String(cString: strerror(errno)))
        }
        self.file = file
    }

    deinit {
        if !isFinished {
            fclose(file)
            unlink(temporary)
        }
    }

    func write(_ bytes: [UInt8]) throws(StoreError) {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw failure() }
        digest.update(bytes)
        size += Int64(bytes.count)
    }

    /// Writes what is not part of the digest, makes all of it durable and gives it its name.
    func finish(_ trailer: [UInt8] = []) throws(StoreError) {
        guard fwrite(trailer, 1, trailer.count, file) == trailer.count, fflush(file) == 0,
            fsync(fileno(file)) == 0
        else { throw failure() }
        isFinished = true
        let isClosed = fclose(file) == 0
        guard isClosed else {
            unlink(temporary)
            throw failure()
        }
        do {
            try DataDirectory.rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private func failure() -> StoreError {
        errno == ENOSPC || errno == EDQUOT
            ? .diskFull(path) : .failed(path, cause: String(cString: strerror(errno)))
    }
}

/// A file that is read from its beginning to its end, hashed on the way. A class because it owns
/// the open file.
final class FileReader {
    let path: String
    private let file: UnsafeMutablePointer<FILE>
    private(set) var digest = DigestStream()

    init(_ path: String) throws(StoreError) {
        self.path = path
        guard let file = fopen(path, "re") else {
            throw .failed(path, cause: String(cString: strerror(errno)))
        }
        self.file = file
    }

    deinit {
        fclose(file)
    }

    /// So many bytes, or fewer at the file's end.
    func read(_ count: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = fread(&bytes, 1, count, file)
        guard ferror(file) == 0 else {
            throw .failed(path, cause: String(cString: strerror(errno)))
        }
        if got < count { bytes.removeLast(count - got) }
        return bytes
    }

    func hash(_ bytes: [UInt8]) { digest.update(bytes) }
}
