import Bank
import Foundation
import Sealing

/// An outlet's made book: customers with accounts and balances in long tails, as the extracts of
/// its opening day and of days after it say (`interfaces.md` 3).
///
/// The same for the same seed. Accounts come in the order of their numbers, which says nothing of
/// whose they are; a few customers have many, most have some.
struct Book {
    static let opening = BusinessDay(daysSinceEpoch: 20_157)  // 2025-03-10

    let customers: Int
    let accounts: Int
    private let seed: UInt64

    init(customers: Int, accounts: Int, seed: UInt64 = 20_250_310) {
        self.customers = customers
        self.accounts = accounts
        self.seed = seed
    }

    private static let heads = [
        "customers.csv":
            "customer_no,name,id_type,id_number,gender,birth_date,mobile,address,employer,"
            + "occupation,merged_into\n",
        "accounts.csv":
            "account_no,customer_no,category,subcategory,product,currency,opening_outlet,"
            + "opened_on,closed_on,matures_on,status\n",
        "balances.csv": "account_no,balance\n",
    ]

    /// The extract that brings everybody.
    func writeOpening(to directory: String) throws {
        var chance = BookChance(seed)
        var files = Self.heads.mapValues { Array($0.utf8) }
        for index in 0..<customers {
            files["customers.csv"]?.append(line: customer(index, &chance))
        }
        var accountLines = files["accounts.csv"] ?? []
        var balanceLines = files["balances.csv"] ?? []
        var sum: Int64 = 0
        for index in 0..<accounts {
            accountLines.append(line: account(index, of: owner(of: index), &chance))
            let amount = chance.balance()
            sum += amount
            balanceLines.append(line: "\(number(index)),\(Fen(amount))")
        }
        files["accounts.csv"] = accountLines
        files["balances.csv"] = balanceLines
        try write(
            files, rows: [customers, accounts, accounts], sum: sum, on: Self.opening, to: directory)
    }

    /// Which accounts have another balance on a day.
    enum Change {
        case all
        /// One in twenty, whosever it is.
        case anywhere
        /// As many, a quarter of the accounts of one customer in five: who moves money moves it
        /// from one of their accounts to another.
        case ofActive

        fileprivate func takes(_ account: Int, of customer: () -> Int, _ seed: UInt64) -> Bool {
            func isDrawn(_ number: Int, _ oneIn: Int) -> Bool {
                var chance = BookChance(seed &+ UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9)
                return chance.below(oneIn) == 0
            }
            return switch self {
            case .all: true
            case .anywhere: isDrawn(account, 20)
            case .ofActive: isDrawn(account, 4) && isDrawn(-1 - customer(), 5)
            }
        }
    }

    /// An extract of balances alone. One that brings less money is as likely as one that brings
    /// more.
    func writeBalances(_ change: Change, on day: BusinessDay, to directory: String) throws {
        let seed = self.seed ^ UInt64(day.daysSinceEpoch) << 32
        var chance = BookChance(seed)
        var files = Self.heads.mapValues { Array($0.utf8) }
        var lines = files["balances.csv"] ?? []
        var (rows, sum) = (0, Int64(0))
        for index in 0..<accounts where change.takes(index, of: { owner(of: index) }, seed) {
            let amount = chance.balance()
            sum += amount
            rows += 1
            lines.append(line: "\(number(index)),\(Fen(amount))")
        }
        files["balances.csv"] = lines
        try write(files, rows: [0, 0, rows], sum: sum, on: day, to: directory)
    }

    /// Everybody has an account; of the others a few customers have many.
    private func owner(of account: Int) -> Int {
        guard account >= customers else { return scattered(account) }
        var chance = BookChance(seed &+ UInt64(account))
        let part = chance.unit()
        return scattered(Int(Double(customers) * part * part))
    }

    /// - Parameter rows: of customers, accounts and balances.
    private func write(
        _ files: [String: [UInt8]], rows: [Int], sum: Int64, on day: BusinessDay,
        to directory: String
    ) throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        let entries = try zip(["customers.csv", "accounts.csv", "balances.csv"], rows).map {
            name, rows -> JSONValue in
            let bytes = files[name] ?? []
            try Data(bytes).write(to: URL(filePath: "\(directory)/\(name)"))
            var entry: [String: JSONValue] = [
                "name": .string(name), "rows": .int(Int64(rows)),
                "sha256": .string(Digest.sha256(bytes).hex),
            ]
            if name == "balances.csv" { entry["sum"] = .string(Fen(sum).description) }
            return .object(entry)
        }
        let manifest: JSONValue = [
            "business_date": JSONValue(day), "files": .array(entries),
            "first_tier": JSONValue(Cast.firstTier), "format": 1, "outlet": JSONValue(Cast.outlet),
            "sequence": 1, "source": "ABIS",
        ]
        try Data(manifest.canonicalBytes).write(to: URL(filePath: "\(directory)/manifest.json"))
    }

    /// Nineteen digits, as a card's number has.
    private func number(_ account: Int) -> String {
        String(6_217_000_000_000_000_000 + account * 7)
    }

    private func customerNumber(_ index: Int) -> String { String(330_000_000_000 + index * 3) }

    /// Who has many accounts is found anywhere.
    private func scattered(_ place: Int) -> Int {
        // A prime that divides no number of customers that anybody asks for.
        Int(UInt64(place) &* 2_654_435_761 % UInt64(customers))
    }

    private func customer(_ index: Int, _ chance: inout BookChance) -> String {
        let name = String(
            String.UnicodeScalarView(
                (0..<2 + chance.below(2)).compactMap { _ in
                    Unicode.Scalar(0x4E00 + UInt32(chance.below(3000)) * 6)
                }))
        let year = 1940 + chance.below(65)
        return "\(customerNumber(index)),\(name),id_card,330106\(year)\(10_000_000 + index),"
            + "\(index % 2 == 0 ? "M" : "F"),\(year)-0\(1 + index % 9)-1\(index % 10),"
            + "138\(10_000_000 + index),杭州市拱墅区\(index % 900)号,,,"
    }

    private func account(_ index: Int, of customer: Int, _ chance: inout BookChance) -> String {
        let (category, subcategory) =
            switch chance.below(100) {
            case ..<36: ("deposit", "demand")
            case ..<78: ("deposit", "time")
            case ..<84: ("loan", "housing_loan")
            case ..<90: ("fund", "open_fund")
            case ..<93: ("bond", "certificate_bond")
            case ..<99: ("wealth", "net_value")
            default: ("other", "gold")
            }
        let currency = chance.below(100) < 3 ? "USD" : "CNY"
        let isClosed = chance.below(50) == 0
        return "\(number(index)),\(customerNumber(customer)),\(category),\(subcategory),"
            + "P\(chance.below(40)),\(currency),\(Cast.outlet),20\(10 + chance.below(15))-0"
            + "\(1 + chance.below(9))-1\(chance.below(10)),\(isClosed ? "2025-03-01" : ""),,"
            + (isClosed ? "closed" : "normal")
    }
}

/// SplitMix64: the same draws everywhere.
private struct BookChance {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int(((next() >> 32) * UInt64(count)) >> 32) }

    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    /// Most have little, few have millions.
    mutating func balance() -> Int64 {
        let place = unit()
        return place < 0.05 ? 0 : Int64(pow(10, 2 + 5.5 * place * place * place))
    }
}

extension [UInt8] {
    fileprivate mutating func append(line: String) {
        append(contentsOf: line.utf8)
        append(UInt8(ascii: "\n"))
    }
}
