package import Bank
package import Sealing

/// What a node asks about a snapshot of its scope: `POST /v1/snapshot` (`sync.md`, statement 11).
///
/// Head office takes one state of everything that goes down to the node, as blocks in one zstd
/// frame, and keeps it in chunks. The node is told the root, asks for the hash of each chunk, then
/// for the chunks, in any number of conversations; it goes on with pulls from `through`.
package enum SnapshotQuestion: Hashable, Sendable {
    /// Which one there is: the one with this root, where the node has begun on it; else one that
    /// goes beyond `after`, which is made where there is none.
    case head(has: Digest?, after: Int64)
    /// The hashes of its chunks from a number on.
    case hashes(root: Digest, from: Int)
    case chunk(root: Digest, number: Int)

    package var json: JSONValue {
        switch self {
        case .head(let has, let after):
            [
                "after": .int(after), "has": JSONValue(has?.hex),
                "protocol": .int(Message.version),
            ]
        case .hashes(let root, let from):
            [
                "from": .int(Int64(from)), "protocol": .int(Message.version),
                "root": .string(root.hex),
            ]
        case .chunk(let root, let number):
            [
                "chunk": .int(Int64(number)), "protocol": .int(Message.version),
                "root": .string(root.hex),
            ]
        }
    }

    package init?(json: JSONValue) {
        let countable: ClosedRange<Int64> = 0...(1 << 52)
        if let after = json["after"]?.int {
            let has = json["has"]?.string.map(Digest.init(hex:))
            guard countable.contains(after), has != .some(nil) else { return nil }
            self = .head(has: has ?? nil, after: after)
            return
        }
        guard let root = json["root"]?.string.flatMap(Digest.init(hex:)) else { return nil }
        if let from = json["from"]?.int, countable.contains(from) {
            self = .hashes(root: root, from: Int(from))
        } else if let number = json["chunk"]?.int, countable.contains(number) {
            self = .chunk(root: root, number: Int(number))
        } else {
            return nil
        }
    }
}

/// What is known of a snapshot before its first chunk.
package struct SnapshotHead: Hashable, Sendable {
    /// SHA-256 over the hashes of all chunks, one after the other: it covers every byte.
    package let root: Digest
    package let chunks: Int
    /// Head office's sequence at which it was taken: pulls go on from here.
    package let through: Int64
    /// Number of the newest settlement record then. What the node holds of later ones stays.
    package let lastRecord: Int64

    package init(root: Digest, chunks: Int, through: Int64, lastRecord: Int64) {
        self.root = root
        self.chunks = chunks
        self.through = through
        self.lastRecord = lastRecord
    }

    package var json: JSONValue {
        [
            "chunks": .int(Int64(chunks)), "lastRecord": .int(lastRecord),
            "protocol": .int(Message.version), "root": .string(root.hex), "through": .int(through),
        ]
    }

    package init?(json: JSONValue) {
        guard let root = json["root"]?.string.flatMap(Digest.init(hex:)),
            let chunks = json["chunks"]?.int, let through = json["through"]?.int,
            let lastRecord = json["lastRecord"]?.int,
            (1...Self.mostChunks).contains(chunks), (0...(1 << 52)).contains(through),
            (0...(1 << 52)).contains(lastRecord)
        else { return nil }
        self.init(
            root: root, chunks: Int(chunks), through: through, lastRecord: lastRecord)
    }

    /// Some 60 GB: far above any first-tier branch.
    private static let mostChunks: Int64 = 1 << 20
}

/// Some of the hashes that the root covers.
package struct SnapshotHashes: Hashable, Sendable {
    /// More of them are in the next answer.
    package static let most = 500

    package let hashes: [Digest]

    package init(hashes: [Digest]) {
        self.hashes = hashes
    }

    package var json: JSONValue {
        [
            "hashes": .array(hashes.map { .string($0.hex) }),
            "protocol": .int(Message.version),
        ]
    }

    package init?(json: JSONValue) {
        guard let list = json["hashes"]?.array, (1...Self.most).contains(list.count) else {
            return nil
        }
        hashes = list.compactMap { $0.string.flatMap(Digest.init(hex:)) }
        guard hashes.count == list.count else { return nil }
    }
}

/// One chunk's bytes. In hexadecimal, which the packing of the message makes up for.
package struct SnapshotChunk: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var json: JSONValue {
        ["bytes": .string(hexadecimal(bytes)), "protocol": .int(Message.version)]
    }

    package init?(json: JSONValue) {
        guard let bytes = json["bytes"]?.string.flatMap({ Sealing.bytes(hexadecimal: $0) }),
            bytes.count <= Int(Part.size)
        else { return nil }
        self.bytes = bytes
    }
}

/// How large snapshots and their pieces are, and when a node gets one.
package struct SnapshotLimits: Sendable {
    /// Bytes of a chunk, the last one less.
    package let chunk: Int64
    /// Customers whose rows are in memory at one time, at either end.
    package let customersPerPage: Int
    /// A node that lacks no more rows than this gets deltas.
    package let horizon: Int
    /// Kept at one time for the outlets of one first-tier branch; others pull meanwhile.
    package let mostKept: Int

    package init(
        chunk: Int64 = Part.size, customersPerPage: Int = 200, horizon: Int = 20_000,
        mostKept: Int = 32
    ) {
        self.chunk = chunk
        self.customersPerPage = customersPerPage
        self.horizon = horizon
        self.mostKept = mostKept
    }
}
