package import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// So many customers are settled in one transaction at the most.
    private static let customersPerCommit = 500

    /// Settles the claims that are due; with `now`, all that were received. First-tier branch by
    /// first-tier branch, or one alone.
    package func settle(
        _ code: UnitCode?, now isForced: Bool = false, by actor: String, reason: String? = nil
    ) throws -> [SettlementRecord] {
        if isForced {
            guard let reason, !reason.allSatisfy(\.isWhitespace) else {
                throw Refusal(.reasonMissing)
            }
        }
        let codes = try code.map { [try firstTier($0).code] } ?? firstTierCodes
        // What is settled and the audit are two databases: who asks for it, and why, is written
        // down before anything is.
        if isForced {
            try audit(
                .settled, by: actor, on: code?.rawValue,
                detail: ["forced": true, "intended": true, "reason": JSONValue(reason)])
        }
        var records: [SettlementRecord] = []
        for code in codes {
            try endRecovery(of: code, isForced: isForced)
            var organisation = try organisationVersion()
            var rules = try Admissibility(of: code, bank: bank, now: world.now())
            let tier = try firstTier(code)
            try sendUp(tier, rules.calendar)
            var last: CustomerNumber?
            while true {
                // One that was loaded meanwhile counts from here on.
                let version = try organisationVersion()
                if version != organisation {
                    rules = try Admissibility(of: code, bank: bank, now: world.now())
                    organisation = version
                }
                let (settled, end) = try translating {
                    try tier.write(world) { db in
                        try settle(db, tier, rules, after: last, isForced: isForced)
                    }
                }
                records += settled
                guard let end else { break }
                last = end
            }
        }
        try audit(
            .settled, by: actor, on: code?.rawValue,
            detail: [
                "forced": .bool(isForced), "reason": JSONValue(reason),
                "records": JSONValue(records.count),
            ])
        return records
    }

    private func settle(
        _ db: Database, _ tier: FirstTier, _ rules: Admissibility, after last: CustomerNumber?,
        isForced: Bool
    ) throws -> ([SettlementRecord], CustomerNumber?) {
        let customers = try db.customersToSettle(after: last, most: Self.customersPerCommit)
        var records: [SettlementRecord] = []
        for customer in customers {
            // One for all that is settled of a customer, and no more: a delta ends between two.
            var sequence: Int64?
            // Where a settlement leaves nobody, the late claims are candidates at once.
            while true {
                let open = try openClaims(db, tier, rules.calendar, on: customer)
                let isDue =
                    try isForced
                    || rules.calendar.areDue(open, passingOver: rules.closed, db)
                guard !open.isEmpty && isDue else { break }
                let number = try sequence ?? db.nextSequence()
                sequence = number
                let record = try settle(db, tier, rules, customer, open, sequence: number)
                records.append(record)
                if record.owner != nil { break }
            }
        }
        return (records, customers.count == Self.customersPerCommit ? customers.last : nil)
    }

    /// Decides the open claims on a customer, whether they are due or not.
    func settle(
        _ db: Database, _ tier: FirstTier, _ rules: Admissibility, _ customer: CustomerNumber,
        _ open: [Claim], sequence: Int64
    ) throws -> SettlementRecord {
        // Here once more: a hello may have begun a recovery since this was begun.
        try db.requireRecovered()
        let settlement = try settlement(db, tier, rules, of: customer, open)
        let decision = settlement.decide()
        let record = try db.save(
            decision, previous: settlement.previous, tier, sequence: sequence, at: world.now())
        if let owner = decision.owner {
            let late = settlement.claims.filter { decision.outcomes[$0.id] == .late }
            try turnIntoRequests(db, tier, rules.calendar, late, of: owner, sequence: sequence)
        }
        return record
    }

    /// What `decide` needs: head office's figures, what is not admissible, what had its answer.
    func settlement(
        _ db: Database, _ tier: FirstTier, _ rules: Admissibility, of customer: CustomerNumber,
        _ open: [Claim], order: [Decision.Rule] = Settlement.order
    ) throws -> Settlement {
        let previous = try db.settledClaim(on: customer)
        var answered: [ClaimID: Decision.Answer] = [:]
        var claims = open
        if previous == nil {
            answered = try self.answered(db, tier, rules.calendar, on: customer)
            let late = try db.claims(on: customer, whereOutcome: "outcome = 'late'")
            claims += late.filter { answered[$0.id] != nil }
        }
        var figures: [ClaimID: Evidence] = [:]
        var refused: [ClaimID: Decision.Inadmissible] = [:]
        var chains = ClaimChains(on: customer)
        for claim in claims {
            figures[claim.id] = try db.figures(for: claim)
            if answered[claim.id] == nil {
                refused[claim.id] = try rules.refusal(
                    of: claim, after: previous, &chains, db)
            }
        }
        return Settlement(
            customer: customer, firstTier: tier.code, previous: previous, claims: claims,
            figures: figures, refused: refused, answered: answered, order: order)
    }

    /// The claims on a customer that are to be decided: those that came, and the late ones where
    /// nobody owns the customer.
    func openClaims(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar, on customer: CustomerNumber
    ) throws -> [Claim] {
        let known = try db.knownClaims(on: customer)
        guard known.contains(where: { $0.outcome == nil || $0.outcome == .late }) else { return [] }
        let isOwned = try db.settledClaim(on: customer) != nil
        return Settlement.open(
            known, isOwned: isOwned,
            answered: isOwned ? [:] : try answered(db, tier, calendar, on: customer))
    }
}

