package import Bank
import Foundation
import GRDB
package import Sync
import Vault

/// A ruling, as it was settled.
package struct Ruling: Sendable {
    package let claim: ClaimID
    package let record: SettlementRecord
    /// The disputes that it closed.
    package let closed: [DisputeStepID]
}

extension BankStore {
    /// A first-tier supervisor decides whose a customer is; without a manager the customer awaits
    /// assignment at the outlet. Settled at once, and every open dispute about the customer is
    /// closed with it (`sync.md`, disputes).
    package func adjudicate(
        _ customer: CustomerNumber, to outlet: UnitCode, manager: StaffID? = nil,
        firstTier asked: UnitCode? = nil, by supervisor: StaffID, opinion text: String
    ) throws -> Ruling {
        let opinion = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !opinion.isEmpty else { throw Refusal(.reasonMissing) }
        guard opinion.count <= DisputeStep.longestText else {
            throw Refusal(
                .textTooLong, ["field": "opinion", "most": String(DisputeStep.longestText)])
        }
        let code = try rulingScope(of: supervisor, asking: asked)
        let tier = try firstTier(code)
        let organisation = Organisation(units: try units(), staff: [])
        guard organisation.unit(outlet)?.level == .outlet,
            organisation.firstTier(of: outlet) == code
        else { throw Refusal(.outletElsewhere, ["outlet": outlet.rawValue]) }
        guard organisation.unit(outlet)?.active == true else {
            throw Refusal(.outletClosed, ["outlet": outlet.rawValue])
        }
        if let manager { try requireManager(manager, of: outlet) }
        try endRecovery(of: code, isForced: false)
        let rules = try Admissibility(of: code, bank: bank, now: world.now())
        // The ruling and the audit are two databases: nothing is ruled before it stands there.
        try audit(
            .adjudicated, by: supervisor.rawValue, on: customer.rawValue,
            detail: ["intended": true, "outlet": JSONValue(outlet)])
        let ruling = try translating {
            try tier.write(world) { db in
                let open = try disputes(db, tier, rules.calendar, about: customer).filter(\.isOpen)
                let isParty = open.contains { dispute in
                    dispute.first.manager == supervisor
                        || dispute.steps.contains { $0.enteredBy == supervisor }
                }
                guard !isParty, manager != supervisor else {
                    throw Refusal(.applicantIsApprover, ["staff": supervisor.rawValue])
                }
                let evidence = try db.latestFigures(of: customer, at: outlet)
                guard let evidence else {
                    throw Refusal(
                        .noAccountThere,
                        ["customer": customer.rawValue, "outlet": outlet.rawValue])
                }
                let sequence = try db.nextSequence()
                let (claim, record) = try decree(
                    db, tier, rules, .ruling, on: customer, to: outlet, manager, evidence,
                    by: supervisor, sequence: sequence)
                // A ruling that nobody asked for stands on its own.
                for begins in open.isEmpty ? [nil] : open.map({ DisputeStepID?.some($0.id) }) {
                    let step = DisputeStep(
                        id: "", begins: begins, customer: customer, firstTier: code, author: code,
                        kind: .ruled, outlet: outlet, manager: manager, claim: claim.id,
                        opinion: opinion, businessDate: claim.businessDate, stamp: claim.stamp,
                        enteredBy: supervisor
                    ).named
                    try keep(step, sequence: sequence, db)
                }
                return Ruling(claim: claim.id, record: record, closed: open.map(\.id))
            }
        }
        try audit(
            .adjudicated, by: supervisor.rawValue, on: customer.rawValue,
            detail: [
                "claim": JSONValue(ruling.claim), "outlet": JSONValue(outlet),
                "record": .int(ruling.record.number),
            ])
        return ruling
    }

