import CZstd

/// Makes one zstd frame of bytes that come piece by piece. A class, since it owns the library's
/// context; whoever makes it is the only one to use it.
package final class ZstdCompressor {
    private let context: OpaquePointer
    private var room: [UInt8]

    package init(level: Int32) {
        guard let context = ZSTD_createCCtx() else {
            preconditionFailure("there is no memory for a compression")
        }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        room = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())
    }

    deinit { ZSTD_freeCCtx(context) }

    /// Hands on what comes out for the bytes; `isLast` ends the frame.
    package func compress(
        _ bytes: [UInt8], isLast: Bool = false, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        try bytes.withUnsafeBytes { source in
            var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            var isDone = false
            while !isDone {
                let capacity = room.count
                let (made, rest) = room.withUnsafeMutableBytes { buffer in
                    var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: capacity, pos: 0)
                    let rest = ZSTD_compressStream2(
                        context, &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
                    return (output.pos, rest)
                }
                precondition(ZSTD_isError(rest) == 0, "zstd compresses whatever has memory")
                try room.withUnsafeBytes {
                    try take(UnsafeRawBufferPointer(rebasing: $0.prefix(made)))
                }
                isDone = isLast ? rest == 0 : input.pos == input.size
            }
        }
    }
}

/// Takes one zstd frame apart piece by piece, with memory for its window alone. A class, since it
/// owns the library's context; whoever makes it is the only one to use it.
package final class ZstdDecompressor {
    /// 8 MiB, what level 3 uses at most with a margin: a frame that wants a larger one is refused.
    private static let windowLog: Int32 = 23

    private let context: OpaquePointer
    private var room: [UInt8]
    /// Whether the frame has ended; what comes after is malformed.
    package private(set) var isAtEnd = false

    package init() {
        guard let context = ZSTD_createDCtx() else {
            preconditionFailure("there is no memory for a decompression")
        }
        self.context = context
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog)
        room = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    }

    deinit { ZSTD_freeDCtx(context) }

    /// Hands on what comes out for the bytes, piece by piece.
    package func decompress(
        _ bytes: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var isFull = false
        while input.pos < input.size || isFull {
            guard !isAtEnd else { throw WireError.malformed }
            let capacity = room.count
            let (made, rest) = room.withUnsafeMutableBytes { buffer in
                var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: capacity, pos: 0)
                let rest = ZSTD_decompressStream(context, &output, &input)
                return (output.pos, rest)
            }
            guard ZSTD_isError(rest) == 0 else { throw WireError.malformed }
            isAtEnd = rest == 0
            isFull = made == capacity && !isAtEnd
            try room.withUnsafeBytes {
                try take(UnsafeRawBufferPointer(rebasing: $0.prefix(made)))
            }
        }
    }
}
