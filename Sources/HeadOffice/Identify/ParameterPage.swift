package import Bank
package import Pages

/// One parameter: what it means and admits, every value that it had and was proposed, and the form
/// that proposes.
package struct ParameterPage: Page {
    package static let template = "head-office/parameter"

    package let title: Text
    package let name: String
    package let meaning: Text
    package let bounds: Text?
    package let byDefault: any Speakable
    package let history: [Entry]
    package let hasHistory: Bool
    package let form: Form?

    package init(_ parameter: Parameter, history: [Entry], form: Form?) {
        title = Text("parameters.one", ["name": parameter.name])
        name = parameter.name
        meaning = parameter.meaningText
        bounds = parameter.bounds
        byDefault = parameter.shown(parameter.defaultValue)
        self.history = history
        hasHistory = !history.isEmpty
        self.form = form
    }

    package var address: String? { "/parameters/\(PageLink.encoded(name))" }

    /// A value of a scope from a date on: of the organisation file, or proposed and decided.
    package struct Entry: Sendable {
        package let scopeName: any Speakable
        package let value: any Speakable
        package let from: BusinessDay
        package let state: Badge
        package let proposer: String
        package let decider: String
        package let decidedAt: Moment?
        package let reason: String

        /// One of the organisation file, which nobody proposed.
        package init(
            _ parameter: Parameter, _ setting: ParameterSetting, scopeName: any Speakable
        ) {
            self.init(
                parameter, setting, scopeName, state: "loaded", proposer: "–", decider: "–",
                decidedAt: nil, reason: "")
        }

        package init(
            _ parameter: Parameter, _ proposal: ParameterProposal, scopeName: any Speakable,
            proposer: String, decider: String
        ) {
            self.init(
                parameter, proposal.setting, scopeName, state: proposal.state.rawValue,
                proposer: proposer, decider: decider,
                decidedAt: proposal.decidedAt.map(Moment.init), reason: proposal.reason)
        }

        private init(
            _ parameter: Parameter, _ setting: ParameterSetting, _ scopeName: any Speakable,
            state: String, proposer: String, decider: String, decidedAt: Moment?, reason: String
        ) {
            self.scopeName = scopeName
            value = parameter.shown(setting.value)
            from = setting.effectiveFrom
            self.state = Badge("proposal", state)
            self.proposer = proposer
            self.decider = decider
            self.decidedAt = decidedAt
            self.reason = reason
        }
    }

    /// The form that proposes, with what was typed where it was refused, and why beside the field.
    package struct Form: Sendable {
        package let path: String
        package let scopes: [Choice]
        /// The words to choose from; none where a number is typed.
        package let values: [Choice]
        package let hasChoices: Bool
        package let typedValue: String
        package let typedDate: String
        package let typedReason: String
        package let scopeFailure: Text?
        package let valueFailure: Text?
        package let dateFailure: Text?
        package let reasonFailure: Text?

        package init(
            _ parameter: Parameter, scopes: [(code: String, name: any Speakable)],
            typed: Typed, failure: (field: Field, sentence: Text)? = nil
        ) {
            path = "/parameters/\(PageLink.encoded(parameter.name))/proposals"
            self.scopes = scopes.map {
                Choice(code: $0.code, text: $0.name, isChosen: $0.code == typed.scope)
            }
            values = (parameter.choices ?? []).map {
                Choice(code: $0, text: parameter.shown($0), isChosen: $0 == typed.value)
            }
            hasChoices = !values.isEmpty
            typedValue = typed.value
            typedDate = typed.date
            typedReason = typed.reason
            func sentence(_ field: Field) -> Text? {
                failure.flatMap { $0.field == field ? $0.sentence : nil }
            }
            scopeFailure = sentence(.scope)
            valueFailure = sentence(.value)
            dateFailure = sentence(.date)
            reasonFailure = sentence(.reason)
        }
    }

    package enum Field: Sendable { case scope, value, date, reason }

    /// What somebody typed into the form.
    package struct Typed: Sendable {
        package let scope: String
        package let value: String
        package let date: String
        package let reason: String

        package init(scope: String, value: String, date: String, reason: String = "") {
            self.scope = scope
            self.value = value
            self.date = date
            self.reason = reason
        }
    }

    package struct Choice: Sendable {
        package let code: String
        package let text: any Speakable
        package let isChosen: Bool
    }
}

extension Refusal {
    /// The field of the form beside which it is said.
    package var parameterField: ParameterPage.Field {
        switch reason {
        case .effectiveInClosedPeriod, .parameterOverlaps, .tiersOutOfOrder: .date
        case .reasonMissing, .textTooLong: .reason
        case .unknownFirstTier: .scope
        default: .value
        }
    }
}
