import Bank
package import Sealing

/// Makes a batch's frame of blocks, part by part, with memory for one block and one part.
package struct BatchFrameWriter: ~Copyable {
    /// Of zstd. Rows whose columns stand side by side pack at level 1 within a hundredth of what
    /// level 3 makes of them, for a third of the work. A snapshot is made seldom and is mostly text.
    package static let levels = (batch: Int32(1), snapshot: Int32(3))

    private let compressor: ZstdCompressor
    private var pending: [UInt8] = []
    private var stream = DigestStream()
    private var size: Int64 = 0
    private var index = 0
    private let partSize: Int

    /// - Parameter partSize: bytes of each part but the last.
    package init(partSize: Int64 = Part.size, level: Int32 = levels.batch) {
        self.partSize = Int(partSize)
        compressor = ZstdCompressor(level: level)
    }

    /// Adds a block, and hands on the parts that are full by now.
    package mutating func append(
        _ block: [UInt8], _ keep: (_ index: Int, [UInt8]) throws -> Void
    ) throws {
        var length = WireWriter()
        length.append(number: UInt64(block.count))
        try feed(length.bytes, isLast: false, keep)
        try feed(block, isLast: false, keep)
    }

    /// Ends the frame, hands on what is left, and says how large it is and what its digest is.
    package mutating func finish(
        _ keep: (_ index: Int, [UInt8]) throws -> Void
    ) throws -> (size: Int64, content: Digest) {
        // A block of no bytes ends the batch.
        try feed([0], isLast: true, keep)
        if !pending.isEmpty || index == 0 { try keep(index, pending) }
        return (size, stream.finish())
    }

    private mutating func feed(
        _ bytes: [UInt8], isLast: Bool, _ keep: (_ index: Int, [UInt8]) throws -> Void
    ) throws {
        var made: [UInt8] = []
        compressor.compress(bytes, isLast: isLast) { made.append(contentsOf: $0) }
        guard !made.isEmpty else { return }
        stream.update(made)
        size += Int64(made.count)
        pending.append(contentsOf: made)
        while pending.count >= partSize {
            try keep(index, Array(pending.prefix(partSize)))
            pending.removeFirst(partSize)
            index += 1
        }
    }
}

/// Takes a batch's frame apart, block by block, with memory for one block.
package struct BatchFrameReader: ~Copyable {
    /// Far above what a writer puts into one; a longest text or two more than it stops at.
    package static let longestBlock = 4 * 1024 * 1024

    private let decompressor = ZstdDecompressor()
    private var pending: [UInt8] = []
    private var hasEnded = false
    private var rowsLeft: Int
    private var bytesLeft: Int
    private let longestBlock: Int

    /// What comes out of a frame is bounded by what was sent: rows of nothing pack to nothing, and
    /// each of them is work. Rows of ours have a key and take some bytes each; nobody's take less
    /// than one.
    ///
    /// - Parameters:
    ///   - size: bytes of the whole frame, as its batch's head says.
    ///   - longestBlock: bytes of a block, which memory has to hold.
    package init(size: Int64, longestBlock: Int = Self.longestBlock) {
        self.longestBlock = longestBlock
        let size = Int(clamping: max(0, min(size, Part.largestBatch)))
        rowsLeft = 100_000 + size
        bytesLeft = 16 * 1024 * 1024 + 256 * size
    }

    /// Hands on the blocks that are whole with these bytes of the frame.
    package mutating func read(_ bytes: [UInt8], _ take: (Block) throws -> Void) throws {
        // NB: taken apart piece by piece, so that a small part that grows large stays small here.
        try bytes.withUnsafeBytes { source in
            try decompressor.decompress(source) { piece in
                bytesLeft -= piece.count
                guard bytesLeft >= 0 else { throw ExchangeError.tooLarge }
                pending.append(contentsOf: piece)
                try drain(take)
            }
        }
    }

    private mutating func drain(_ take: (Block) throws -> Void) throws {
        var used = 0
        try pending.withUnsafeBytes { buffer in
            while used < buffer.count {
                guard !hasEnded else { throw WireError.malformed }
                var wire = WireReader(UnsafeRawBufferPointer(rebasing: buffer[used...]))
                let available = wire.rest.count
                guard let length = try? wire.number() else {
                    if available >= 10 { throw WireError.malformed }
                    return
                }
                guard length <= UInt64(longestBlock) else { throw WireError.malformed }
                if length == 0 {
                    hasEnded = true
                } else {
                    guard UInt64(wire.rest.count) >= length else { return }
                    let block = try Block(try wire.take(Int(length)))
                    rowsLeft -= block.rows
                    guard rowsLeft >= 0 else { throw ExchangeError.tooLarge }
                    try take(block)
                }
                used += available - wire.rest.count
            }
        }
        if used > 0 { pending.removeFirst(used) }
    }

    /// Whether the frame and the batch in it are whole.
    package var isWhole: Bool { hasEnded && decompressor.isAtEnd && pending.isEmpty }
}

extension TableRows {
    /// All rows of a batch's frame, by block: for what is looked at rather than bound.
    package static func all(inFrame bytes: [UInt8]) throws -> [TableRows] {
        var reader = BatchFrameReader(size: Int64(bytes.count))
        var all: [TableRows] = []
        try reader.read(bytes) { all.append(try TableRows($0)) }
        guard reader.isWhole else { throw WireError.malformed }
        return all
    }

    /// The rows as a block, each column of the type its table gives it.
    package func block(types: [WireType]) -> [UInt8] {
        var writer = BlockWriter(table: table, columns: Array(zip(columns, types)))
        for row in 0..<count {
            for column in columns.indices {
                switch values[column][row] {
                case .int(let number): writer.append(.integer(number), to: column)
                case .string(let text) where types[column] == .bytes:
                    (bytes(hexadecimal: text) ?? []).withUnsafeBytes {
                        writer.append(.bytes($0), to: column)
                    }
                case .string(let text): writer.append(text: text, to: column)
                default: writer.append(.empty, to: column)
                }
            }
        }
        return writer.finish()
    }
}
