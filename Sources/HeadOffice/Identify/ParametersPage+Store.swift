import Bank
import HeadOfficeStore
import Pages

/// The parameters as one reader may see them: the bank's values, and those of the first-tier
/// branches that their role reaches.
private struct ReadParameters {
    let settings: [ParameterSetting]
    let proposals: [ParameterProposal]
    let branches: [(code: UnitCode, name: String)]
    private let people: [StaffID: String]

    init(_ store: BankStore, _ session: Session) throws {
        let scope = try Scope(store, session, for: .readParameters)
        let codes = scope.unit.map { [$0] } ?? store.firstTierCodes
        let names = Dictionary(try store.units().map { ($0.code, $0.name) }) { first, _ in first }
        branches = codes.map { ($0, names[$0] ?? $0.rawValue) }
        people = try store.staffNames()
        let (settings, proposals) = try store.parameters(by: session.staffID.rawValue)
        func isSeen(_ setting: ParameterSetting) -> Bool {
            setting.scope.firstTier.map(codes.contains) ?? true
        }
        self.settings = settings.filter(isSeen)
        self.proposals = proposals.filter { isSeen($0.setting) }
    }

    func name(_ scope: ParameterSetting.Scope) -> any Speakable {
        guard let code = scope.firstTier else { return Text("parameters.bank") }
        return branches.first { $0.code == code }?.name ?? code.rawValue
    }

    func name(_ staff: StaffID?) -> String {
        staff.map { people[$0] ?? $0.rawValue } ?? "–"
    }

    /// The value of a scope that counts on a day, and who proposed and approved it.
    func inForce(
        _ parameter: Parameter, in scope: ParameterSetting.Scope, on day: BusinessDay
    ) -> ParametersPage.InForce? {
        let setting = settings.filter {
            $0.name == parameter.name && $0.scope == scope && $0.effectiveFrom <= day
        }.max { $0.effectiveFrom < $1.effectiveFrom }
        guard setting != nil || scope == .bank else { return nil }
        let approved = proposals.first { $0.state == .approved && $0.setting == setting }
        return ParametersPage.InForce(
            parameter, setting,
            by: approved.map { (name($0.proposedBy), name($0.decidedBy)) })
    }
}

extension ParametersPage {
    /// - Parameters:
    ///   - scope: the branch to look at beside the bank; that of the reader who reaches one alone.
    ///   - failure: why a proposal could not be decided.
    init(
        _ store: BankStore, at scope: UnitCode?, for session: Session,
        failure: (number: Int64, sentence: Text)? = nil
    ) throws {
        let read = try ReadParameters(store, session)
        let branch = read.branches.count == 1 ? read.branches.first?.code : scope
        guard branch.map({ code in read.branches.contains { $0.code == code } }) ?? true else {
            throw Trouble.notFound
        }
        let place = branch.map { ParameterSetting.Scope.firstTier($0) } ?? .bank
        let day = try store.closedThrough(in: place)?.next ?? store.today()
        self.init(
            groups: Parameter.Group.allCases.map { group in
                Group(
                    group,
                    rows: group.parameters.compactMap { parameter in
                        guard let bank = read.inForce(parameter, in: .bank, on: day) else {
                            return nil
                        }
                        return Row(
                            parameter, bank: bank,
                            own: branch.flatMap {
                                read.inForce(parameter, in: .firstTier($0), on: day)
                            })
                    })
            },
            branches: read.branches, branch: branch, day: day,
            proposals: read.proposals.filter { $0.state == .proposed }.map { proposal in
                let reach = session.reach(for: .parameterApproval)
                return Proposal(
                    proposal, scopeName: read.name(proposal.setting.scope),
                    by: read.name(proposal.proposedBy),
                    isOwn: proposal.proposedBy == session.staffID,
                    mayDecide: reach
                        >= (proposal.setting.scope == .bank ? Reach.bank : .firstTier),
                    failure: failure.flatMap {
                        $0.number == proposal.number ? $0.sentence : nil
                    })
            })
    }
}

extension ParameterPage {
    /// - Parameters:
    ///   - typed: what was typed into the form; nil at the first visit.
    ///   - failure: why it was refused, beside which field.
    init(
        _ store: BankStore, _ parameter: Parameter, for session: Session, typed: Typed? = nil,
        failure: (field: Field, sentence: Text)? = nil
    ) throws {
        let read = try ReadParameters(store, session)
        let proposed = read.proposals.filter { $0.setting.name == parameter.name }
        let approved = Set(proposed.filter { $0.state == .approved }.map(\.setting))
        let loaded = read.settings.filter {
            $0.name == parameter.name && !approved.contains($0)
        }
        let entries: [(from: BusinessDay, entry: Entry)] =
            loaded.map {
                ($0.effectiveFrom, Entry(parameter, $0, scopeName: read.name($0.scope)))
            }
            + proposed.reversed().map {
                (
                    $0.setting.effectiveFrom,
                    Entry(
                        parameter, $0, scopeName: read.name($0.setting.scope),
                        proposer: read.name($0.proposedBy), decider: read.name($0.decidedBy))
                )
            }
        self.init(
            parameter,
            history: entries.enumerated().sorted {
                ($1.element.from, $0.offset) < ($0.element.from, $1.offset)
            }.map(\.element.entry),
            form: try Self.form(store, parameter, read, session, typed, failure))
    }

    /// Nil for those who propose nothing.
    private static func form(
        _ store: BankStore, _ parameter: Parameter, _ read: ReadParameters, _ session: Session,
        _ typed: Typed?, _ failure: (field: Field, sentence: Text)?
    ) throws -> Form? {
        let reach = session.reach(for: .parameters)
        guard reach >= .firstTier else { return nil }
        let scopes =
            (reach >= .bank ? [ParameterSetting.Scope.bank] : [])
            + read.branches.map { .firstTier($0.code) }
        guard let first = scopes.first else { return nil }
        let day = try store.closedThrough(in: first)?.next ?? store.today()
        return Form(
            parameter, scopes: scopes.map { ($0.rawValue, read.name($0)) },
            typed: typed
                ?? Typed(
                    scope: first.rawValue,
                    value: parameter.choices == nil ? "" : parameter.defaultValue,
                    date: day.description), failure: failure)
    }
}
