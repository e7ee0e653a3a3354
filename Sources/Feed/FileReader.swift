import Glibc

/// Reads a file front to back in blocks, so that memory does not grow with the file.
struct FileReader: ~Copyable {
    private static let blockSize = 256 * 1024
    private let descriptor: Int32

    /// Nil where the file cannot be opened; a directory, a device or a pipe is not a file, and
    /// opening one must not wait.
    init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The next block; empty at the end, nil where the disk failed.
    func next() -> [UInt8]? {
        var failed = false
        let block = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, count in
            var result = read(descriptor, buffer.baseAddress, Self.blockSize)
            while result < 0, errno == EINTR {
                result = read(descriptor, buffer.baseAddress, Self.blockSize)
            }
            failed = result < 0
            count = max(0, result)
        }
        return failed ? nil : block
    }

    /// The whole of a small file; nil where it is larger than `limit` or cannot be read.
    static func contents(of path: String, limit: Int) -> [UInt8]? {
        guard let reader = FileReader(path: path) else { return nil }
        var bytes: [UInt8] = []
        while let block = reader.next(), bytes.count <= limit {
            if block.isEmpty { return bytes }
            bytes += block
        }
        return nil
    }
}
