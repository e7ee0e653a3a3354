import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// A newer organisation file is in force at head office at once and at each node with its next
/// exchange.
struct OrganisationEverywhereTests {
    private func file(without units: Set<UnitCode> = [], staff: Set<StaffID>) -> Organisation {
        Organisation(
            units: Organisation.ofTests.units.filter { !units.contains($0.code) },
            staff: Organisation.ofTests.staff.filter { !staff.contains($0.id) })
    }

    @Test func `a loaded file goes down to the nodes, whatever version they held`() throws {
        let outlets = try ThreeOutlets()
        try outlets.exchange()
        // Of a head office that came out of a backup, the nodes know a later version.
        let before = try outlets.bank.copiedInMemory()
        let first = try outlets.bank.load(file(staff: [.tom]), as: .amy, reason: "left")
        try outlets.exchange()
        outlets.world.pass(minutes: 1)
        let second = try before.load(file(staff: [.tom, .ben]), as: .amy, reason: nil)

        #expect(first.isChanged && second.version > first.version)
        #expect(try outlets[.wulin].organisationVersion() == first.version)
        try Talk(outlets[.wulin], before).exchange()
        #expect(try outlets[.wulin].organisationVersion() == second.version)
        #expect(throws: Refusal(.inactiveStaff, ["staff": "tom"])) {
            try outlets[.wulin].addContact(with: .wang, by: .tom, way: .call, note: "x")
        }
    }

    @Test func `the same file again makes no new version`() throws {
        let outlets = try ThreeOutlets()
        let first = try outlets.bank.load(file(staff: [.tom]), as: .amy, reason: nil)

        let again = try outlets.bank.load(file(staff: [.tom]), as: .amy, reason: nil)

        #expect(!again.isChanged && again.version == first.version)
    }

    @Test func `only an administrator loads one, and nobody leaves with a book of customers`()
        throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        let version = try outlets.bank.organisationVersion()

        #expect(throws: Refusal(.notAllowed, ["staff": "fay"])) {
            try outlets.bank.load(file(staff: [.tom]), as: .fay, reason: nil)
        }
        #expect(
            throws: OrganisationRefused([
                .ownsCustomers(staff: .ada, outlet: .wulin, count: 1)
            ])
        ) {
            try outlets.bank.load(file(staff: [.ada]), as: .amy, reason: nil)
        }
        #expect(try outlets.bank.organisationVersion() == version)
    }

    @Test func `a closed outlet gets no node and no customers, and both sides hold the same of it`()
        throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        _ = try outlets.bank.load(
            file(without: [.gulou], staff: [.dan, .gus]), as: .amy, reason: "merged")
        try outlets.exchange()

        #expect(throws: Refusal(.outletClosed, ["outlet": "330201"])) {
            try outlets.bank.invite(.gulou, by: "t")
        }
        #expect(throws: Refusal(.outletClosed, ["outlet": "330201"])) {
            try outlets.bank.adjudicate(.wang, to: .gulou, by: .fay, opinion: "x")
        }
        let nodes = try outlets.bank.nodes(by: "t")
        #expect(nodes.first { $0.outlet.code == .gulou }?.outlet.active == false)
        var (here, there): ([String], [String]) = ([], [])
        try outlets[.wulin].exportCanonical(by: "t") { here.append($0) }
        try outlets.bank.exportCanonical(of: .wulin, by: "t") { there.append($0) }
        #expect(here.filter { $0.contains("\"active\":false") && $0.contains("330201") }.count == 3)
        #expect(
            here.filter { $0.contains("\"table\":\"organisation\"") }
                == there.filter { $0.contains("\"table\":\"organisation\"") })
    }

    @Test func `an outlet does not move while its node may still deliver`() throws {
        let outlets = try ThreeOutlets()
        let moved = Organisation(
            units: Organisation.ofTests.units.map { unit in
                unit.code == .gulou
                    ? Unit(code: unit.code, name: unit.name, level: .outlet, parent: .jiangsu)
                    : unit
            }, staff: Organisation.ofTests.staff)
        let version = try outlets.bank.organisationVersion()

        #expect(throws: OrganisationRefused([.nodeWouldMove(.gulou)])) {
            try outlets.bank.load(moved, as: .amy, reason: nil)
        }
        #expect(try outlets.bank.organisationVersion() == version)
        try outlets.exchange()
        try outlets.bank.revoke(.gulou, by: "t")
        let loaded = try outlets.bank.load(moved, as: .amy, reason: nil)
        #expect(loaded.isChanged && loaded.succession.outletsMoved == [.gulou])
    }

    @Test func `after a restore nothing is loaded before all nodes have said who owns whom`()
        throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
        let bank = try outlets.bank.copiedInMemory()
        _ = try outlets.claim(at: .wulin)
        try outlets.exchange()
        try #require(try outlets.settle(now: true).count == 1)
        try outlets.exchange()
        try Talk(outlets[.gulou], bank).exchange()

        #expect(throws: Refusal.self) {
            try bank.load(file(staff: [.ada]), as: .amy, reason: nil)
        }.map { #expect($0.reason == .officeRecovering) }

        for _ in 0..<2 {
            for outlet in [UnitCode.wulin, .xihu, .gulou] {
                try Talk(outlets[outlet], bank).exchange()
            }
        }
        #expect(
            throws: OrganisationRefused([
                .ownsCustomers(staff: .ada, outlet: .wulin, count: 1)
            ])
        ) {
            try bank.load(file(staff: [.ada]), as: .amy, reason: nil)
        }
        #expect(try bank.load(file(staff: [.ben]), as: .amy, reason: nil).overtaken == [])
    }

    @Test func `a node that holds a greater version takes head office's once, and is done`() throws
    {
        let outlets = try ThreeOutlets()
        try outlets.exchange()
        let bank = try outlets.bank.copiedInMemory()
        let second = try bank.load(file(staff: [.tom, .ben]), as: .amy, reason: nil)
        // The head office that was lost had a clock that was an hour ahead.
        outlets.world.pass(minutes: 60)
        let first = try outlets.bank.load(file(staff: [.tom]), as: .amy, reason: nil)
        try outlets.exchange()
        #expect(first.version > second.version)
        #expect(try outlets[.wulin].organisationVersion() == first.version)

        #expect(try Talk(outlets[.wulin], bank).exchange().verdict == .inStep)

        #expect(try outlets[.wulin].organisationVersion() == second.version)
        #expect(throws: Refusal(.inactiveStaff, ["staff": "ben"])) {
            try outlets[.wulin].addContact(with: .wang, by: .ben, way: .call, note: "x")
        }
        let again = try bank.delta(
            for: Talk(outlets[.wulin], bank).node(),
            PullRequest(after: 0, organisationVersion: second.version))
        #expect(again.organisation == nil)
    }

    @Test func `the organisation of a backup replaces none while head office is made whole`() throws
    {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000"])
        try outlets.exchange()
        let bank = try outlets.bank.copiedInMemory()
        let lost = try outlets.bank.load(file(staff: [.tom]), as: .amy, reason: nil)
        _ = try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()

        for _ in 0..<2 {
            for outlet in [UnitCode.wulin, .xihu, .gulou] {
                try Talk(outlets[outlet], bank).exchange()
                #expect(try outlets[outlet].organisationVersion() == lost.version)
            }
        }

        // Which is over with this.
        #expect(try bank.settle(.zhejiang, by: "t") == [])
        try Talk(outlets[.wulin], bank).exchange()
        #expect(try outlets[.wulin].organisationVersion() == bank.organisationVersion())
        #expect(try bank.organisationVersion() < lost.version)
    }
}
