import Bank
import HeadOffice
import Pages
import Web

extension Sample {
    static func targets(_ name: String) -> TargetsPage {
        let staff = Staff(id: "330101M01", name: name, unit: "330101", roles: [.manager])
        let circumstances = ManualAddition.Circumstances(
            customer: "3301000123", outlet: "330101", hasDemandAccount: false, pool: .potential,
            ownership: .none, isPending: false)
        func row(_ number: CustomerNumber, _ state: ManualAddition.State) -> TargetsPage.Row {
            .init(
                number: number, name: name, code: .executive, reason: name, by: name,
                date: .today, state: state, mayCancel: true)
        }
        return TargetsPage(
            number: name, askFailure: Text("refusal.reason-missing"),
            check: .init(
                customer: "3301000123", name: name,
                lines: ManualAddition.check(circumstances, by: staff),
                entry: .init(
                    customer: "3301000123", after: .today, code: .official, reason: name,
                    failure: Text("refusal.reason-missing"))),
            additions: ManualAddition.State.allCases.map { row("3301000123", $0) },
            leaving: [
                .init(
                    number: "3301000123", name: name, since: .today + -170, leaves: .today + 5,
                    on: .today, manager: name,
                    renewal: .init(
                        "3301000123", reason: name, failure: Text("refusal.reason-missing"))),
                .init(
                    number: "3301000124", name: name, since: .today + -10, leaves: .today + 170,
                    on: .today, manager: name, renewal: nil),
            ])
    }

    static func belowStandard(_ name: String) -> BelowStandardPage {
        BelowStandardPage(
            rows: [
                .init(
                    number: "3301000123", name: name, card: .platinum, tier: .gold, months: 2,
                    since: .today + -60, average: Fen(48_152_542), gap: Fen(1_847_458),
                    owner: name),
                .init(
                    number: "3301000124", name: "张**", card: .gold, tier: nil, months: 1,
                    since: .today + -20, average: .zero, gap: Fen(10_000_000), owner: "–"),
            ], total: 2)
    }
}
