import Bank
import FoundationEssentials
import Glibc

/// One outlet's extract of one business date being written (`interfaces.md` 3); a class because
/// it is a set of open files.
final class DayExtract {
    let day: BusinessDay
    let dayOfMonth: Int
    let isEndOfMonth: Bool
    private let outlet: Outlet
    private let firstTier: String
    private let directory: String
    private let customers: TableFile
    private let accounts: TableFile
    private let balances: TableFile
    private let movements: TableFile
    private let cards: TableFile
    private var sum: Int64 = 0

    init(_ day: BusinessDay, of outlet: Outlet, firstTier: String, in feed: String) {
        self.day = day
        dayOfMonth = day.components.day
        isEndOfMonth = day.isEndOfMonth
        self.outlet = outlet
        self.firstTier = firstTier
        directory = "\(feed)/\(day)"
        mkdir(directory, 0o755)
        customers = TableFile(
            directory, "customers.csv",
            columns: "customer_no,name,id_type,id_number,gender,birth_date,mobile,address,"
                + "employer,occupation,merged_into")
        accounts = TableFile(
            directory, "accounts.csv",
            columns: "account_no,customer_no,category,subcategory,product,currency,"
                + "opening_outlet,opened_on,closed_on,matures_on,status")
        balances = TableFile(directory, "balances.csv", columns: "account_no,balance")
        movements = TableFile(
            directory, "movements.csv",
            columns: "movement_id,account_no,at,amount,channel,outlet,counterparty,memo")
        cards = TableFile(
            directory, "cards.csv",
            columns: "card_no,customer_no,level,status,issued_on,issuing_outlet")
    }

    /// 0 on Mondays.
    var weekday: Int { (Int(day.daysSinceEpoch) + 3) % 7 }

    func write(_ customer: Customer) {
        customers.field(customer.number.rawValue)
        customers.field(customer.name)
        customers.field(customer.idType)
        customers.field(customer.idNumber)
        customers.field(customer.gender)
        customers.field(customer.birthDate)
        customers.field(customer.mobile)
        customers.field(customer.address)
        customers.field(customer.employer)
        customers.field(customer.occupation)
        customers.field(customer.mergedInto?.rawValue)
        customers.endRow()
    }

    func write(_ account: BookAccount, number: String, of customer: CustomerNumber) {
        let product = Product.all[Int(account.product)]
        accounts.field(number)
        accounts.field(customer.rawValue)
        accounts.field(product.kind.category.rawValue)
        accounts.field(product.kind.rawValue)
        accounts.field(product.name)
        accounts.field("CNY")
        accounts.field(outlet.code.rawValue)
        accounts.field(account.openedOn)
        accounts.field(account.closedOn)
        accounts.field(account.maturesOn)
        accounts.field(account.closedOn == nil ? "normal" : "closed")
        accounts.endRow()
    }

    func write(balance: Int64, of number: String) {
        balances.field(number)
        balances.field(fen: balance)
        balances.endRow()
        sum += balance
    }

    func write(_ entry: Entry, to number: String, second: Int) {
        let (year, month, dayOfMonth) = day.components
        let date = padded(year * 10_000 + month * 100 + dayOfMonth, 8)
        movements.field("\(outlet.code.rawValue)-\(date)-\(padded(movements.rows + 1, 6))")
        movements.field(number)
        movements.field(day, second: second)
        movements.field(fen: entry.amount)
        movements.field(entry.channel.rawValue)
        movements.field(entry.channel.isAtOutlet ? outlet.code.rawValue : nil)
        movements.field(entry.counterparty)
        movements.field(entry.memo)
        movements.endRow()
    }

    func writeCard(
        _ number: String, of customer: CustomerNumber, _ level: Tier, status: String,
        issuedOn: BusinessDay
    ) {
        cards.field(number)
        cards.field(customer.rawValue)
        cards.field(level.rawValue)
        cards.field(status)
        cards.field(issuedOn)
        cards.field(outlet.code.rawValue)
        cards.endRow()
    }

    /// Closes the files and writes the manifest; an optional file without rows is left out.
    func finish() throws {
        var files: [ManifestFile.File] = []
        for table in [customers, accounts, balances, movements, cards] {
            if table.rows == 0, table === movements || table === cards { continue }
            let (name, rows, sha256) = try table.finish()
            files.append(
                ManifestFile.File(
                    name: name, rows: rows, sha256: sha256,
                    sum: table === balances ? Fen(sum).description : nil))
        }
        let manifest = ManifestFile(
            format: 1, source: "ABIS", sequence: 1, businessDate: day, firstTier: firstTier,
            outlet: outlet.code, files: files)
        try manifest.write(to: directory + "/manifest.json")
    }
}

private struct ManifestFile: Encodable {
    struct File: Encodable {
        let name: String
        let rows: Int
        let sha256: String
        let sum: String?
    }

    let format: Int
    let source: String
    let sequence: Int
    let businessDate: BusinessDay
    let firstTier: String
    let outlet: UnitCode
    let files: [File]

    private enum CodingKeys: String, CodingKey {
        case format, source, sequence, outlet, files
        case businessDate = "business_date"
        case firstTier = "first_tier"
    }
}

extension Encodable {
    /// As JSON with sorted keys, so that the same value has the same bytes.
    func write(to path: String) throws(WorldFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        do {
            var bytes = try encoder.encode(self)
            bytes.append(UInt8(ascii: "\n"))
            try bytes.write(to: URL(filePath: path))
        } catch {
            throw WorldFailure("cannot write \(path): \(error)")
        }
    }
}
