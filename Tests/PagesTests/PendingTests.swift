import Bank
import Pages
import Testing
import Texts
import Web

/// What the pages about assignment say.
struct PendingTests {
    @Test func `an address asks for a tier in an order, and nonsense is as at the first visit`()
        throws
    {
        let asked = PendingPage.Question(
            try #require(Form(encoded: "tier=none&sort=suggested&page=2")))
        let elsewhere = ElsewherePage.Question(
            try #require(Form(encoded: "sort=-outlet&page=3")))

        #expect(asked == .init(tier: .none, sort: Sort(.suggested), page: 2))
        #expect(
            PendingPage.Question(try #require(Form(encoded: "tier=lead&sort=shoe&page=0")))
                == .init())
        #expect(elsewhere == .init(sort: Sort(.outlet, descending: true), page: 3))
        #expect(ElsewherePage.Question(try #require(Form(encoded: "sort=x"))) == .init())
    }

    @Test func `a filter keeps the order and goes to the first page`() throws {
        let page = PendingPage(
            rows: [], counts: [.all: 120, .gold: 70], elsewhere: 0, managers: [],
            question: .init(tier: .gold, sort: Sort(.name), page: 2))

        #expect(page.filters.map(\.isChosen) == [false, false, false, true, false])
        #expect(page.filters[0].link == "/pending?sort=name")
        #expect(page.filters[4].link == "/pending?sort=name&tier=none")
        #expect(page.paging.summary.said(in: .english) == "51–70 of 70")
        #expect(page.tabs[0].count == 120)
        #expect(page.whole.said(in: .english) == "All 70: Gold")
    }

    @Test func `a preview warns above the cap, and at the cap does not`() {
        var book = BookSize()
        book.add(200, of: nil, holding: .zero)
        var more = book
        more.add(of: nil, holding: .zero)

        let full = BookRow(manager: "A", staff: "a", before: book, after: book, cap: 200)
        let over = BookRow(manager: "B", staff: "b", before: book, after: more, cap: 200)
        let page = PreviewPage(
            rule: .count, date: .today, rows: [], books: [full, over], order: AssignmentOrder([]))

        #expect(full.warning == nil)
        #expect(over.warning?.said(in: .english) == "more than 200")
        #expect(page.caution != nil && !page.hasPlan)
    }

    @Test func `an order survives the form, and what is none is none`() {
        let order = AssignmentOrder([
            .init(customer: "2", manager: "ben"), .init(customer: "1", manager: "ada"),
            .init(customer: "3", manager: "ada"),
        ])

        #expect(order.text == #"{"ada":["1","3"],"ben":["2"]}"#)
        #expect(AssignmentOrder(order.text, longest: 8) == order)
        for broken in [
            "", "[]", "{", #"{"ada":"1"}"#, #"{"ada":[1]}"#, #"{"ada":[""]}"#,
            #"{"ada":["123456789"]}"#, #"{"123456789":["1"]}"#,
        ] { #expect(AssignmentOrder(broken, longest: 8) == nil, "\(broken)") }
    }

    @Test func `a receipt counts what each manager got`() {
        let page = AssignmentPage(
            rows: [
                .init(number: "1", name: "–", to: "b", "Ben", assigned: .provisional),
                .init(number: "2", name: "–", to: "a", "Ada", assigned: .provisional),
                .init(number: "3", name: "–", to: "b", "Ben", assigned: .contested),
                .init(
                    number: "4", name: "–", to: "b", "Ben",
                    refused: Refusal(.unknownCustomer, ["customer": "4"])),
            ], entered: Text("assignment.entered"))

        #expect(
            page.summaries.map { $0.said(in: .english) } == [
                "Assigned to Ada: 1.", "Assigned to Ben: 2.",
            ])
        #expect(page.refusals?.said(in: .english) == "Not assigned: 1.")
    }
}
