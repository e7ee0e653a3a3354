import Bank
import Sealing

/// One backup: a whole copy of a data directory's databases, sealed.
///
///     8 bytes    "BNBACKUP"
///     4 bytes    length of the header, big end first
///     n bytes    the header, canonical JSON (`BackupHeader`)
///     24 bytes   the sealed stream's header
///     pieces     4 bytes length, then so many bytes: a sealed piece (`StreamSealer`), bound to all
///                that stands above
///     4 bytes    0
///     32 bytes   SHA-256 of all that stands above
///
/// A piece in clear is one byte and what it says: `D` and up to 64 KiB of a database, `E` at a
/// database's end and its length and SHA-256 as JSON. The key is derived from the directory's data
/// key; no key is in a backup, nor could one be told from it (docs/decisions/0009).
package struct BackupFile: Sendable {
    static let magic = Array("BNBACKUP".utf8)
    static let pieceSize = 64 * 1024
    private static let longestHeader = 64 * 1024
    private static let data = UInt8(ascii: "D")
    private static let end = UInt8(ascii: "E")

    package let path: String
    package let header: BackupHeader
    /// SHA-256 of the file but its last 32 bytes, which it equals.
    package let digest: String
    package let size: Int64
    private let place: [UInt8]
}

extension BackupFile {
    /// Writes a backup of files that nobody changes meanwhile.
    static func write(
        _ header: BackupHeader, of files: [String], sealedBy key: SecretKey, to path: String,
        _ progress: (Int64) -> Void
    ) throws(StoreError) -> BackupFile {
        let out = try FileWriter(path)
        var sealer = StreamSealer(key: key)
        let text = header.json.canonicalBytes
        let opening = magic + bigEndian(text.count) + text + sealer.header
        let place = Digest.sha256(opening).bytes
        try out.write(opening)
        for (index, file) in files.enumerated() {
            let source = try FileReader(file)
            var size: Int64 = 0
            while true {
                let bytes = try source.read(pieceSize)
                if bytes.isEmpty { break }
                source.hash(bytes)
                size += Int64(bytes.count)
                let sealed = sealer.seal([data] + bytes, boundTo: place)
                try out.write(bigEndian(sealed.count) + sealed)
                progress(out.size)
            }
            var digest = source.digest
            let ending: JSONValue = [
                "sha256": .string(digest.finish().hex), "size": .int(size),
            ]
            let sealed = sealer.seal(
                [end] + ending.canonicalBytes, boundTo: place, isLast: index == files.count - 1)
            try out.write(bigEndian(sealed.count) + sealed)
        }
        try out.write(bigEndian(0))
        var whole = out.digest
        let digest = whole.finish()
        let size = out.size + Int64(Digest.size)
        try out.finish(digest.bytes)
        return BackupFile(
            path: path, header: header, digest: digest.hex, size: size, place: place)
    }

    /// Reads a backup through and finds it whole, without opening anything of it.
    package init(checking path: String) throws {
        let file = try FileReader(path)
        func take(_ count: Int) throws -> [UInt8] {
            let bytes = try file.read(count)
            guard bytes.count == count else { throw BackupError.truncated(path) }
            file.hash(bytes)
            return bytes
        }
        let magic = try file.read(Self.magic.count)
        guard magic == Self.magic else {
            throw Self.magic.starts(with: magic) && !magic.isEmpty
                ? BackupError.truncated(path) : BackupError.notABackup(path)
        }
        file.hash(magic)
        let lengthBytes = try take(4)
        let length = Self.number(lengthBytes)
        guard length <= Self.longestHeader else { throw BackupError.damaged(path) }
        let text = try take(length)
        let streamHeader = try take(StreamOpener.headerSize)
        let opening = magic + lengthBytes + text + streamHeader
        var size = Int64(opening.count)
        while true {
            let length = Self.number(try take(4))
            size += 4 + Int64(length)
            if length == 0 { break }
            guard length <= Self.pieceSize + 1 + StreamOpener.overhead else {
                throw BackupError.damaged(path)
            }
            _ = try take(length)
        }
        var digest = file.digest
        let computed = digest.finish()
        let written = try file.read(Digest.size)
        guard written.count == Digest.size else { throw BackupError.truncated(path) }
        guard written == computed.bytes, try file.read(1).isEmpty else {
            throw BackupError.damaged(path)
        }
        // From here on the header is as it was written.
        guard let json = try? JSONValue(reading: text) else { throw BackupError.damaged(path) }
        guard json["format"]?.int == BackupHeader.format else {
            throw BackupError.newerFormat(path)
        }
        guard let header = BackupHeader(json: json) else { throw BackupError.damaged(path) }
        self.init(
            path: path, header: header, digest: computed.hex,
            size: size + Int64(Digest.size), place: Digest.sha256(opening).bytes)
    }

    /// Refuses a backup that is not this directory's, or too new for this program.
    ///
    /// - Parameter owner: whose it has to be; nil where the directory no longer says.
    func check(
        is kind: BackupHeader.Kind, of owner: String?, knowing migrations: Set<String>
    ) throws(BackupError) {
        guard header.kind == kind else {
            throw .foreign(path, of: header.kind.rawValue, here: owner ?? kind.rawValue)
        }
        if let owner, owner != header.owner {
            throw .foreign(path, of: header.owner, here: owner)
        }
        guard header.files.allSatisfy({ migrations.isSuperset(of: $0.migrations) }) else {
            throw .newerSchema(path)
        }
    }

    /// Opens the backup into files, one for each database of the header; what stands there is
    /// replaced.
    func unpack(
        openedBy key: SecretKey, to files: [String], _ progress: (Int64) -> Void
    ) throws {
        precondition(files.count == header.files.count, "a file for each database")
        guard key.name == header.keyName else { throw BackupError.wrongKey(path) }
        let source = try FileReader(path)
        _ = try source.read(Self.magic.count)
        _ = try source.read(Self.number(try source.read(4)))
        guard
            var opener = StreamOpener(key: key, header: try source.read(StreamOpener.headerSize))
        else { throw BackupError.damaged(path) }
        var read: Int64 = 0
        for (index, file) in files.enumerated() {
            let out = try FileWriter(file)
            while true {
                let length = Self.number(try source.read(4))
                guard length > 0,
                    let (piece, isLast) = try? opener.open(
                        try source.read(length), boundTo: place), let first = piece.first
                else { throw BackupError.damaged(path) }
                let rest = Array(piece.dropFirst())
                read += Int64(length)
                if first == Self.data, !isLast {
                    try out.write(rest)
                    progress(read)
                    continue
                }
                var digest = out.digest
                guard first == Self.end, isLast == (index == files.count - 1),
                    let ending = try? JSONValue(reading: rest), ending["size"]?.int == out.size,
                    ending["sha256"]?.string == digest.finish().hex
                else { throw BackupError.damaged(path) }
                break
            }
            try out.finish()
        }
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }

    private static func number(_ bytes: [UInt8]) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
