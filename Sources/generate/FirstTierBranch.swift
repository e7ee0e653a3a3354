package import Bank
import FoundationEssentials
import Glibc

/// A believable first-tier branch: its units, staff, customers and accounts, and what happens to
/// them, all following from the plan, its seed and the reference.
package struct FirstTierBranch: Sendable {
    /// What was made; the program prints it as JSON.
    package struct Summary: Encodable, Equatable, Sendable {
        package struct Shared: Encodable, Equatable, Sendable {
            package let customer: CustomerNumber
            /// Home outlet first.
            package let outlets: [UnitCode]
        }

        package let outlets: [UnitCode]
        package fileprivate(set) var customers = 0
        package fileprivate(set) var accounts = 0
        package let days: Int
        /// The first five who hold accounts at several outlets.
        package let shared: [Shared]
    }

    private static let sharedShown = 5

    private let plan: BranchPlan
    private let reference: Reference
    private let clientele: Clientele
    private let people: People
    private let tree: UnitTree

    /// Refuses a plan that cannot be made, with a sentence.
    package init(_ plan: BranchPlan, reference: Reference) throws(Refused) {
        guard plan.from <= plan.through else {
            throw Refused("--through \(plan.through) is before --from \(plan.from)")
        }
        guard (1...2_000).contains(plan.outlets) else {
            throw Refused("--outlets has to be 1 to 2000")
        }
        guard (1..<1_000_000).contains(plan.customers), plan.serialsPerOutlet < 1_000_000 else {
            throw Refused("--customers has to be at least 1, and few enough for six digits")
        }
        guard plan.firstTier.utf8.count == 2,
            let province = Province(plan.firstTier, areas: reference.areas)
        else {
            throw Refused("--first-tier \(plan.firstTier) is not a province's code, such as 33")
        }
        let most = People.most(in: province)
        guard plan.outlets * plan.serialsPerOutlet <= most else {
            throw Refused("\(province.name) has counties for \(most) customers, not for more")
        }
        let sites = Site.all(in: province, named: reference.outlets, count: plan.outlets)
        self.plan = plan
        self.reference = reference
        tree = UnitTree(firstTier: plan.firstTier, province: province, sites: sites)
        clientele = Clientele(outlets: plan.outlets, customers: plan.customers)
        people = People(
            plan: plan, reference: reference, province: province, outlets: tree.outlets)
    }

    /// Writes `org.json` and `feeds/<outlet>/<date>/` into a new or empty directory, outlet by
    /// outlet, and tells each that is done to `progress`.
    package func write(to directory: String, progress: (String) -> Void = { _ in }) throws
        -> Summary
    {
        try Self.prepare(directory)
        try Organisation(plan: plan, tree: tree, reference: reference)
            .write(to: directory + "/org.json")
        var summary = Summary(
            outlets: tree.outlets.map(\.code), days: plan.days,
            shared: clientele.sharedMembers(most: Self.sharedShown).map { member in
                Summary.Shared(
                    customer: people.number(of: member),
                    outlets: clientele.outlets(of: member).map { tree.outlets[$0].code })
            })
        for outlet in tree.outlets {
            let book = try write(outlet, in: directory + "/feeds")
            summary.customers += book.customers.count { $0.member.rank == .home }
            summary.accounts += book.accounts.count
            progress(
                "\(outlet.code) \(outlet.name): \(book.customers.count) customers,"
                    + " \(book.accounts.count) accounts, \(plan.days) days")
        }
        return summary
    }

    private func write(_ outlet: Outlet, in feeds: String) throws -> OutletBook {
        let feed = "\(feeds)/\(outlet.code)"
        mkdir(feed, 0o755)
        var book = OutletBook(plan: plan, outlet: outlet, people: people, clientele: clientele)
        var day = plan.from
        while day <= plan.through {
            let extract = DayExtract(day, of: outlet, firstTier: plan.firstTier, in: feed)
            if day == plan.from {
                book.open(clientele.members(of: outlet.index), into: extract)
            } else {
                book.run(into: extract)
            }
            try extract.finish()
            day = day.next
        }
        return book
    }

    private static func prepare(_ directory: String) throws {
        let files = FileManager.default
        if files.fileExists(atPath: directory) {
            guard let names = try? files.contentsOfDirectory(atPath: directory) else {
                throw WorldFailure("\(directory) is not a directory that can be read")
            }
            guard names.isEmpty else {
                throw Refused("\(directory) is not empty: name a new or an empty directory")
            }
        }
        do {
            try files.createDirectory(
                atPath: directory + "/feeds", withIntermediateDirectories: true)
        } catch {
            throw WorldFailure("cannot make \(directory)/feeds: \(error)")
        }
    }
}

/// A plan or directory that the program does not accept; the sentence says what would do.
package struct Refused: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
