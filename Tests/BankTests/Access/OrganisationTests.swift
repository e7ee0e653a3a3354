import Bank
import TestSupport
import Testing

struct OrganisationTests {
    @Test(arguments: [
        (UnitCode.wulin, UnitCode.zhejiang), ("3301", .zhejiang), (.zhejiang, .zhejiang),
        (.nanjing, .jiangsu), (.headOffice, nil), ("999999", nil),
    ])
    func `a unit belongs to the first-tier branch above it`(unit: UnitCode, expected: UnitCode?) {
        #expect(Organisation.ofTests.firstTier(of: unit) == expected)
    }

    @Test(arguments: [
        (UnitCode.headOffice, UnitCode.wulin, true), ("3301", .wulin, true), (.wulin, .wulin, true),
        (.wulin, "3301", false), (.jiangsu, .wulin, false), ("3301", .gulou, false),
    ])
    func `a unit is above itself and what hangs below it`(
        upper: UnitCode, lower: UnitCode, expected: Bool
    ) {
        #expect(Organisation.ofTests.is(upper, above: lower) == expected)
    }

    @Test func `a node is told of its own first-tier branch and head office alone`() {
        let scoped = Organisation.made(
            parameters: [
                setting("pot_min", "20000", .bank),
                setting("pot_min", "30000", .firstTier(.zhejiang)),
                setting("pot_min", "40000", .firstTier(.jiangsu)),
            ]
        ).scoped(to: .jiangsu)

        #expect(Set(scoped.units.map(\.code)) == [.headOffice, .jiangsu, .nanjing])
        #expect(Set(scoped.staff.map(\.id)) == [.nia, .oki, .hal, .amy])
        #expect(scoped.parameters.map(\.value) == ["20000", "40000"])
    }

    @Test func `every fault of a file is named`() {
        let organisation = Organisation(
            units: [
                Unit(code: "00", name: "", level: .headOffice, parent: nil),
                Unit(code: "33", name: "", level: .firstTier, parent: "00"),
                Unit(code: "33", name: "", level: .firstTier, parent: "00"),
                Unit(code: "330101", name: "", level: .outlet, parent: "77"),
                Unit(code: "000001", name: "", level: .outlet, parent: "00"),
                Unit(code: "34", name: "", level: .firstTier, parent: nil),
            ],
            staff: [
                Staff(id: "a", name: "", unit: "33", roles: []),
                Staff(id: "a", name: "", unit: "33", roles: []),
                Staff(id: "b", name: "", unit: "77", roles: []),
                Staff(id: "330101", name: "", unit: "33", roles: []),
            ],
            parameters: [
                setting("nonsense", "1", .bank), setting("pot_min", "x", .bank),
                setting("tgt_min", "1", .bank), setting("tgt_min", "2", .bank),
                setting("tgt_min", "3", .firstTier("33")),
            ])

        #expect(
            Set(organisation.faults) == [
                .duplicateUnit("33"), .unknownParent(unit: "330101"),
                .outsideFirstTier(outlet: "000001"), .unknownParent(unit: "34"),
                .duplicateStaff("a"), .unknownUnit(staff: "b"),
                .namedLikeUnit(staff: "330101"), .unknownParameter("nonsense"),
                .parameterOutOfRange("pot_min", value: "x"),
                .parameterOverlaps("tgt_min", from: day("2025-01-01")),
            ])
        #expect(Organisation.ofTests.faults == [])
    }

    @Test func `a node takes what an earlier head office loaded, or a later one means`() {
        let lenient: [OrganisationFault] = [.namedLikeUnit(staff: "33"), .unknownParameter("x")]

        #expect(lenient.map(\.isOfAnotherVersion) == [true, true])
        #expect(!OrganisationFault.duplicateStaff("33").isOfAnotherVersion)
    }

    private func setting(
        _ name: String, _ value: String, _ scope: ParameterSetting.Scope
    ) -> ParameterSetting {
        ParameterSetting(name: name, scope: scope, value: value, effectiveFrom: day("2025-01-01"))
    }
}
