import Bank
import Sealing
import Sync
import Testing

struct BlockTests {
    private static let types: [WireType] = [.integer, .text, .bytes]

    private func rows(_ count: Int) -> TableRows {
        var rows = TableRows(table: "t", columns: ["n", "text", "index"])
        for row in 0..<count {
            rows.append([
                row % 3 == 0 ? .null : .int(Int64(row * 1000 - 50_000)),
                row % 5 == 0 ? .null : .string("第\(row)行"),
                row % 7 == 0 ? .null : .string(hexadecimal([UInt8(row & 255), 0, 255])),
            ])
        }
        return rows
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1000])
    func `rows come back as they were`(count: Int) throws {
        let rows = rows(count)

        let block = rows.block(types: Self.types)
        let read = try block.withUnsafeBytes { try TableRows(try Block($0)) }

        #expect(read == rows)
    }

    @Test func `any integer comes back`() throws {
        var rows = TableRows(table: "t", columns: ["n"])
        for number in [Int64.min, .max, 0, -1, .min, 1, .max, .max] { rows.append([.int(number)]) }

        let block = rows.block(types: [.integer])

        #expect(try block.withUnsafeBytes { try TableRows(try Block($0)) } == rows)
    }

    @Test func `no prefix and no flipped bit of a block traps, and what is read is bounded`() throws
    {
        let block = rows(20).block(types: Self.types)
        func read(_ bytes: [UInt8]) throws -> TableRows {
            try bytes.withUnsafeBytes { try TableRows(try Block($0)) }
        }

        for length in 0..<block.count {
            #expect(throws: WireError.self) { try read(Array(block.prefix(length))) }
        }
        for index in block.indices {
            for bit in 0..<8 {
                var bytes = block
                bytes[index] ^= 1 << UInt8(bit)
                #expect((try? read(bytes))?.count ?? 0 <= BlockWriter.mostRows)
            }
        }
    }

    @Test func `a frame is taken apart whatever the pieces it comes in`() throws {
        var frame = BatchFrameWriter()
        var bytes: [UInt8] = []
        for count in [3, 1500, 40] {
            try frame.append(rows(count).block(types: Self.types)) { bytes += $1 }
        }
        let (size, content) = try frame.finish { bytes += $1 }
        #expect(size == Int64(bytes.count))
        #expect(content == Digest.sha256(bytes))

        for step in [1, 7, 1000, bytes.count] {
            var reader = BatchFrameReader(size: size)
            var counts: [Int] = []
            for start in stride(from: 0, to: bytes.count, by: step) {
                try reader.read(Array(bytes[start..<min(start + step, bytes.count)])) {
                    counts.append($0.rows)
                }
            }
            #expect(counts == [3, 1500, 40])
            let isWhole = reader.isWhole
            #expect(isWhole)
        }
        #expect(throws: WireError.self) { try TableRows.all(inFrame: Array(bytes.dropLast())) }
        #expect(throws: WireError.self) { try TableRows.all(inFrame: bytes + [0]) }
    }
}
