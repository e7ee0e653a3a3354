package import Bank
import Foundation
import GRDB
import Vault

extension BankStore {
    /// Proposes a change of a rule parameter (R7): by an analyst for the bank, by a first-tier
    /// supervisor for their branch. Refused whole where it could not take effect as it stands.
    package func propose(
        _ setting: ParameterSetting, because text: String, by staff: StaffID
    ) throws -> ParameterProposal {
        let reason = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw Refusal(.reasonMissing) }
        guard reason.count <= 200 else {
            throw Refusal(.textTooLong, ["field": "reason", "most": "200"])
        }
        let closed = try closedThrough(in: setting.scope)
        return try inBank { db in
            _ = try db.actor(staff, who: .parameters, in: setting.scope)
            let open = try db.parameterProposals().filter { $0.state == .proposed }
            try setting.check(
                among: try db.parameterSettings() + open.map(\.setting), closedThrough: closed)
            let proposal = try db.propose(setting, because: reason, by: staff, at: world.now())
            try db.audit(entry(.parameterProposed, proposal, by: staff))
            return proposal
        }
    }

    /// Puts a proposed change in force; by somebody else than its proposer, and refused where its
    /// date has been closed since.
    package func approveParameter(
        _ number: Int64, by staff: StaffID
    ) throws -> ParameterProposal {
        let asked = try translating { try bank.readState { try $0.parameterProposal(number) } }
        let closed = try closedThrough(in: asked.setting.scope)
        return try inBank { db in
            let proposal = try db.parameterProposal(number)
            _ = try db.actor(staff, who: .parameterApproval, in: proposal.setting.scope)
            try proposal.checkApproval(by: staff)
            try proposal.setting.check(
                among: try db.parameterSettings(), closedThrough: closed)
            try db.decide(number, .approved, by: staff, at: world.now())
            try db.put(inForce: proposal.setting, at: world.now())
            try db.audit(entry(.parameterApproved, proposal, by: staff))
            return try db.parameterProposal(number)
        }
    }

    /// Ends a proposed change; its proposer, too, may.
    package func refuseParameter(
        _ number: Int64, by staff: StaffID
    ) throws -> ParameterProposal {
        try inBank { db in
            let proposal = try db.parameterProposal(number)
            if staff != proposal.proposedBy {
                _ = try db.actor(staff, who: .parameterApproval, in: proposal.setting.scope)
            } else {
                _ = try db.actor(staff)
            }
            try proposal.checkOpen()
            try db.decide(number, .refused, by: staff, at: world.now())
            try db.audit(entry(.parameterRefused, proposal, by: staff))
            return try db.parameterProposal(number)
        }
    }

    /// Every value that is set, and every proposal, in the order in which they take effect.
    package func parameters(
        by actor: String
    ) throws -> (settings: [ParameterSetting], proposals: [ParameterProposal]) {
        try audit(.listed, by: actor, on: nil, detail: ["list": "parameters"])
        return try translating {
            try bank.readState { db in
                (try db.parameterSettings(), try db.parameterProposals())
            }
        }
    }

    /// The newest date that any outlet in the scope has closed, as far as head office knows, or
    /// that was closed for a first-tier branch in it.
    package func closedThrough(in scope: ParameterSetting.Scope) throws -> BusinessDay? {
        let codes = scope.firstTier.map { [$0] } ?? firstTierCodes
        return try codes.compactMap { code in
            let tier = try firstTier(code)
            return try translating {
                try tier.database.readState { db in
                    try BusinessDay.fetchOne(
                        db,
                        prepared: """
                            SELECT max(date) FROM (
                                SELECT max(date) AS date FROM dayClose
                                UNION ALL SELECT max(date) FROM tierClose)
                            """)
                }
            }
        }.max()
    }

    private func entry(
        _ action: AuditEntry.Action, _ proposal: ParameterProposal, by staff: StaffID
    ) -> AuditEntry {
        let setting = proposal.setting
        return AuditEntry(
            at: world.now(), actor: staff.rawValue, action: action, subject: setting.name,
            detail: [
                "effectiveFrom": JSONValue(setting.effectiveFrom),
                "number": .int(proposal.number), "scope": .string(setting.scope.rawValue),
                "value": .string(setting.value),
            ])
    }
}

extension Database {
    /// The active member of staff whose role reaches over the scope, or the refusal.
    fileprivate func actor(
        _ id: StaffID, who function: Function, in scope: ParameterSetting.Scope
    ) throws -> Staff {
        let member = try actor(id)
        guard let code = scope.firstTier else {
            try member.require(function, atLeast: .bank)
            return member
        }
        try member.require(function, atLeast: .firstTier)
        if member.reach(for: function) < .bank {
            let own = Organisation(units: try units(), staff: []).firstTier(of: member.unit)
            guard own == code else { throw Refusal(.notAllowed, ["staff": id.rawValue]) }
        }
        return member
    }
}
