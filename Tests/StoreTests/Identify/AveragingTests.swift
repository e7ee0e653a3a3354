import Bank
import Store
import TestSupport
import Testing

/// What a customer's page shows is measured as the rules measure it.
struct AveragingTests {
    @Test(arguments: [
        ("ytd", 2, 200_000_00), ("rolling_365", 365, 32 * 200_000_00),
        ("since_open", 33, 32 * 200_000_00),
    ])
    func `the average is over the days of the bank's method`(
        method: String, days: Int, halves: Int64
    ) throws {
        let files = try TemporaryDirectory()
        let store = try BranchStore.alone(
            organisation: .made(parameters: [
                ParameterSetting(
                    name: "aad_method", scope: .bank, value: method,
                    effectiveFrom: day("2024-01-01"))
            ]))

        try store.takeAndClose(
            [
                ExtractBuilder(day("2024-12-01")).holding(.wang, "100000"),
                ExtractBuilder(day("2025-01-02")).balanceRow("A3300000001", "0"),
            ], in: files)

        let position = try store.customer(.wang, by: "ada").position
        #expect(position.days == days)
        #expect(position.accumulated == HalfFen(halves))
        #expect(try store.standings(by: "os:test").map(\.average) == [position.average])
    }
}
