import Bank
import Pages
import Web

/// The pages of who looks after whom.
extension Sample {
    static func pending(_ name: String) -> PendingPage {
        let tiers: [Tier?] = [.gold, nil, .platinum]
        return PendingPage(
            rows: (0..<14).map {
                .init(
                    number: CustomerNumber("33010004\($0 + 10)"), name: $0 == 0 ? name : "刘*",
                    tier: tiers[$0 % 3], assets: HalfFen(Int64(45_678_901 - $0 * 2_345_678)),
                    everywhere: HalfFen(45_678_901), daysWaiting: 30 - $0 * 2,
                    suggested: [
                        .init(manager: name, reason: .lightestBook),
                        .init(manager: name, reason: .recentOwner, formerUntil: .today), nil,
                    ][$0 % 3])
            },
            counts: [.all: 64, .gold: 40, .none: 24], elsewhere: 9,
            managers: [
                .init(id: "330101M01", name: "陈晓燕", book: 169),
                .init(id: "330101M02", name: name, book: 204),
            ])
    }

    static func elsewhere(_ name: String) -> ElsewherePage {
        ElsewherePage(
            rows: [
                .init(
                    number: "3301000999", name: name,
                    owner: Owner(manager: "周强", outlet: "宁波鼓楼支行", since: .today),
                    state: .confirmed)
            ], pending: 14, total: 1)
    }

    static func preview(_ name: String, isEmpty: Bool = false) -> PreviewPage {
        var book = BookSize()
        book.add(199, of: .gold, holding: HalfFen(4_000_000_000))
        var more = book
        more.add(2, of: nil, holding: HalfFen(45_678_901))
        return PreviewPage(
            rule: .tier, date: .today,
            rows: isEmpty
                ? []
                : [
                    .init(
                        number: "3301000410", name: name, tier: .gold, assets: HalfFen(1),
                        to: name),
                    .init(
                        number: "3301000411", name: name, tier: nil, assets: .zero, to: "陈晓燕"),
                    .init(
                        number: "3301000412", name: "–",
                        refused: Refusal(.unknownCustomer, ["customer": "3301000412"])),
                ],
            books: [
                BookRow(
                    manager: "陈晓燕", staff: "330101M01", before: book, after: more, cap: 200),
                BookRow(
                    manager: name, staff: "330101M02", before: .empty, after: book, cap: 200),
            ],
            order: AssignmentOrder(
                isEmpty ? [] : [.init(customer: "3301000410", manager: StaffID(name))]))
    }

    static func assignment(_ name: String) -> AssignmentPage {
        AssignmentPage(
            rows: [
                .init(
                    number: "3301000410", name: name, to: "330101M01", "陈晓燕",
                    assigned: .provisional),
                .init(
                    number: "3301000411", name: "刘*", to: "330101M02", name,
                    refused: Refusal(.notTarget, ["customer": "3301000411"])),
            ],
            entered: Text(
                "assignment.entered", ["name": name, "staff": "330101S01", "date": "2025-04-01"]))
    }

    static func ownership(_ name: String) -> OwnershipPage {
        OwnershipPage(
            number: "3301000123",
            answers: [
                .init(
                    firstTier: "浙江省分行", state: .contested,
                    owner: Owner(manager: name, outlet: "宁波鼓楼支行", since: .today + -1),
                    claims: [
                        .init(
                            outlet: "宁波鼓楼支行", code: "330201", manager: name,
                            staff: "330201M01", kind: .assignment, date: .today + -1,
                            outcome: .owner, isOwn: false),
                        .init(
                            outlet: "杭州武林支行营业部", code: "330101", manager: "陈晓燕",
                            staff: "330101M01", kind: .manual, date: .today, outcome: .lost,
                            isOwn: true),
                        .init(
                            outlet: "绍兴越城支行", code: "330601", manager: "", staff: nil,
                            kind: .release, date: .today, outcome: nil, isOwn: false),
                    ],
                    trace: [
                        "两个网点主张同一未管户客户。", "两个网点都没有有效贵宾卡。",
                        "宁波鼓楼支行的金融资产 182,000.00 元，多于杭州武林支行营业部的 96,500.00 元。\(name)",
                    ],
                    decision: .init(
                        record: 1204, rule: .holdings, kind: nil, rulesVersion: "1",
                        digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
                .init(
                    firstTier: "江苏省分行", state: .unowned, owner: nil, claims: nil, trace: [],
                    decision: nil),
            ])
    }
}