    /// The first-tier branch's close takes the customer out of the target pool: nobody's from here
    /// on. Nil where nobody owned the customer.
    package func exit(
        _ customer: CustomerNumber, firstTier code: UnitCode, by actor: String
    ) throws -> SettlementRecord? {
        try endRecovery(of: code, isForced: false)
        let tier = try firstTier(code)
        let rules = try Admissibility(of: code, bank: bank, now: world.now())
        let record = try translating {
            try tier.write(world) { db -> SettlementRecord? in
                guard try db.settledClaim(on: customer) != nil else { return nil }
                return try decree(
                    db, tier, rules, .exit, on: customer, to: nil, nil, .unknown,
                    by: StaffID(actor), sequence: try db.nextSequence()
                ).record
            }
        }
        guard let record else { return nil }
        try audit(
            .settled, by: actor, on: customer.rawValue,
            detail: ["exit": true, "record": .int(record.number)])
        return record
    }

    /// Outlets merged or moved: the book goes with them. Nil where nobody owned the customer.
    package func reorganise(
        _ customer: CustomerNumber, firstTier code: UnitCode, to outlet: UnitCode,
        manager: StaffID? = nil, by actor: String
    ) throws -> SettlementRecord? {
        let tier = try firstTier(code)
        if let manager { try requireManager(manager, of: outlet) }
        try endRecovery(of: code, isForced: false)
        let rules = try Admissibility(of: code, bank: bank, now: world.now())
        let record = try translating {
            try tier.write(world) { db -> SettlementRecord? in
                guard try db.settledClaim(on: customer) != nil else { return nil }
                return try decree(
                    db, tier, rules, .reorganisation, on: customer, to: outlet, manager,
                    try db.latestFigures(of: customer, at: outlet) ?? .unknown,
                    by: StaffID(actor), sequence: try db.nextSequence()
                ).record
            }
        }
        guard let record else { return nil }
        try audit(
            .settled, by: actor, on: customer.rawValue,
            detail: ["reorganisation": true, "record": .int(record.number)])
        return record
    }

    /// A claim by the first-tier branch on the settled owner's, settled in the same transaction.
    func decree(
        _ db: Database, _ tier: FirstTier, _ rules: Admissibility, _ kind: Claim.Kind,
        on customer: CustomerNumber, to outlet: UnitCode?, _ manager: StaffID?,
        _ evidence: Evidence, by staff: StaffID, sequence: Int64
    ) throws -> (claim: Claim, record: SettlementRecord) {
        let date = try rules.calendar.day(db)
        let claim = Claim.make(
            customer: customer, firstTier: tier.code, author: tier.code, kind: kind,
            base: try db.settledClaim(on: customer)?.id, outlet: outlet, manager: manager,
            evidence: Evidence(
                activeCard: evidence.activeCard, holdings: evidence.holdings,
                demandAccountOpened: evidence.demandAccountOpened, businessDate: date),
            businessDate: date,
            stamp: HybridStamp(
                milliseconds: world.now(), counter: 0, node: tier.code.rawValue),
            enteredBy: staff)
        try db.execute(
            prepared: """
                INSERT INTO claim (id, customer, author, content, receivedAt, sequence)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                claim.id, claim.customer, claim.author, claim.content.description, world.now(),
                sequence,
            ])
        let open = try openClaims(db, tier, rules.calendar, on: customer)
        return (claim, try settle(db, tier, rules, customer, open, sequence: sequence))
    }

    private func rulingScope(of staff: StaffID, asking code: UnitCode?) throws -> UnitCode {
        let member = try actor(staff)
        try member.require(.rule, atLeast: .firstTier)
        let own = Organisation(units: try units(), staff: []).firstTier(of: member.unit)
        guard let own, code == nil || code == own else {
            throw Refusal(.notAllowed, ["staff": staff.rawValue])
        }
        return own
    }

    private func requireManager(_ id: StaffID, of outlet: UnitCode) throws {
        let manager = try actor(id)
        guard manager.holds(.manager) else { throw Refusal(.notAManager, ["staff": id.rawValue]) }
        guard manager.unit == outlet else {
            throw Refusal(
                .managerElsewhere, ["staff": id.rawValue, "outlet": manager.unit.rawValue])
        }
    }
}

extension Evidence {
    /// Of a claim that no order compares.
    static let unknown = Evidence(
        activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil)
}
