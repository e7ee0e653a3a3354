import Bank
import Testing

struct MoneyTests {
    @Test(
        arguments: [
            ("0", 0), ("1", 100), ("1.5", 150), ("1.05", 105), ("1.50", 150), ("-12.5", -1250),
            ("-0.01", -1), ("-0", 0), ("007.00", 700), ("10000.00", 1_000_000),
            ("99999999999.99", 9_999_999_999_999), ("000000000001", 100),
        ] as [(String, Int64)])
    func `decimal yuan with at most two decimals is read to the fen`(text: String, fen: Int64) {
        #expect(Fen(text) == Fen(fen))
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1.234", "1.2.3", "+1", "1e3", "1,000.00", " 1", "1 ", "--1",
        "1-", "0x10", "NaN", "一", "１", "100000000000", "1000000000000", "-100000000000.00", "1.-5",
    ])
    func `what is no amount is refused`(text: String) {
        #expect(Fen(text) == nil)
    }

    @Test(
        arguments: [
            (0, "0.00", "0.00"), (5, "0.05", "0.05"), (-5, "-0.05", "-0.05"),
            (123_450, "1234.50", "1,234.50"), (100_000_000_00, "100000000.00", "100,000,000.00"),
            (-99_999, "-999.99", "-999.99"), (100_000, "1000.00", "1,000.00"),
            (100_000_100, "1000001.00", "1,000,001.00"),
            (Int64.min, "-92233720368547758.08", "-92,233,720,368,547,758.08"),
        ] as [(Int64, String, String)])
    func `an amount is written in yuan`(fen: Int64, plain: String, grouped: String) {
        #expect(Fen(fen).description == plain)
        #expect(Fen(fen).grouped == grouped)
    }

    @Test(
        arguments: [
            (0, 0), (1, 1), (2, 1), (3, 2), (19_999_999, 10_000_000), (20_000_001, 10_000_001),
        ]
            as [(Int64, Int64)])
    func `half a fen is rounded up for display`(halves: Int64, fen: Int64) {
        #expect(HalfFen(halves).rounded == Fen(fen))
    }
}
