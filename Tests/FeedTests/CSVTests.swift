import Bank
import Feed
import TestSupport
import Testing

/// RFC 4180, read through `customers.csv` and `balances.csv`.
struct CSVTests {
    private static let header = "customer_no,name,id_type,id_number,address"

    @Test(arguments: [
        ("line feeds", "\n"), ("carriage returns and line feeds", "\r\n"),
    ])
    func `rows end in either line break, the last one with or without`(
        name: String, lineBreak: String
    ) throws {
        for last in [lineBreak, ""] {
            let text =
                ["account_no,balance", "A1,1.00", "A2,2.50"].joined(separator: lineBreak) + last

            let read = try ReadExtract(.ofTests.balances(text, rows: 2, sum: "3.50"))

            #expect(read.faults == [])
            #expect(read.balances == ["A1 1.00", "A2 2.50"])
        }
    }

    @Test(
        arguments: [
            (#"1,王明,id,X,"下城区, 武林路 ""一号""""#, #"下城区, 武林路 "一号""#),
            ("1,王明,id,X,\"一行\n二行\"", "一行\n二行"),
            ("1,王明,id,X,\"一行\r\n二行\"", "一行\r\n二行"),
            ("\"1\",\"王明\",\"id\",\"X\",\"\"", nil), ("1,王明,id,X,", nil), ("1,王明,id,X,  x ", "x"),
        ] as [(String, String?)])
    func `quoted fields hold commas, doubled quotes and line breaks`(
        row: String, address: String?
    ) throws {
        let read = try ReadExtract(.ofTests.customers("\(Self.header)\n\(row)\n", rows: 1))

        #expect(read.faults == [])
        #expect(
            read.customers == [
                Customer(number: "1", name: "王明", idType: "id", idNumber: "X", address: address)
            ])
    }

    @Test(arguments: [
        ("a quote inside a field", "1,王\"明,id,X,", 2),
        ("text after a closing quote", "1,\"王\"明,id,X,", 2),
        ("a carriage return inside a row", "1,王\r明,id,X,", 2),
        ("a carriage return before a comma", "1,王明\r,id,X,", 2),
        ("a quote that is never closed", "1,\"王明,id,X,", 2),
    ])
    func `a broken row is named by its line`(name: String, row: String, line: Int) throws {
        let read = try ReadExtract(.ofTests.customers("\(Self.header)\n\(row)", rows: 1))

        #expect(read.faults == [ExtractFault("customers.csv", line, .brokenRow)])
        #expect(read.customers == [])
    }

    @Test func `lines are counted through quoted line breaks, and blank ones`() throws {
        let text = "\(Self.header)\n1,\"王\n明\",id,X,\n\n2,李,id,X\n3,赵,id,X,\n"

        let read = try ReadExtract(.ofTests.customers(text, rows: 3))

        #expect(
            read.faults == [
                ExtractFault(
                    "customers.csv", 5, .wrongFieldCount, ["expected": "5", "found": "4"])
            ])
        #expect(read.customers.map(\.number) == ["1", "3"])
    }

    @Test func `a row that is too long is broken and the next one is read`() throws {
        let long = "1,王明,id,X,\"" + String(repeating: "长", count: 30_000) + "\"\n2,李,id,X,\n"

        let read = try ReadExtract(.ofTests.customers("\(Self.header)\n\(long)", rows: 2))

        #expect(read.faults == [ExtractFault("customers.csv", 2, .brokenRow)])
        #expect(read.customers.map(\.number) == ["2"])
    }

    @Test func `a byte order mark at the start is passed over`() throws {
        let read = try ReadExtract(
            .ofTests.balances(
                [0xEF, 0xBB, 0xBF] + Array("account_no,balance\nA1,1\n".utf8), rows: 1, sum: "1"))

        #expect(read.faults == [])
        #expect(read.balances == ["A1 1.00"])
    }

    @Test func `what only begins like a byte order mark is text`() throws {
        // U+FF0C, a wide comma, is EF BC 8C: here it begins an unknown column's name.
        let read = try ReadExtract(
            .ofTests.balances("，x,account_no,balance\n1,A1,1\n", rows: 1, sum: "1"))

        #expect(read.faults == [])
        #expect(read.balances == ["A1 1.00"])
    }

    @Test func `columns are found by name and unknown ones ignored`() throws {
        let read = try ReadExtract(
            .ofTests.balances(
                "branch,balance,账户,account_no\n330101,-1.5,x,A1\n", rows: 1, sum: "-1.50"))

        #expect(read.faults == [])
        #expect(read.balances == ["A1 -1.50"])
    }

    @Test func `names are kept in normal form C`() throws {
        let read = try ReadExtract(
            .ofTests.customers("\(Self.header)\n1,Zoe\u{308},id,X,\n", rows: 1))

        #expect(Array(read.customers[0].name.utf8) == Array("Zo\u{EB}".utf8))
    }
}
