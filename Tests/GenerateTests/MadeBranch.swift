import Bank
import Feed
import FoundationEssentials
import Testing
import generate

/// A branch made for a test, and what the product's own reader finds in its extracts; a class
/// because its directory goes when the test is over.
final class MadeBranch {
    let directory: String
    let summary: FirstTierBranch.Summary

    init(
        seed: UInt64 = 7, firstTier: String = "33", outlets: Int = 3, customers: Int = 60,
        from: BusinessDay = .newYear, through: BusinessDay = .newYear
    ) throws {
        directory = TemporaryPath.new()
        summary = try FirstTierBranch(
            BranchPlan(
                seed: seed, firstTier: firstTier, outlets: outlets, customers: customers,
                from: from, through: through),
            reference: .own
        ).write(to: directory)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Every file's path below the directory, in order, with its bytes.
    func files() throws -> [(path: String, bytes: Data)] {
        try FileManager.default.subpathsOfDirectory(atPath: directory).sorted().compactMap {
            path in FileManager.default.contents(atPath: directory + "/" + path).map { (path, $0) }
        }
    }

    func organisation() throws -> Organisation {
        let bytes = try #require(FileManager.default.contents(atPath: directory + "/org.json"))
        return try JSONDecoder().decode(Organisation.self, from: bytes)
    }

    /// The extracts of one outlet, in date order.
    func extracts(of outlet: UnitCode) throws -> [OutletExtract] {
        let feed = "\(directory)/feeds/\(outlet.rawValue)"
        return try FileManager.default.contentsOfDirectory(atPath: feed).sorted().map {
            try OutletExtract(directory: feed + "/" + $0)
        }
    }
}

/// One extract, read whole. Rows, sum and hash that differ from its manifest are its faults.
struct OutletExtract {
    let manifest: Manifest
    var customers: [CustomerRow] = []
    var accounts: [AccountRow] = []
    var balances: [BalanceRow] = []
    var movements: [MovementRow] = []
    var cards: [CardRow] = []
    var faults = ExtractFaults()

    init(directory: String) throws {
        let extract = try Extract(directory: directory)
        manifest = extract.manifest
        customers = try rows(of: extract)
        accounts = try rows(of: extract)
        balances = try rows(of: extract)
        movements = try rows(of: extract)
        cards = try rows(of: extract)
    }

    private mutating func rows<Row: ExtractRow>(of extract: Extract) throws -> [Row] {
        var rows: [Row] = []
        let found = try extract.read(Row.self) { row, _ in
            rows.append(row)
            return nil
        }
        faults.add(found.faults)
        return rows
    }
}

enum TemporaryPath {
    static func new() -> String {
        FileManager.default.temporaryDirectory.path + "/generate-" + UUID().uuidString
    }
}

extension BusinessDay {
    static let newYear = day(2025, 1, 1)
    static let endOfFebruary = day(2025, 2, 28)
    static let newYearsEve = day(2025, 12, 31)

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> BusinessDay {
        guard let day = BusinessDay(year: year, month: month, day: day) else {
            preconditionFailure("the tests' dates exist")
        }
        return day
    }
}
