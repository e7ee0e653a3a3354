import Bank
import GRDB
import Vault

extension Database {
    func parameterProposals() throws -> [ParameterProposal] {
        try Row.fetchAll(
            self, prepared: "SELECT \(Self.proposalColumns) FROM parameterProposal ORDER BY number"
        ).map(Self.proposal)
    }

    func parameterProposal(_ number: Int64) throws -> ParameterProposal {
        let row = try Row.fetchOne(
            self,
            prepared: "SELECT \(Self.proposalColumns) FROM parameterProposal WHERE number = ?",
            arguments: [number])
        guard let row else { throw Refusal(.unknownProposal, ["number": String(number)]) }
        return try Self.proposal(row)
    }

    /// Keeps a new proposal under the next number.
    func propose(
        _ setting: ParameterSetting, because reason: String, by staff: StaffID, at now: Int64
    ) throws -> ParameterProposal {
        let last = try Int64.fetchOne(self, prepared: "SELECT max(number) FROM parameterProposal")
        let proposal = ParameterProposal(
            number: (last ?? 0) + 1, setting: setting, reason: reason, proposedBy: staff,
            proposedAt: now)
        try execute(
            prepared: """
                INSERT INTO parameterProposal (
                    number, name, scope, effectiveFrom, value, reason, proposedBy, proposedAt, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                proposal.number, setting.name, setting.scope.rawValue, setting.effectiveFrom,
                setting.value, reason, staff, now, proposal.state,
            ])
        return proposal
    }

    func decide(
        _ number: Int64, _ state: ParameterProposal.State, by staff: StaffID, at now: Int64
    ) throws {
        try execute(
            prepared: """
                UPDATE parameterProposal SET state = ?, decidedBy = ?, decidedAt = ?
                WHERE number = ?
                """,
            arguments: [state, staff, now, number])
    }

    /// Joins the settings, in a new version of the organisation, which every node gets.
    ///
    /// The version is at least the time: an office that came out of a backup of before an approval
    /// gives nothing the number of what some nodes already hold.
    func put(inForce setting: ParameterSetting, at now: Int64) throws {
        try execute(
            prepared: """
                INSERT INTO parameter (name, scope, effectiveFrom, value) VALUES (?, ?, ?, ?)
                """,
            arguments: [
                setting.name, setting.scope.rawValue, setting.effectiveFrom, setting.value,
            ])
        try execute(
            prepared: """
                UPDATE headOffice SET organisationVersion = max(organisationVersion + 1, ?)
                """,
            arguments: [now])
    }

    private static let proposalColumns = """
        number, name, scope, effectiveFrom, value, reason, proposedBy, proposedAt, state,
        decidedBy, decidedAt
        """

    private static func proposal(_ row: Row) throws -> ParameterProposal {
        ParameterProposal(
            number: try row.value("number"),
            setting: ParameterSetting(
                name: try row.value("name"),
                scope: ParameterSetting.Scope(rawValue: try row.value("scope")),
                value: try row.value("value"), effectiveFrom: try row.value("effectiveFrom")),
            reason: try row.value("reason"), proposedBy: try row.value("proposedBy"),
            proposedAt: try row.value("proposedAt"), state: try row.value("state"),
            decidedBy: try row.value("decidedBy"), decidedAt: try row.value("decidedAt"))
    }
}
