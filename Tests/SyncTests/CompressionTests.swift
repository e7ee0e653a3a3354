import Sync
import Testing

struct CompressionTests {
    /// 4 MiB of "a" in a frame that does not name its size: magic, no options, a window of 2 MiB,
    /// 32 blocks of one repeated byte, an empty last block.
    private static let unnamed: [UInt8] =
        [0x28, 0xB5, 0x2F, 0xFD, 0, 11 << 3]
        + Array(repeatElement([2, 0, 16, UInt8(ascii: "a")], count: 32).joined()) + [1, 0, 0]

    @Test(arguments: [0, 1, 100, 131_072, 131_073, 3_000_000])
    func `what is compressed comes back whole`(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

        #expect(try Zstd.decompress(Zstd.compress(bytes), limit: size) == bytes)
        #expect(try Zstd.decompress(Zstd.compress(bytes), limit: size + 1) == bytes)
    }

    @Test func `rows that resemble each other shrink`() {
        let rows = Array(
            String(repeating: #"["330101","contact","2025-03-31"],"#, count: 1000).utf8)

        #expect(Zstd.compress(rows).count < rows.count / 20)
    }

    @Test func `a bomb that names its size is refused`() {
        let bomb = Zstd.compress([UInt8](repeating: 0, count: 50_000_000))

        #expect(bomb.count < 10_000)
        #expect(throws: ZstdError.tooLarge(limit: 1_000_000)) {
            try Zstd.decompress(bomb, limit: 1_000_000)
        }
        #expect(throws: ZstdError.tooLarge(limit: 49_999_999)) {
            try Zstd.decompress(bomb, limit: 49_999_999)
        }
    }

    @Test func `a bomb that does not name its size is refused at the limit`() throws {
        let size = 4 * 1024 * 1024

        #expect(try Zstd.decompress(Self.unnamed, limit: size).count == size)
        #expect(throws: ZstdError.tooLarge(limit: size - 1)) {
            try Zstd.decompress(Self.unnamed, limit: size - 1)
        }
        #expect(throws: ZstdError.malformed, "its window is larger than the limit") {
            try Zstd.decompress(Self.unnamed, limit: 1024)
        }
    }

    @Test func `a frame that claims more than it has is refused`() {
        // Single segment, named size 16 MiB, then one empty last block.
        let liar: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xA0, 0, 0, 0, 1, 1, 0, 0]

        #expect(throws: ZstdError.malformed) { try Zstd.decompress(liar, limit: 1 << 25) }
    }

    @Test func `a frame that was cut anywhere is refused`() {
        let whole = Zstd.compress((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) })

        for length in whole.indices {
            #expect(throws: ZstdError.malformed) {
                try Zstd.decompress(Array(whole[..<length]), limit: 10_000)
            }
        }
        for length in Self.unnamed.indices {
            #expect(throws: ZstdError.malformed) {
                try Zstd.decompress(Array(Self.unnamed[..<length]), limit: 1 << 25)
            }
        }
    }

    @Test(
        arguments: [
            [], Array("{\"protocol\":1}".utf8), [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3],
            // A skippable frame of no bytes.
            [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0],
        ] as [[UInt8]])
    func `what is not zstd is refused`(bytes: [UInt8]) {
        #expect(throws: ZstdError.malformed) { try Zstd.decompress(bytes, limit: 1000) }
    }

    @Test func `a frame with something behind it is refused`() {
        let frame = Zstd.compress([1, 2, 3])

        #expect(throws: ZstdError.malformed) { try Zstd.decompress(frame + [0], limit: 1000) }
        #expect(throws: ZstdError.malformed) { try Zstd.decompress(frame + frame, limit: 1000) }
    }

    @Test func `a damaged frame is refused or gives other bytes, and never more than the limit`() {
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        let whole = Zstd.compress(bytes)

        for position in whole.indices {
            var damaged = whole
            damaged[position] ^= 0x10
            let result = Result { try Zstd.decompress(damaged, limit: 6000) }
            if case .success(let plain) = result { #expect(plain.count <= 6000) }
        }
    }
}
