import Bank
import Store
import TestSupport
import Testing

/// A manager moves, and the outlet's supervisor sees to the book.
struct MoveBookTests {
    private let files: TemporaryDirectory
    private let store: BranchStore
    private let book: [CustomerNumber] = [.wang, .zhang, .zhou]

    /// Wang, Zhang and Zhou are Ada's; 2025-03-03 is the date being worked.
    init() throws {
        files = try TemporaryDirectory()
        store = try .alone(organisation: Self.organisation)
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).holding(.wang, "300000").holding(.zhang, "200000")
                    .holding(.zhou, "100000")
            ], in: files)
        _ = try store.assign(book, to: .ada, by: .eve)
    }

    /// With Cleo, a third manager of Wulin.
    private static let organisation = Organisation(
        units: Organisation.ofTests.units,
        staff: Organisation.ofTests.staff + [
            Staff(id: "cleo", name: "Cleo", unit: .wulin, roles: [.manager])
        ])

    private func order(
        _ kind: BookMove.Kind = .handOver, to receivers: [StaffID] = [.ben],
        _ customers: [CustomerNumber]? = nil, on date: String = "2025-03-03",
        because reason: String = "退休"
    ) -> BookOrder {
        BookOrder(
            manager: .ada, kind: kind, receivers: receivers, customers: customers,
            effectiveOn: day(date), reason: reason)
    }

    private func owners() throws -> [StaffID?] {
        try book.map { try store.ownership(of: $0).owner?.manager }
    }

    private func close(_ date: String) throws {
        try store.takeAndClose([ExtractBuilder(day(date))], in: files)
    }

    @Test func `the whole book goes to one manager at once, with a receipt`() throws {
        let receipt = try store.moveBook(order(), by: .eve)

        #expect(try owners() == [.ben, .ben, .ben])
        #expect(receipt.move.number == 1)
        #expect(receipt.move.state == .done)
        #expect(receipt.move.submittedBy == .eve && receipt.move.endedAt == TestWorld.morning)
        #expect(receipt.move.order == order())
        #expect(receipt.rows.map(\.customer) == book)
        #expect(receipt.rows.allSatisfy { $0.receiver == .ben && $0.refusal == nil })
        // One claim each, by the ordinary way of handing over.
        for row in receipt.rows {
            let claims = try #require(try store.ownership(of: row.customer, by: "t").claims)
            #expect(claims.map(\.claim).first { $0.id == row.claim }?.kind == .handOver)
        }
        #expect(try store.bookReceipt(1, by: "t").rows == receipt.rows)
        #expect(try store.requireEmptyBook(of: .ada, by: "t").customers == 0)
    }

    @Test func `a recall leaves the book to be assigned again`() throws {
        let receipt = try store.moveBook(order(.recall, to: []), by: .eve)

        #expect(try owners() == [nil, nil, nil])
        #expect(receipt.rows.allSatisfy { $0.receiver == nil && $0.claim != nil })
        #expect(try store.pendingCustomers().map(\.number) == book)
    }

    @Test func `chosen customers alone go over, and the others stay`() throws {
        let receipt = try store.moveBook(order(.handOver, [.zhang]), by: .eve)

        #expect(try owners() == [.ada, .ben, .ada])
        #expect(receipt.rows.map(\.customer) == [.zhang])
    }

    @Test func `a split deals the book among several`() throws {
        _ = try store.moveBook(order(.splitEvenly, to: [.ben, "cleo"]), by: .eve)

        #expect(try owners() == [.ben, "cleo", "cleo"])
    }

    @Test func `a preview says who would get whom and changes nothing`() throws {
        let rows = try store.previewBookMove(
            order(.splitEvenly, to: [.ben, "cleo"]), by: .eve)

        #expect(rows.map(\.receiver) == [.ben, "cleo", "cleo"])
        #expect(try owners() == [.ada, .ada, .ada])
        #expect(try store.bookMoves().isEmpty)
    }

    @Test
    func `a later date waits for the close of the day before, and takes the book as it is then`()
        throws
    {
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-03")).holding("3300000004", "900000")], in: files)
        let receipt = try store.moveBook(order(on: "2025-03-06"), by: .eve)
        #expect(receipt.move.state == .submitted)
        _ = try store.assign(["3300000004"], to: .ada, by: .eve)
        _ = try store.release(.zhou, by: .eve, because: "x")

        try close("2025-03-04")
        #expect(try owners() == [.ada, .ada, nil])
        #expect(try store.bookMoves().map(\.customers) == [3])
        try close("2025-03-05")

        #expect(try owners() == [.ben, .ben, nil])
        #expect(try store.ownership(of: "3300000004").owner?.manager == .ben)
        let done = try store.bookReceipt(1, by: "t")
        #expect(done.move.state == .done)
        #expect(done.rows.map(\.customer) == [.wang, .zhang, "3300000004"])
    }

    @Test func `each customer has a result of their own, whatever became of the others`() throws {
        _ = try store.moveBook(
            order(.handOver, [.wang, .zhang, .zhou, "3300000009"], on: "2025-03-05"), by: .eve)
        _ = try store.assign([.wang], to: "cleo", by: .eve)
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-04"))
                    .accountRow("A\(CustomerNumber.zhang)", of: .zhang, closedOn: "2025-03-04")
            ], in: files)

        let receipt = try store.bookReceipt(1, by: "t")

        #expect(receipt.move.state == .done)
        #expect(
            receipt.rows.map(\.refusal) == [
                Refusal(.notTheirCustomer, ["customer": "3300000001", "staff": "ada"]), nil, nil,
                Refusal(.notTheirCustomer, ["customer": "3300000009", "staff": "ada"]),
            ])
        #expect(receipt.progress.done == 2 && receipt.progress.refused == 2)
        #expect(try owners() == ["cleo", .ben, .ben])
        #expect(try store.bookMoves().map(\.refused) == [2])
        let told = try store.reminders(of: .eve).filter { $0.kind == .moveIncomplete }
        #expect(told.map(\.facts) == [["number": "1", "done": "2", "refused": "2"]])
    }

    @Test func `whoever has no account here any more goes over with the rest of the book`() throws {
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"))
                    .accountRow("A\(CustomerNumber.zhang)", of: .zhang, closedOn: "2025-03-03")
            ], in: files)

        _ = try store.moveBook(order(on: "2025-03-04"), by: .eve)

        #expect(try owners() == [.ben, .ben, .ben])
        #expect(try store.requireEmptyBook(of: .ada, by: "t").customers == 0)
    }

    @Test func `who is not in the book is refused in the preview and dealt to nobody`() throws {
        _ = try store.assign([.wang], to: "cleo", by: .eve)

        let rows = try store.previewBookMove(order(.handOver, [.wang, .zhang]), by: .eve)

        #expect(rows.map(\.receiver) == [nil, .ben])
        #expect(
            rows.map(\.refusal) == [
                Refusal(.notTheirCustomer, ["customer": "3300000001", "staff": "ada"]), nil,
            ])
        // And confirming does what was shown.
        let done = try store.moveBook(order(.handOver, [.wang, .zhang]), by: .eve)
        #expect(done.rows.map(\.refusal) == rows.map(\.refusal))
        #expect(try owners() == ["cleo", .ben, .ada])
    }

    @Test func `only a supervisor of the outlet sees a preview`() throws {
        #expect(throws: Refusal(.notAllowed, ["staff": "ada"])) {
            try store.previewBookMove(order(), by: .ada)
        }
    }

    @Test func `a move that waits is not changed but called off`() throws {
        _ = try store.moveBook(order(on: "2025-03-05"), by: .eve)

        #expect(throws: Refusal(.moveWaiting, ["number": "1"])) {
            try store.moveBook(order(on: "2025-03-06"), by: .eve, changing: 1)
        }
    }

    @Test func `a move has its date, however many days the node missed`() throws {
        _ = try store.moveBook(order(on: "2025-03-05"), by: .eve)

        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-03")), ExtractBuilder(day("2025-03-09"))], in: files)

        #expect(try store.ownership(of: .wang).owner?.manager == .ben)
        #expect(try store.ownership(of: .wang).owner?.since == day("2025-03-05"))
    }

    @Test func `two moves do not wait for the same customers`() throws {
        _ = try store.moveBook(order(.handOver, [.wang], on: "2025-03-05"), by: .eve)
        let refusal = Refusal(.movesOverlap, ["staff": "ada", "number": "1"])

        #expect(throws: refusal) {
            try store.moveBook(order(.recall, to: [], on: "2025-03-06"), by: .eve)
        }
        #expect(throws: refusal) {
            try store.moveBook(
                order(.handOver, to: ["cleo"], [.wang, .zhou], on: "2025-03-06"), by: .eve)
        }
        #expect(try store.bookMoves().count == 1)
        _ = try store.moveBook(order(.handOver, to: ["cleo"], [.zhou], on: "2025-03-06"), by: .eve)
    }

    @Test func `a draft moves nobody, may be changed, and is submitted`() throws {
        _ = try store.moveBook(order(), by: .eve, asDraft: true)
        #expect(try owners() == [.ada, .ada, .ada])

        let changed = try store.moveBook(
            order(.recall, to: [], [.zhou]), by: .eve, asDraft: true, changing: 1)
        #expect(changed.move.number == 1 && changed.move.state == .draft)
        try close("2025-03-03")
        #expect(try owners() == [.ada, .ada, .ada])
        #expect(throws: Refusal(.effectiveDatePast, ["date": "2025-03-04"])) {
            try store.submitMove(1, by: .eve)
        }
        let done = try store.submitMove(1, by: .eve, effectiveOn: day("2025-03-04"))

        #expect(done.move.state == .done && done.move.order.customers == [.zhou])
        #expect(try owners() == [.ada, .ada, nil])
        #expect(throws: Refusal(.moveEnded, ["number": "1"])) {
            try store.moveBook(order(on: "2025-03-04"), by: .eve, changing: 1)
        }
    }

    @Test func `what waits may be called off, and then nothing happens`() throws {
        _ = try store.moveBook(order(on: "2025-03-05"), by: .eve)

        #expect(try store.cancelMove(1, by: .eve).move.state == .cancelled)
        try close("2025-03-04")
        #expect(try owners() == [.ada, .ada, .ada])
        #expect(throws: Refusal(.moveEnded, ["number": "1"])) {
            try store.submitMove(1, by: .eve, effectiveOn: day("2025-03-05"))
        }
        #expect(throws: Refusal(.moveEnded, ["number": "1"])) {
            try store.cancelMove(1, by: .eve)
        }
    }

    @Test(
        arguments: [
            ("by a manager", StaffID.ada, "ben", "2025-03-03", "x", Refusal.Reason.notAllowed),
            ("by another outlet's supervisor", .sun, "ben", "2025-03-03", "x", .notAllowed),
            ("by nobody", "zed", "ben", "2025-03-03", "x", .unknownStaff),
            ("to who left", .eve, "ida", "2025-03-03", "x", .inactiveStaff),
            ("to a teller", .eve, "tom", "2025-03-03", "x", .notAManager),
            ("to another outlet's", .eve, "cai", "2025-03-03", "x", .managerElsewhere),
            ("to who has it", .eve, "ada", "2025-03-03", "x", .receiverIsGiver),
            ("on a closed date", .eve, "ben", "2025-03-02", "x", .effectiveDatePast),
            ("without a reason", .eve, "ben", "2025-03-03", " \n", .reasonMissing),
        ] as [(String, StaffID, StaffID, String, String, Refusal.Reason)])
    func `a move that may not be is refused, and nothing is made`(
        name: String, supervisor: StaffID, receiver: StaffID, date: String, reason: String,
        refusal: Refusal.Reason
    ) throws {
        #expect(throws: Refusal.self) {
            try store.moveBook(order(to: [receiver], on: date, because: reason), by: supervisor)
        }.map { #expect($0.reason == refusal) }
        #expect(try store.bookMoves().isEmpty)
        #expect(try owners() == [.ada, .ada, .ada])
    }

    @Test func `an empty book has nothing to move`() throws {
        let order = BookOrder(
            manager: .ben, kind: .handOver, receivers: [.ada], effectiveOn: day("2025-03-03"),
            reason: "x")

        #expect(throws: Refusal(.bookEmpty, ["staff": "ben"])) {
            try store.moveBook(order, by: .eve)
        }
    }

    @Test func `who still looks after customers may not leave`() throws {
        #expect(throws: Refusal(.bookNotEmpty, ["staff": "ada", "count": "3"])) {
            try store.requireEmptyBook(of: .ada, by: "t")
        }
        #expect(try store.requireEmptyBook(of: .ben, by: "t").name == "Ben")
    }

    @Test func `the books are those of the outlet's managers`() throws {
        #expect(try store.bookOwners().map(\.staff) == [.ada, .ben, "cleo"])
        #expect(try store.bookOwners().map(\.customers) == [3, 0, 0])
        #expect(try store.bookOwners().allSatisfy(\.isInOffice))
    }
}
