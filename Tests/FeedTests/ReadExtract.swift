import Bank
import Feed
import TestSupport

/// Everything that an extract's files say, and everything that is wrong with them.
struct ReadExtract {
    var customers: [Customer] = []
    var accounts: [AccountRow] = []
    var balances: [String] = []
    var movements: [MovementRow] = []
    var cards: [CardRow] = []
    var faults: [ExtractFault] = []

    init(_ builder: ExtractBuilder) throws {
        let directory = try TemporaryDirectory()
        let path = try builder.write(to: directory)
        let extract: Extract
        do {
            extract = try Extract(directory: path)
        } catch {
            faults = error.list
            return
        }
        customers = try rows(of: extract).map { (row: CustomerRow) in row.customer }
        accounts = try rows(of: extract)
        balances = try rows(of: extract).map { (row: BalanceRow) in
            "\(row.account) \(row.balance)"
        }
        movements = try rows(of: extract)
        cards = try rows(of: extract)
    }

    private mutating func rows<Row: ExtractRow>(of extract: Extract) throws -> [Row] {
        var rows: [Row] = []
        let found = try extract.read(Row.self) { row, _ in
            rows.append(row)
            return nil
        }
        faults += found.faults.list
        return rows
    }
}

extension ExtractBuilder {
    static let ofTests = ExtractBuilder(day("2025-03-31"))

    /// `balances.csv` as it stands here, with the rows and the sum that the manifest gives it.
    func balances(_ text: String, rows: Int64, sum: String) -> ExtractBuilder {
        balances(Array(text.utf8), rows: rows, sum: sum)
    }

    func balances(_ bytes: [UInt8], rows: Int64, sum: String) -> ExtractBuilder {
        with { builder in
            builder.texts["balances.csv"] = bytes
            builder.manifest = {
                $0.changeFile("balances.csv", "rows", to: .int(rows))
                $0.changeFile("balances.csv", "sum", to: .string(sum))
            }
        }
    }

    /// `customers.csv` as it stands here.
    func customers(_ text: String, rows: Int64) -> ExtractBuilder {
        customers(Array(text.utf8), rows: rows)
    }

    func customers(_ bytes: [UInt8], rows: Int64) -> ExtractBuilder {
        with { builder in
            builder.texts["customers.csv"] = bytes
            builder.manifest = { $0.changeFile("customers.csv", "rows", to: .int(rows)) }
        }
    }
}
