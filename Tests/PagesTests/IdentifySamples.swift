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

    static func sampleParameter(_ name: String) -> Parameter {
        guard let parameter = Parameter.all[name] else { preconditionFailure("\(name) is none") }
        return parameter
    }

    private static func proposal(
        _ name: String, _ text: String, _ state: ParameterProposal.State = .proposed
    ) -> ParameterProposal {
        ParameterProposal(
            number: 7,
            setting: ParameterSetting(
                name: name, scope: .bank, value: sampleParameter(name).defaultValue,
                effectiveFrom: .today), reason: text, proposedBy: "HQ01",
            proposedAt: Moment.morning.unixMilliseconds, state: state,
            decidedBy: state == .proposed ? nil : "HQ02",
            decidedAt: state == .proposed ? nil : Moment.morning.unixMilliseconds)
    }

    static func parameters(_ text: String, branches count: Int = 2) -> ParametersPage {
        ParametersPage(
            groups: Parameter.Group.allCases.map { group in
                .init(
                    group,
                    rows: group.parameters.map { parameter in
                        let setting = ParameterSetting(
                            name: parameter.name, scope: .firstTier("33"),
                            value: parameter.defaultValue, effectiveFrom: .today)
                        return .init(
                            parameter, bank: .init(parameter, nil, by: nil),
                            own: parameter.name == "tgt_min"
                                ? .init(parameter, setting, by: (text, text)) : nil)
                    })
            },
            branches: [("33", text), ("32", text)].prefix(count).map { ($0.0, $0.1) },
            branch: "33", day: .today,
            proposals: [
                .init(
                    proposal("tgt_min", text), scopeName: text, by: text, isOwn: false,
                    mayDecide: true, failure: Text("refusal.reason-missing")),
                .init(
                    proposal("aad_method", text), scopeName: Text("parameters.bank"), by: text,
                    isOwn: true, mayDecide: true),
                .init(
                    proposal("weight_loan", text), scopeName: text, by: text, isOwn: false,
                    mayDecide: false),
            ])
    }

    static func parameter(_ text: String, _ name: String) -> ParameterPage {
        let parameter = sampleParameter(name)
        return ParameterPage(
            parameter,
            history: [.init(parameter, proposal(name, text).setting, scopeName: text)]
                + ParameterProposal.State.allCases.map {
                    .init(
                        parameter, proposal(name, text, $0), scopeName: text, proposer: text,
                        decider: text)
                },
            form: .init(
                parameter, scopes: [("bank", Text("parameters.bank")), ("33", text)],
                typed: .init(scope: "33", value: text, date: text, reason: text),
                failure: (.value, Text("refusal.reason-missing"))))
    }

    static func differences(_ text: String) -> DifferencesPage {
        func row(_ number: Int64, seenBy: String? = nil) -> DifferencesPage.Row {
            .init(
                number: number, customer: CustomerNumber(text), dates: .today + -3 ... .today,
                then: .init(.target, .gold), now: number == 1 ? nil : .init(.potential, nil),
                cause: Text("difference.late"), outlets: [text, text], foundAt: .morning,
                seenBy: seenBy, seenAt: seenBy == nil ? nil : .morning)
        }
        return DifferencesPage(
            open: [row(1), row(2)], of: 2, seen: [row(1, seenBy: text), row(3, seenBy: text)])
    }
}
