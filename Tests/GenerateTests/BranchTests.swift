import Bank
import Feed
import FoundationEssentials
import Sealing
import Testing
import generate

struct BranchTests {
    @Test func `the same arguments give the same bytes`() throws {
        let one = try MadeBranch(through: .endOfFebruary)
        let another = try MadeBranch(through: .endOfFebruary)

        #expect(try digest(one) == digest(another))
        #expect(one.summary == another.summary)
    }

    @Test func `another seed gives another branch`() throws {
        #expect(try digest(MadeBranch(seed: 7)) != digest(MadeBranch(seed: 8)))
    }

    @Test func `the organisation has no fault and staff in every role`() throws {
        let organisation = try MadeBranch(outlets: 12, customers: 9).organisation()

        #expect(organisation.faults.isEmpty)
        #expect(Set(organisation.staff.flatMap(\.roles)) == Set(Role.allCases))
        #expect(organisation.staff.count { !$0.active } == 1)
        #expect(organisation.holidays.contains { $0.kind == .workday })
        let outlets = organisation.units.filter { $0.level == .outlet }
        #expect(outlets.count == 12)
        for outlet in outlets {
            let staff = organisation.staff.filter { $0.unit == outlet.code && $0.active }
            #expect(staff.count { $0.holds(.outletSupervisor) } == 1)
            #expect(staff.count { $0.holds(.manager) } == 3)
            #expect(staff.count { $0.holds(.teller) } == 2)
            #expect(organisation.firstTier(of: outlet.code) == "33")
        }
        let posts = Set(organisation.staff.map(\.id.rawValue))
        #expect(
            posts.isSuperset(of: [
                "00-HA1", "00-SA1", "00-AU1", "33-T1", "3301-BS1", "330101-OS1", "330101-RM1",
                "330101-RM3", "330101-TL1", "330102-RM1",
            ]))
    }

    @Test func `a branch larger than the list of outlets has names and codes for all`() throws {
        let units = try MadeBranch(outlets: 150, customers: 1).organisation().units
        let outlets = units.filter { $0.level == .outlet }

        #expect(Set(units.map(\.code)).count == units.count)
        #expect(Set(outlets.map(\.name)).count == 150)
        #expect(outlets.allSatisfy { $0.code.rawValue.utf8.count == 6 })
    }

    @Test func `a directory with something in it is refused`() throws {
        let branch = try MadeBranch(outlets: 1, customers: 1)
        let again = try FirstTierBranch(
            BranchPlan(
                seed: 7, firstTier: "33", outlets: 1, customers: 1, from: .newYear,
                through: .newYear),
            reference: .own)

        #expect(throws: Refused.self) { try again.write(to: branch.directory) }
    }

    @Test(arguments: [
        ("99", 1, 1), ("3", 1, 1), ("33", 0, 1), ("33", 1, 0), ("33", 1, 1_000_000),
        ("44", 1_000, 10_000),
    ])
    func `a plan that cannot be made is refused`(firstTier: String, outlets: Int, customers: Int) {
        #expect(throws: Refused.self) {
            try FirstTierBranch(
                BranchPlan(
                    seed: 7, firstTier: firstTier, outlets: outlets, customers: customers,
                    from: .newYear, through: .newYear),
                reference: .own)
        }
    }

    @Test func `a reference directory replaces the lists it has`() throws {
        let directory = TemporaryPath.new()
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Data("surname,mingzi_share,faker_percent,compound\n丁,0.5,0.4,0\n欧阳,,0.1,1\n".utf8)
            .write(to: URL(filePath: directory + "/surnames.csv"))
        let out = TemporaryPath.new()
        defer { try? FileManager.default.removeItem(atPath: out) }

        _ = try FirstTierBranch(
            BranchPlan(
                seed: 7, firstTier: "33", outlets: 1, customers: 20, from: .newYear,
                through: .newYear),
            reference: try Reference(directory: directory)
        ).write(to: out)
        let extract = try OutletExtract(directory: out + "/feeds/330101/2025-01-01")

        #expect(extract.customers.allSatisfy { $0.customer.name.hasPrefix("丁") })
    }

    private func digest(_ branch: MadeBranch) throws -> Digest {
        var stream = DigestStream()
        for (path, bytes) in try branch.files() {
            stream.update(Array(path.utf8))
            stream.update(Array(bytes))
        }
        return stream.finish()
    }
}
