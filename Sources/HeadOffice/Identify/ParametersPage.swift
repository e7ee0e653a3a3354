package import Bank
package import Pages

/// Every rule parameter with its value in force, and the proposals that wait for somebody else.
package struct ParametersPage: Page {
    package static let template = "head-office/parameters"

    package let title = Text("parameters.title")
    package let scopes: [ScopeLink]
    package let hasScopes: Bool
    package let groups: [Group]
    /// The first-tier branch that is looked at beside the bank.
    package let branch: String?
    package let day: BusinessDay
    package let proposals: [Proposal]
    package let hasProposals: Bool
    private let scope: String?

    /// - Parameters:
    ///   - branches: those that the reader may look at; one is nothing to choose from.
    ///   - day: the values are those in force on it.
    package init(
        groups: [Group], branches: [(code: UnitCode, name: String)], branch: UnitCode?,
        day: BusinessDay, proposals: [Proposal]
    ) {
        self.groups = groups
        self.day = day
        self.proposals = proposals
        hasProposals = !proposals.isEmpty
        self.branch = branches.first { $0.code == branch }?.name
        scope = branches.count > 1 ? branch?.rawValue : nil
        hasScopes = branches.count > 1
        scopes =
            !hasScopes
            ? []
            : [
                ScopeLink(
                    text: Text("parameters.bank"), link: "/parameters", isChosen: branch == nil)
            ]
                + branches.map {
                    ScopeLink(
                        text: $0.name,
                        link: PageLink("/parameters", ["scope": $0.code.rawValue]).text,
                        isChosen: $0.code == branch)
                }
    }

    package var address: String? { PageLink("/parameters", ["scope": scope]).text }

    package struct ScopeLink: Sendable {
        package let text: any Speakable
        package let link: String
        package let isChosen: Bool
    }

    package struct Group: Sendable {
        package let groupTitle: Text
        package let rows: [Row]

        package init(_ group: Parameter.Group, rows: [Row]) {
            groupTitle = Text("parameter-group.\(group.rawValue)")
            self.rows = rows
        }
    }

    package struct Row: Sendable {
        package let name: String
        package let meaning: Text
        package let link: String
        package let bank: InForce
        /// Nil where no branch is looked at, or it has no value of its own.
        package let own: InForce?

        package init(_ parameter: Parameter, bank: InForce, own: InForce?) {
            name = parameter.name
            meaning = parameter.meaningText
            link = "/parameters/\(PageLink.encoded(parameter.name))"
            self.bank = bank
            self.own = own
        }
    }

    /// The value of a scope, since when and by whom; the default where nobody set one.
    package struct InForce: Sendable {
        package let value: any Speakable
        package let since: BusinessDay?
        package let source: Text

        package init(
            _ parameter: Parameter, _ setting: ParameterSetting?,
            by people: (proposer: String, approver: String)?
        ) {
            value = parameter.shown(setting?.value ?? parameter.defaultValue)
            since = setting?.effectiveFrom
            source =
                setting == nil
                ? Text("parameters.default")
                : people.map {
                    Text(
                        "parameters.set-by", ["proposer": $0.proposer, "approver": $0.approver])
                } ?? Text("parameters.loaded")
        }
    }

    /// An open proposal.
    package struct Proposal: Sendable {
        package let proposalNumber: String
        package let name: String
        package let link: String
        package let scopeName: any Speakable
        package let value: any Speakable
        package let effectiveFrom: BusinessDay
        package let reason: String
        package let by: String
        package let at: Moment
        /// Nil for who may not decide it, its proposer above all.
        package let approval: String?
        /// Nil for who may neither decide it nor take it back.
        package let ending: String?
        package let endingLabel: Text
        package let decisionFailure: Text?

        package init(
            _ proposal: ParameterProposal, scopeName: any Speakable, by: String, isOwn: Bool,
            mayDecide: Bool, failure: Text? = nil
        ) {
            let (number, setting) = (String(proposal.number), proposal.setting)
            proposalNumber = number
            name = setting.name
            link = "/parameters/\(PageLink.encoded(setting.name))"
            self.scopeName = scopeName
            value = Parameter.all[setting.name]?.shown(setting.value) ?? setting.value
            effectiveFrom = setting.effectiveFrom
            reason = proposal.reason
            self.by = by
            at = Moment(unixMilliseconds: proposal.proposedAt)
            approval = mayDecide && !isOwn ? "/proposals/\(number)/approval" : nil
            ending = mayDecide || isOwn ? "/proposals/\(number)/refusal" : nil
            endingLabel = Text(isOwn ? "parameters.take-back" : "parameters.refuse")
            decisionFailure = failure
        }
    }
}
