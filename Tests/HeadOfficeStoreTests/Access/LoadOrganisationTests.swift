import Bank
import HeadOfficeStore
import TestSupport
import Testing

/// Who may load an organisation file, and what is written down of it.
struct LoadOrganisationTests {
    private let directory: TemporaryDirectory
    private let bank: BankStore

    init() throws {
        directory = try TemporaryDirectory()
        let (path, credential) = (directory.path + "/office", directory.path + "/office.key")
        let world = TestWorld().world
        // Gus has an administrator's role, at an outlet.
        try BankStore.create(
            path: path, credential: credential,
            organisation: Self.file(.gus, at: .gulou, .administrator), world: world,
            actor: "os:test")
        bank = try BankStore(path: path, credential: credential, world: world)
    }

    /// The cast, with one of them changed.
    private static func file(
        _ staff: StaffID, at unit: UnitCode, _ roles: Role..., mobile: String? = nil
    ) -> Organisation {
        Organisation(
            units: Organisation.ofTests.units,
            staff: Organisation.ofTests.staff.map { member in
                member.id == staff
                    ? Staff(id: staff, name: "改名", unit: unit, roles: roles, mobile: mobile)
                    : member
            })
    }

    private func entries() throws -> [String] {
        try TableDump(directory.path + "/office/data.sqlite")["audit"].filter {
            $0.contains("organisation-loaded")
        }
    }

    @Test func `an administrator of an outlet does not load for the bank`() throws {
        #expect(throws: Refusal(.notAllowed, ["staff": "gus"])) {
            try bank.load(.ofTests, as: .gus, reason: "x")
        }
        #expect(try entries().isEmpty)
        #expect(try bank.load(.ofTests, as: .amy, reason: "x").isChanged)
    }

    @Test func `the audit says who got which rights, without names and numbers`() throws {
        _ = try bank.load(
            Self.file(.tom, at: .zhejiang, .firstTierSupervisor, mobile: "13711112222"),
            as: .amy, reason: "调动")

        let entries = try entries()
        #expect(entries.count == 2)
        let text = entries.joined()
        for part in ["tom", "teller", "330101", "first-tier-supervisor", "gus", "330201"] {
            #expect(text.contains(part))
        }
        #expect(!text.contains("改名") && !text.contains("13711112222"))
        // Of those who stay what they were, nothing.
        #expect(!text.contains("ben"))
    }

    @Test func `a load of many people is written down in several entries`() throws {
        let many = (100..<550).map {
            Staff(id: StaffID("many-\($0)"), name: "n", unit: .wulin, roles: [.teller])
        }
        let file = Organisation(
            units: Organisation.ofTests.units, staff: Organisation.ofTests.staff + many)

        _ = try bank.load(file, as: .amy, reason: nil)

        // One of the whole, and three of 451 people: Gus is a supervisor again.
        let entries = try entries()
        #expect(entries.count == 4)
        #expect(
            many.allSatisfy { member in
                entries.contains { $0.contains(member.id.rawValue) }
            })
    }
}
