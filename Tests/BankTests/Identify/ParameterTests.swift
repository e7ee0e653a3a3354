import Bank
import TestSupport
import Testing

struct ParameterTests {
    private static func setting(
        _ value: String, from: String, scope: ParameterSetting.Scope = .bank
    ) -> ParameterSetting {
        ParameterSetting(name: "tgt_min", scope: scope, value: value, effectiveFrom: day(from))
    }

    private static let settings = [
        setting("300000", from: "2025-07-01"), setting("200000", from: "2025-01-01"),
        setting("150000", from: "2025-03-01", scope: .firstTier(.zhejiang)),
        setting("50000", from: "2025-01-01", scope: .firstTier(.jiangsu)),
    ]

    @Test(arguments: [
        ("2024-12-31", UnitCode.zhejiang, "100000"), ("2025-01-01", .zhejiang, "200000"),
        ("2025-02-28", .zhejiang, "200000"), ("2025-03-01", .zhejiang, "150000"),
        ("2025-12-31", .zhejiang, "150000"), ("2025-12-31", .jiangsu, "50000"),
        ("2025-12-31", "44", "300000"),
    ])
    func `the latest value on or before the date counts, the narrower scope first`(
        date: String, firstTier: UnitCode, line: String
    ) {
        var expected = RuleParameters()
        expected.targetMinimum = yuan(line)

        #expect(RuleParameters(Self.settings, on: day(date), firstTier: firstTier) == expected)
    }

    @Test(arguments: [
        ("pot_min", "10000", true), ("pot_min", "0", false), ("pot_min", "10000.005", false),
        ("pot_min", "-1", false), ("pot_min", "100000001", false), ("pot_inclusive", "false", true),
        ("pot_inclusive", "no", false), ("tgt_exit_months", "36", true),
        ("tgt_exit_months", "37", false), ("tgt_exit_months", "0", false),
        ("tgt_exit_months", "6.5", false), ("settlement_wait", "0", true),
        ("tgt_exit_months", "+6", false), ("tgt_exit_months", "06", false),
        ("pot_min", "100000000.01", false), ("pot_min", "0.99", false), ("pot_min", "1", true),
        ("tgt_exit_mode", "month_points", true), ("tgt_exit_mode", "daily", false),
        ("aad_method", "rolling_365", true), ("aad_method", "", false),
        ("january_policy", "carry_until_month 12", true),
        ("january_policy", "carry_until_month 13", false),
        ("january_policy", "carry_until_month", false), ("downgrade_grace_months", "12", true),
        ("downgrade_grace_months", "13", false), ("weight_loan", "1", true),
        ("weight_loan", "0.5", false), ("weight_loan", "5", false), ("weight_other", "0", true),
    ])
    func `a value outside a parameter's range is not admitted`(
        name: String, value: String, isAdmitted: Bool
    ) throws {
        #expect(try #require(Parameter.all[name]).admits(value) == isAdmitted)
    }

    @Test func `every parameter admits its own default, which is the rules' default`() {
        let settings = Parameter.all.values.map {
            ParameterSetting(
                name: $0.name, scope: .bank, value: $0.defaultValue,
                effectiveFrom: day("2020-01-01"))
        }

        #expect(Parameter.all.values.allSatisfy { $0.admits($0.defaultValue) })
        #expect(
            RuleParameters(settings, on: day("2025-01-01"), firstTier: .zhejiang)
                == RuleParameters())
    }
}
