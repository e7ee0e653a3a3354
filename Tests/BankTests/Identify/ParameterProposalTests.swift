import Bank
import TestSupport
import Testing

struct ParameterProposalTests {
    private static func setting(
        _ name: String, _ value: String, from: String = "2025-07-01",
        scope: ParameterSetting.Scope = .bank
    ) -> ParameterSetting {
        ParameterSetting(name: name, scope: scope, value: value, effectiveFrom: day(from))
    }

    private static let settings = [
        setting("tgt_min", "200000"), setting("tier_diamond", "900000", from: "2025-09-01"),
        setting("tier_platinum", "300000", from: "2025-01-01", scope: .firstTier(.zhejiang)),
    ]

    @Test(
        arguments: [
            (setting("tgt_max", "1"), Refusal(.unknownParameter, ["name": "tgt_max"])),
            (
                setting("tgt_min", "0"),
                Refusal(
                    .parameterOutOfRange,
                    ["name": "tgt_min", "value": "0", "admitted": "1 … 1000000000"])
            ),
            (
                setting("tgt_exit_mode", "weekly"),
                Refusal(
                    .parameterOutOfRange,
                    [
                        "name": "tgt_exit_mode", "value": "weekly",
                        "admitted": "daily_run, month_points",
                    ])
            ),
            (
                setting("pot_min", "5000", from: "2025-06-30"),
                Refusal(
                    .effectiveInClosedPeriod, ["date": "2025-06-30", "closed": "2025-06-30"])
            ),
            (
                setting("tgt_min", "150000"),
                Refusal(
                    .parameterOverlaps,
                    ["name": "tgt_min", "scope": "bank", "date": "2025-07-01"])
            ),
            // Below the new diamond from September on, not before.
            (
                setting("tier_platinum", "950000"),
                Refusal(.tiersOutOfOrder, ["date": "2025-09-01"])
            ),
            // Zhejiang's platinum stays at 300,000 when the bank's gold rises.
            (setting("tier_gold", "400000"), Refusal(.tiersOutOfOrder, ["date": "2025-07-01"])),
        ] as [(ParameterSetting, Refusal)])
    func `a value that could not take effect is refused`(
        setting: ParameterSetting, refusal: Refusal
    ) {
        #expect(throws: refusal) {
            try setting.check(among: Self.settings, closedThrough: day("2025-06-30"))
        }
    }

    @Test(arguments: [
        setting("pot_min", "5000", from: "2025-07-01"),
        setting("tgt_min", "150000", from: "2025-07-02"),
        setting("tgt_min", "150000", scope: .firstTier(.zhejiang)),
        setting("tier_platinum", "900000"), setting("tier_gold", "300000"),
        setting("tier_diamond", "500000", scope: .firstTier(.zhejiang)),
    ])
    func `a value in its range, on a free and open date, is not`(setting: ParameterSetting) {
        #expect(throws: Never.self) {
            try setting.check(among: Self.settings, closedThrough: day("2025-06-30"))
        }
    }

    @Test func `where nothing is closed any date will do`() {
        #expect(throws: Never.self) {
            try Self.setting("pot_min", "1", from: "1999-01-01")
                .check(among: [], closedThrough: nil)
        }
    }
}
