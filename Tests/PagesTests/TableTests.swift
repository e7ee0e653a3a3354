import Bank
import Pages
import Testing
import Texts
import Web

struct TableTests {
    @Test(arguments: [
        (0, "1970-01-01 08:00"), (-28_800_001, "1969-12-31 23:59"),
        (1_743_466_320_000, "2025-04-01 08:12"), (Int64.max, "—"), (Int64.min, "—"),
    ])
    func `an instant reads as the clock on a Chinese wall`(milliseconds: Int64, text: String) {
        #expect(Moment(unixMilliseconds: milliseconds).said(in: .chinese) == text)
    }

    @Test func `a report counts in ten thousand yuan, half up`() {
        let shown = [4_999, 5_000, 12_345_678_900, -5_000, -5_001].map {
            TenThousandYuan(Fen($0)).said(in: .chinese)
        }

        #expect(shown == ["0.00", "0.01", "12,345.68", "0.00", "-0.01"])
        #expect(1_234_567.said(in: .english) == "1,234,567")
    }

    @Test(arguments: Refusal.Reason.allCases)
    func `every refusal has its sentence in both languages`(reason: Refusal.Reason) {
        #expect(Words.table[Refusal(reason).key] != nil)
    }

    @Test func `more is red, less is green`() {
        #expect([Change(3).text, Change(3).look] == ["+3", "more"])
        #expect([Change(Fen(-123_456)).text, Change(Fen(-123_456)).look] == ["−1,234.56", "less"])
        #expect([Change(0).text, Change(0).look] == ["±0", "same"])
    }

    @Test func `an address asks for a list in an order, and nonsense is as at the first visit`()
        throws
    {
        let asked = CustomersPage.Question(
            try #require(Form(encoded: "tier=gold&sort=-name&page=3")))
        let nonsense = CustomersPage.Question(
            try #require(Form(encoded: "tier=lead&sort=shoe&page=-4")))

        #expect(asked == .init(tier: .gold, sort: Sort(.name, descending: true), page: 3))
        #expect(nonsense == .init())
    }

    @Test func `a click on a column's head turns its order and goes to the first page`() throws {
        let page = CustomersPage(
            isOutlets: false,
            question: .init(try #require(Form(encoded: "tier=gold&sort=-assets&page=2"))),
            counts: [:], rows: [])

        let assets = try #require(page.columns.first { $0.title.key == "column.assets" })
        let name = try #require(page.columns.first { $0.title.key == "column.name" })

        #expect(assets.link == "/customers?tier=gold&sort=assets")
        #expect(assets.order == "descending")
        #expect(name.link == "/customers?tier=gold&sort=name")
    }

    @Test(arguments: [
        ("tier", ["3", "1", "4", "2"]), ("-tier", ["2", "1", "4", "3"]),
        ("name", ["2", "3", "4", "1"]), ("-name", ["1", "4", "3", "2"]),
    ])
    func `rows that are level stand by number, whichever way the table goes`(
        order: String, numbers: [CustomerNumber]
    ) throws {
        let rows: [(number: CustomerNumber, name: String, tier: Tier?)] = [
            ("1", "d", .gold), ("2", "a", .diamond), ("3", "b", nil), ("4", "c", .gold),
        ]
        let sort = try #require(Sort<PendingPage.Order>(order))

        let sorted = rows.sorted(by: sort, number: \.number) { row, order in
            order == .tier ? .place(row.tier) : .text(row.name)
        }

        #expect(sorted.map(\.number) == numbers)
    }

    @Test func `a page beyond the last is the last`() {
        let rows = Array(1...120)

        #expect(Paging.rows(of: rows, on: 2) == rows[50..<100])
        #expect(Paging.rows(of: rows, on: 9) == rows[100..<120])
        #expect(Paging.rows(of: rows, on: -1) == rows[0..<50])
        #expect(Paging.rows(of: [Int](), on: 1).isEmpty)
    }

    @Test func `the last page ends with the last row`() {
        let paging = Paging(number: 4, total: 169, at: PageLink("/customers", ["page": "4"]))

        #expect(paging.summary.said(in: .english) == "151–169 of 169")
        #expect(paging.previous == "/customers?page=3")
        #expect(paging.next == nil)
        #expect(
            Paging(number: 1, total: 0, at: PageLink("/")).summary.said(in: .english) == "0–0 of 0")
    }

    @Test func `a form is read as it was typed, composed, and not at all where it is broken`()
        throws
    {
        let form = try #require(
            Form(encoded: "note=%E7%8E%8B+%26&customer=1&customer=2&blank=++&name=e%CC%81"))

        #expect(form["note"] == "王 &")
        #expect(form.all("customer") == ["1", "2"])
        #expect(form["blank"] == nil)
        #expect(form.exact("blank") == "  ")
        #expect(form["name"].map { Array($0.utf8) } == Array("é".utf8))
        for broken in ["a=%Z1", "a=%4", "a=%00", "a=%FF"] { #expect(Form(encoded: broken) == nil) }
    }
}
