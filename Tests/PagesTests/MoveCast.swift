import Bank
import Pages
import Web

extension Sample {
    /// The pages of a manager's move.
    static func moves(_ name: String) -> [any Page] {
        var entry = MoveEntry(manager: "330101M01")
        entry.receivers = ["330101M02"]
        entry.reason = name
        let chosen: MoveEntry = {
            var chosen = entry
            (chosen.isWhole, chosen.customers, chosen.draft) = (false, ["3301000123"], 7)
            return chosen
        }()
        return [
            MovesPage(
                books: [
                    .init(
                        staff: "330101M09", name: name, customers: 12, isInOffice: false,
                        settled: 12),
                    .init(
                        staff: "330101M01", name: name, customers: 0, isInOffice: true, settled: 2),
                    .init(
                        staff: "330101M02", name: name, customers: 0, isInOffice: true, settled: 0),
                ],
                moves: [
                    .init(
                        number: 7, kind: .splitByTier, from: name, to: [name, name], customers: 130,
                        effectiveOn: .today, state: .done, refused: 2),
                    .init(
                        number: 6, kind: .recall, from: name, to: [], customers: 1,
                        effectiveOn: .today, state: .draft, refused: 0),
                ]),
            MovesPage(books: [], moves: []),
            form(entry, name, failure: nil),
            form(chosen, name, failure: Text("refusal.reason-missing")),
            MoveCheckPage(
                entry, name: name, effectiveOn: .today, isDue: true, shares: [], rows: []),
            MoveCheckPage(
                chosen, name: name, effectiveOn: .today, isDue: false,
                shares: [
                    .init(receiver: name, count: 1, book: 201, cap: 200),
                    .init(receiver: nil, count: 1, book: 1, cap: .max),
                ], rows: [.init(number: "3301000123", name: name, receiver: name)]),
            receipt(.done, name), receipt(.draft, name), receipt(.submitted, name),
            DeputiesPage(
                books: [
                    .init(
                        manager: name,
                        rows: [
                            .init(
                                number: "3301000123", name: name, tier: .gold,
                                assets: HalfFen(26_000_000), contact: .today)
                        ])
                ],
                delegations: [
                    .init(
                        Delegation(
                            number: 3, manager: "330101M01", deputy: "330101M02",
                            days: .today ... .today, reason: name, madeBy: "330101S01",
                            madeAt: 1_743_466_320_000, endedBy: nil, endedAt: nil),
                        manager: name, deputy: name, on: .today)
                ],
                form: .init(
                    managers: [.init(id: "330101M01", name: name, isChosen: true)],
                    deputies: [.init(id: "330101M02", name: name, isChosen: false)],
                    reason: name, failure: Text("refusal.reason-missing"))),
            DeputiesPage(books: [], delegations: [], form: .init(managers: [], deputies: [])),
        ]
    }

    private static func form(_ entry: MoveEntry, _ name: String, failure: Text?) -> MoveFormPage {
        MoveFormPage(
            entry, name: name, isInOffice: failure == nil,
            managers: [.init(id: "330101M02", name: name, book: 130)],
            rows: [
                .init(
                    number: "3301000123", name: name, tier: .gold, assets: HalfFen(26_000_000),
                    isChosen: true)
            ], earliest: .today, failure: failure)
    }

    private static func receipt(_ state: BookMove.State, _ name: String) -> MoveReceiptPage {
        MoveReceiptPage(
            BookMove(
                number: 7,
                order: BookOrder(
                    manager: "330101M01", kind: .handOver, receivers: ["330101M02"],
                    effectiveOn: .today, reason: name),
                state: state, madeBy: "330101S01", madeAt: 1_743_466_320_000,
                submittedBy: state == .draft ? nil : "330101S01",
                submittedAt: state == .draft ? nil : 1_743_466_320_000,
                endedAt: state == .done ? 1_743_466_320_000 : nil),
            from: name, to: [name], made: name, submitted: name, isBegun: state == .done,
            isDue: true,
            rows: [
                .init(
                    number: "3301000123", name: name, receiver: name, isMoved: state == .done,
                    refusal: nil),
                .init(
                    number: "3301000456", name: name, receiver: name, isMoved: false,
                    refusal: Refusal(.notTheirCustomer, ["customer": "3301000456", "staff": "x"])),
            ])
    }
}
