import Bank
import Glibc
import Sealing

/// A CSV file (RFC 4180) being written row by row, hashed as it goes; a class because it is an
/// open file. A failing disk is reported by `finish`.
final class TableFile {
    /// What is gathered before it goes to the disk.
    private static let blockSize = 256 * 1024

    private let path: String
    private let name: String
    private let header: String
    private var descriptor: Int32 = -1
    private var failure: Int32?
    private var block: [UInt8] = []
    private var hash = DigestStream()
    private var isRowStart = true
    private(set) var rows = 0

    init(_ directory: String, _ name: String, columns: String) {
        path = directory + "/" + name
        self.name = name
        header = columns + "\r\n"
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func field(_ text: String) {
        separate()
        let needsQuotes = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        guard needsQuotes else {
            block.append(contentsOf: text.utf8)
            return
        }
        block.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { block.append(byte) }
            block.append(byte)
        }
        block.append(UInt8(ascii: "\""))
    }

    func field(_ text: String?) { field(text ?? "") }

    func field(_ day: BusinessDay?) {
        separate()
        guard let day else { return }
        let (year, month, dayOfMonth) = day.components
        digits(year, 4)
        block.append(UInt8(ascii: "-"))
        digits(month, 2)
        block.append(UInt8(ascii: "-"))
        digits(dayOfMonth, 2)
    }

    /// A moment of a day: `2025-03-31T09:15:00`.
    func field(_ day: BusinessDay, second: Int) {
        field(day)
        block.append(UInt8(ascii: "T"))
        digits(second / 3600, 2)
        block.append(UInt8(ascii: ":"))
        digits(second / 60 % 60, 2)
        block.append(UInt8(ascii: ":"))
        digits(second % 60, 2)
    }

    /// Decimal yuan of an amount in fen.
    func field(fen amount: Int64) {
        separate()
        if amount < 0 { block.append(UInt8(ascii: "-")) }
        let magnitude = amount.magnitude
        block.append(contentsOf: String(magnitude / 100).utf8)
        block.append(UInt8(ascii: "."))
        digits(Int(magnitude % 100), 2)
    }

    func endRow() {
        block.append(UInt8(ascii: "\r"))
        block.append(UInt8(ascii: "\n"))
        rows += 1
        isRowStart = true
        if block.count >= Self.blockSize { flush() }
    }

    /// Writes what is left, of a file without rows the header, and says what the file holds.
    func finish() throws(WorldFailure) -> (name: String, rows: Int, sha256: String) {
        if rows == 0 { block.append(contentsOf: header.utf8) }
        flush()
        if descriptor >= 0, close(descriptor) != 0, failure == nil { failure = errno }
        descriptor = -1
        if let failure { throw WorldFailure("write", path, errno: failure) }
        return (name, rows, hash.finish().hex)
    }

    private func separate() {
        if isRowStart {
            if rows == 0 { block.append(contentsOf: header.utf8) }
            isRowStart = false
        } else {
            block.append(UInt8(ascii: ","))
        }
    }

    private func digits(_ number: Int, _ width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            block.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    private func flush() {
        hash.update(block)
        if descriptor < 0, failure == nil {
            descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            if descriptor < 0 { failure = errno }
        }
        var written = 0
        while failure == nil, written < block.count {
            let count = block.withUnsafeBytes { bytes in
                write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                failure = errno
            }
        }
        block.removeAll(keepingCapacity: true)
    }
}
