import Bank
import Feed
import Glibc
import TestSupport
import Testing

struct FaultTests {
    private static let whole = ExtractBuilder.ofTests.holding(.wang, "10000.00")
        .movementRow("M1", account: "A3300000001", "-5.00").cardRow("C1", of: .wang)

    @Test func `a whole extract has no fault and gives every row`() throws {
        let read = try ReadExtract(Self.whole)

        #expect(read.faults == [])
        #expect(
            read.customers == [
                Customer(
                    number: .wang, name: "王小明", idType: "id_card", idNumber: "11010519491231002X",
                    gender: "M", birthDate: day("1949-12-31"), mobile: "13812345678",
                    address: "杭州市下城区武林路一号")
            ])
        #expect(read.accounts.map(\.number) == ["A3300000001"])
        #expect(read.balances == ["A3300000001 10000.00"])
        #expect(read.movements.map(\.amount) == [yuan("-5")])
        #expect(read.cards.map(\.level) == [.gold])
    }

    private typealias Change = @Sendable (inout [String: JSONValue]) -> Void

    private static let misfits: [(String, Change, ExtractFault)] = [
        (
            "a wrong hash", { $0.changeFile("balances.csv", "sha256", to: "00") },
            ExtractFault("balances.csv", nil, .wrongHash)
        ),
        (
            "a wrong count of rows", { $0.changeFile("accounts.csv", "rows", to: 2) },
            ExtractFault("accounts.csv", nil, .wrongRowCount, ["expected": "2", "found": "1"])
        ),
        (
            "a wrong sum", { $0.changeFile("balances.csv", "sum", to: "10000.01") },
            ExtractFault(
                "balances.csv", nil, .wrongSum, ["expected": "10000.01", "found": "10000.00"])
        ),
        (
            "no sum", { $0.changeFile("balances.csv", "sum", to: .null) },
            ExtractFault("balances.csv", nil, .wrongSum, ["expected": "–", "found": "10000.00"])
        ),
        (
            "an unknown file", { $0.changeFile("cards.csv", "name", to: "secrets.csv") },
            ExtractFault("manifest.json", nil, .unknownFile, ["name": "secrets.csv"])
        ),
        (
            "a path in place of a name", { $0.changeFile("cards.csv", "name", to: "../cards.csv") },
            ExtractFault("manifest.json", nil, .unknownFile, ["name": "../cards.csv"])
        ),
        (
            "a file twice", { $0.changeFile("cards.csv", "name", to: "movements.csv") },
            ExtractFault("manifest.json", nil, .manifestField, ["field": "files"])
        ),
        (
            "a file that must be named",
            {
                $0["files"] = .array(
                    ($0["files"]?.array ?? []).filter { $0["name"]?.string != "accounts.csv" })
            },
            ExtractFault("accounts.csv", nil, .fileMissing)
        ),
    ]

    @Test(arguments: misfits.indices)
    func `a manifest that does not fit is named`(index: Int) throws {
        let (name, change, fault) = Self.misfits[index]

        #expect(
            try ReadExtract(Self.whole.with { $0.manifest = change }).faults == [fault], "\(name)")
    }

    @Test(
        arguments: [
            ("format", .int(2)), ("format", .null), ("source", ""), ("sequence", .int(0)),
            ("sequence", "1"), ("business_date", "2025-02-30"), ("first_tier", .int(33)),
            ("outlet", .null), ("files", "none"), ("files", .array(["balances.csv"])),
        ] as [(String, JSONValue)])
    func `a manifest's field that is missing or wrong is named`(
        field: String, value: JSONValue
    ) throws {
        let read = try ReadExtract(Self.whole.with { $0.manifest = { $0[field] = value } })

        #expect(
            read.faults == [ExtractFault("manifest.json", nil, .manifestField, ["field": field])])
    }

    @Test(arguments: ["--5", "+5", "1.5.5", "five", "5,0"])
    func `a sum that is no amount is named`(sum: String) throws {
        let read = try ReadExtract(
            Self.whole.with {
                $0.manifest = { $0.changeFile("balances.csv", "sum", to: .string(sum)) }
            })

        #expect(
            read.faults == [ExtractFault("manifest.json", nil, .manifestField, ["field": "sum"])])
    }

    @Test func `a sum may be larger than any one balance`() throws {
        let read = try ReadExtract(
            .ofTests.balanceRow("A1", "99999999999.99").balanceRow("A2", "99999999999.99"))

        #expect(read.faults == [])
    }

    @Test func `a manifest that cannot be read is named`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Array("{\"format\":1,".utf8), to: "manifest.json")

        for path in [directory.path, directory.path + "/nowhere"] {
            let faults = #expect(throws: ExtractFaults.self) { try Extract(directory: path) }
            #expect(faults?.list == [ExtractFault("manifest.json", nil, .manifestUnreadable)])
        }
    }

    @Test func `a file that is not there, and a directory in its place, are named`() throws {
        let gone = Self.whole.with { $0.missing = ["balances.csv"] }

        #expect(try ReadExtract(gone).faults == [ExtractFault("balances.csv", nil, .fileMissing)])

        let directory = try TemporaryDirectory()
        let path = try gone.write(to: directory)
        try directory.write([], to: "\(path.split(separator: "/").last ?? "")/balances.csv/inside")
        let read = try Extract(directory: path).read(BalanceRow.self) { _, _ in nil }
        #expect(read.faults.list == [ExtractFault("balances.csv", nil, .fileMissing)])
    }

    @Test func `a pipe in a file's place is named at once, without waiting for a writer`() throws {
        let gone = Self.whole.with { $0.missing = ["balances.csv"] }
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        let path = try gone.write(to: directory)
        try #require(mkfifo("\(path)/balances.csv", 0o600) == 0)

        let read = try Extract(directory: path).read(BalanceRow.self) { _, _ in nil }

        #expect(read.faults.list == [ExtractFault("balances.csv", nil, .fileMissing)])
    }

    @Test func `damage counts as such also behind a thousand other faults`() {
        var faults = ExtractFaults()
        for line in 2...1200 { faults.add(ExtractFault("balances.csv", line, .unknownAccount)) }
        #expect(!faults.isDamage)

        faults.add(ExtractFault("balances.csv", nil, .wrongHash))

        #expect(faults.isDamage && faults.count == 1200 && faults.list.count == 1000)
    }

    @Test(
        arguments: [
            ("customers.csv", "customer_no", "3300000001 ,王,id,X,M,1949-12-31,,,,,", nil),
            ("customers.csv", "customer_no", "客户一,王,id,X,M,1949-12-31,,,,,", 2),
            ("customers.csv", "name", "1,,id,X,M,1949-12-31,,,,,", 2),
            ("customers.csv", "name", "1,\(String(repeating: "王", count: 81)),id,X,M,,,,,,", 2),
            ("customers.csv", "gender", "1,王,id,X,男,1949-12-31,,,,,", 2),
            ("customers.csv", "birth_date", "1,王,id,X,M,1949-12-32,,,,,", 2),
            ("accounts.csv", "account_no", ",1,deposit,demand,P,CNY,330101,2020-01-01,,,normal", 2),
            ("accounts.csv", "category", "A,1,cash,demand,P,CNY,330101,2020-01-01,,,normal", 2),
            ("accounts.csv", "opened_on", "A,1,deposit,demand,P,CNY,330101,,,,normal", 2),
            (
                "accounts.csv", "closed_on",
                "A,1,deposit,demand,P,CNY,330101,2020-01-02,2020-01-01,,normal", 2
            ),
            (
                "accounts.csv", "matures_on",
                "A,1,deposit,time,P,CNY,330101,2020-01-01,,soon,normal", 2
            ),
            ("movements.csv", "amount", "M1,A,2025-03-31T10:00:00,five,,,,", 2),
            ("movements.csv", "at", "M1,A,,5,,,,", 2),
            ("cards.csv", "level", "C1,1,silver,active,2020-01-01,330101", 2),
            ("cards.csv", "status", "C1,1,gold,,2020-01-01,330101", 2),
        ] as [(String, String, String, Int?)])
    func `a field that is not what its column holds is named by file, line and column`(
        file: String, column: String, row: String, line: Int?
    ) throws {
        let read = try ReadExtract(.ofTests.row(file, row))

        #expect(
            read.faults
                == (line.map { [ExtractFault(file, $0, .invalidField, ["column": column])] } ?? []))
    }

    @Test(arguments: ["", "1.234", "1,000", "1e3", "+5", "five", " 5", "100000000000.00", "1."])
    func `a balance that is no amount is named`(amount: String) throws {
        let field = amount.contains(",") ? "\"\(amount)\"" : amount
        let read = try ReadExtract(
            .ofTests.balances("account_no,balance\nA1,\(field)\n", rows: 1, sum: "0"))

        #expect(
            read.faults == [ExtractFault("balances.csv", 2, .invalidField, ["column": "balance"])])
    }

    @Test(arguments: [
        ("0", "0.00"), ("-0.01", "-0.01"), ("5", "5.00"), ("5.5", "5.50"), ("005.05", "5.05"),
    ])
    func `a balance has up to two decimals`(amount: String, expected: String) throws {
        let read = try ReadExtract(
            .ofTests.balances("account_no,balance\nA1,\(amount)\n", rows: 1, sum: expected))

        #expect(read.faults == [])
        #expect(read.balances == ["A1 \(expected)"])
    }

    @Test func `bytes that are no UTF-8 are named by line and column`() throws {
        let header = Array("customer_no,name,id_type,id_number\n1,".utf8)

        // 王 in GB 18030.
        let read = try ReadExtract(
            .ofTests.customers(header + [0xCD, 0xF5] + Array(",id,X\n".utf8), rows: 1))

        #expect(read.faults == [ExtractFault("customers.csv", 2, .notUTF8, ["column": "name"])])
    }

    @Test func `columns that are missing are named, each`() throws {
        let read = try ReadExtract(.ofTests.balances("account,saldo\nA1,1\n", rows: 1, sum: "0"))

        #expect(
            read.faults == [
                ExtractFault("balances.csv", 1, .columnMissing, ["column": "account_no"]),
                ExtractFault("balances.csv", 1, .columnMissing, ["column": "balance"]),
            ])
    }

    @Test func `an empty file lacks its columns`() throws {
        let read = try ReadExtract(.ofTests.balances("", rows: 0, sum: "0"))

        #expect(read.faults.map(\.kind) == [.columnMissing, .columnMissing])
    }

    @Test func `a column that stands twice breaks the header`() throws {
        let read = try ReadExtract(
            .ofTests.balances("account_no,balance,balance\nA1,1,2\n", rows: 1, sum: "0"))

        #expect(read.faults.first == ExtractFault("balances.csv", 1, .brokenRow))
    }

    @Test func `all faults are listed at once, over all files`() throws {
        let broken = ExtractBuilder.ofTests
            .row("customers.csv", "1,,id,X,M,,,,,,").row("customers.csv", "2,李,id,X,Z,,,,,,")
            .row("accounts.csv", "A,1,cash,demand,P,CNY,330101,2020-01-01,,,normal")
            .balanceRow("A1", "1").row("balances.csv", "A2").row("cards.csv", "C1,1,gold")
            .with { $0.manifest = { $0.changeFile("movements.csv", "rows", to: 9) } }

        #expect(
            try ReadExtract(broken).faults == [
                ExtractFault("customers.csv", 2, .invalidField, ["column": "name"]),
                ExtractFault("customers.csv", 3, .invalidField, ["column": "gender"]),
                ExtractFault("accounts.csv", 2, .invalidField, ["column": "category"]),
                ExtractFault("balances.csv", 3, .wrongFieldCount, ["expected": "2", "found": "1"]),
                ExtractFault("cards.csv", 2, .wrongFieldCount, ["expected": "6", "found": "3"]),
            ])
    }

    @Test func `a thousand faults are listed and the others counted`() throws {
        let lines = (0..<1500).map { "A\($0),x" }.joined(separator: "\n")
        let directory = try TemporaryDirectory()
        let path = try ExtractBuilder.ofTests
            .balances("account_no,balance\n\(lines)", rows: 1500, sum: "0").write(to: directory)

        let faults = try Extract(directory: path).read(BalanceRow.self) { _, _ in nil }.faults

        #expect(faults.list.count == 1000)
        #expect(faults.count == 1500)
    }
}