extension Database {
    /// Those with a claim that is to be decided, or may be, in their order.
    func customersToSettle(after last: CustomerNumber?, most: Int) throws -> [CustomerNumber] {
        try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT customer FROM (
                    SELECT customer FROM claim WHERE outcome IS NULL
                    UNION
                    SELECT claim.customer FROM claim
                    JOIN ownership ON ownership.customer = claim.customer
                    WHERE claim.outcome = 'late' AND ownership.outlet IS NULL)
                WHERE ?1 IS NULL OR customer > ?1
                ORDER BY customer
                LIMIT ?2
                """,
            arguments: [last, most])
    }

    func knownClaims(
        on customer: CustomerNumber
    ) throws -> [(claim: Claim, outcome: Decision.Outcome?)] {
        try Row.fetchAll(
            self, prepared: "SELECT id, content, outcome FROM claim WHERE customer = ? ORDER BY id",
            arguments: [customer]
        ).map { (claim: try Claim(row: $0), outcome: try $0.value("outcome") as Decision.Outcome?) }
    }

    func claims(on customer: CustomerNumber, whereOutcome condition: String) throws -> [Claim] {
        try Row.fetchAll(
            self,
            prepared:
                "SELECT id, content FROM claim WHERE customer = ? AND \(condition) ORDER BY id",
            arguments: [customer]
        ).map(Claim.init(row:))
    }

    /// The claim of the settled owner; nil where nobody owns the customer. Where the claim itself
    /// was lost on all sides, what the signed record says is all that an owner needs.
    func settledClaim(on customer: CustomerNumber) throws -> Claim? {
        let row = try Row.fetchOne(
            self,
            prepared: """
                SELECT ownership.claim AS id, claim.content, settlement.record FROM ownership
                JOIN settlement ON settlement.number = ownership.number
                LEFT JOIN claim ON claim.id = ownership.claim
                WHERE ownership.customer = ? AND ownership.outlet IS NOT NULL
                """,
            arguments: [customer])
        guard let row else { return nil }
        if try row.value("content") as String? != nil { return try Claim(row: row) }
        let text: String = try row.value("record")
        guard let json = try? JSONValue(reading: Array(text.utf8)),
            let record = SettlementRecord(json: json), let claim = Claim(by: record)
        else { throw StoreError.damaged("settlement") }
        return claim
    }

    /// What head office holds of the claim's evidence: the outlet's daily figures at the close
    /// before the claim's chain began. It counts instead of the claim's own word, also where it is
    /// nothing.
    func figures(for claim: Claim) throws -> Evidence {
        let day = min(claim.evidence.businessDate ?? claim.businessDate, claim.businessDate)
        guard let outlet = claim.outlet,
            let row = try Row.fetchOne(
                self,
                prepared: """
                    SELECT financialAssets, demandAccountOpened, activeCard FROM standing
                    WHERE customer = ? AND outlet = ? AND date < ?
                    ORDER BY date DESC LIMIT 1
                    """,
                arguments: [claim.customer, outlet, day])
        else {
            return Evidence(
                activeCard: false, holdings: nil, demandAccountOpened: nil, businessDate: day)
        }
        return Evidence(
            activeCard: try row.value("activeCard"), holdings: try row.value("financialAssets"),
            demandAccountOpened: try row.value("demandAccountOpened"), businessDate: day)
    }

    fileprivate func save(
        _ decision: Decision, previous: Claim?, _ tier: FirstTier, sequence: Int64, at now: Int64
    ) throws -> SettlementRecord {
        let last = try Row.fetchOne(
            self, prepared: "SELECT number, hash FROM settlement ORDER BY number DESC LIMIT 1")
        // Where an operator ended a recovery, nodes may hold what was lost under the next numbers.
        let lost = try Int64.fetchOne(self, prepared: "SELECT numberedAfter FROM recovery") ?? 0
        let record = SettlementRecord(
            decision, number: max(try last?.value("number") ?? 0, lost) + 1,
            previous: try last?.value("hash") ?? "")
        try execute(
            prepared: """
                INSERT INTO settlement (
                    number, customer, record, hash, signature, decision, digest, settledAt,
                    sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.number, record.customer, record.json.description, record.hash.hex,
                record.signature(by: tier.key), decision.content.description, record.digest, now,
                sequence,
            ])
        var outcomes = decision.outcomes
        if let previous, decision.owner?.id != previous.id { outcomes[previous.id] = .followed }
        for (claim, outcome) in outcomes {
            try execute(
                prepared: "UPDATE claim SET outcome = ?, sequence = ? WHERE id = ?",
                arguments: [outcome, sequence, claim])
        }
        try execute(
            prepared: """
                INSERT OR REPLACE INTO ownership (customer, number, claim, outlet, manager, since)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.customer, record.number, record.claim, record.owner?.outlet,
                record.owner?.manager, record.owner?.since,
            ])
        if let outlet = record.owner?.outlet, outlet != previous?.outlet {
            try noteHistory(of: record.customer, sequence: sequence)
        }
        return record
    }
}

extension BankStore {
    /// The first-tier branch that a member of staff may settle: their own, or the refusal.
    package func settlementScope(of staff: StaffID, asking code: UnitCode?) throws -> UnitCode {
        let member = try actor(staff)
        try member.require(.settleNow, atLeast: .firstTier)
        let own = Organisation(units: try units(), staff: []).firstTier(of: member.unit)
        guard let own, code == nil || code == own else {
            throw Refusal(.notAllowed, ["staff": staff.rawValue])
        }
        return own
    }
}
