package import Bank
import GRDB
import Sync
import Vault

/// A dispute as the first-tier branch sees it: both sides, their evidence, and the story so far.
package struct DisputeEntry: Sendable {
    package let dispute: Dispute
    package let ownership: Ownership
    /// Head office's own figures of the two sides at their last closes.
    package let applicant: Evidence?
    package let counterParty: Evidence?
}

extension BankStore {
    /// The disputes of a first-tier branch, those that wait longest first; audited.
    package func disputes(of code: UnitCode, by actor: String) throws -> [DisputeEntry] {
        try audit(.viewed, by: actor, on: code.rawValue, detail: ["view": "disputes"])
        let tier = try firstTier(code)
        let calendar = try TierCalendar(of: code, bank: bank, now: world.now())
        return try translating {
            try tier.database.readState { db in
                let customers = try CustomerNumber.fetchAll(
                    db, prepared: "SELECT DISTINCT customer FROM disputeStep ORDER BY customer")
                return try customers.flatMap { try entries(db, tier, calendar, about: $0) }
                    .sorted {
                        ($0.dispute.first.businessDate, $0.dispute.id)
                            < ($1.dispute.first.businessDate, $1.dispute.id)
                    }
            }
        }
    }

    /// One dispute; nil where the first-tier branch has none of that id. Audited as a look at the
    /// customer's ownership.
    package func dispute(
        _ id: DisputeStepID, of code: UnitCode, by actor: String
    ) throws -> DisputeEntry? {
        let tier = try firstTier(code)
        let calendar = try TierCalendar(of: code, bank: bank, now: world.now())
        let entry = try translating {
            try tier.database.readState { db -> DisputeEntry? in
                let customer = try CustomerNumber.fetchOne(
                    db, prepared: "SELECT customer FROM disputeStep WHERE id = ?", arguments: [id])
                return try customer.flatMap {
                    try entries(db, tier, calendar, about: $0).first { $0.dispute.id == id }
                }
            }
        }
        if let entry {
            try audit(
                .lookedAtOwnership, by: actor, on: entry.dispute.first.customer.rawValue,
                detail: ["dispute": JSONValue(id)])
        }
        return entry
    }

    private func entries(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar,
        about customer: CustomerNumber
    ) throws -> [DisputeEntry] {
        let ownership = try ownership(db, tier, calendar, of: customer)
        let steps = try steps(db, tier, about: customer)
        let disputes = Dispute.all(
            of: steps, owner: ownership.owner?.outlet, try calendar.terms(db))
        return try disputes.map { dispute in
            DisputeEntry(
                dispute: dispute, ownership: ownership,
                applicant: try dispute.first.outlet.flatMap {
                    try db.latestFigures(of: customer, at: $0)
                },
                counterParty: try dispute.first.counterParty.flatMap {
                    try db.latestFigures(of: customer, at: $0)
                })
        }
    }

    func disputes(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar,
        about customer: CustomerNumber
    ) throws -> [Dispute] {
        let steps = try steps(db, tier, about: customer)
        guard !steps.isEmpty else { return [] }
        return Dispute.all(
            of: steps, owner: try ownership(db, tier, calendar, of: customer).owner?.outlet,
            try calendar.terms(db))
    }

    /// The late claims that had their answer; whose the customer is makes no difference to that.
    func answered(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar, on customer: CustomerNumber
    ) throws -> [ClaimID: Decision.Answer] {
        let steps = try steps(db, tier, about: customer)
        guard !steps.isEmpty else { return [:] }
        return Dispute.answers(
            Dispute.all(of: steps, owner: nil, try calendar.terms(db)),
            to: try db.knownClaims(on: customer).map(\.claim))
    }

    /// The steps about a customer that are what their names say, by those who sent them.
    func steps(
        _ db: Database, _ tier: FirstTier, about customer: CustomerNumber
    ) throws -> [DisputeStep] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT * FROM disputeStep AS item
                WHERE customer = ? AND \(Database.isOfItsCustomer)
                ORDER BY id
                """,
            arguments: [customer]
        ).compactMap { try step($0, tier.code) }
    }

    /// What is new to a node of the steps that it may have.
    func steps(
        _ db: Database, for node: EnrolledNode, after: Int64, through: Int64
    ) throws -> [Sequenced<DisputeStep>] {
        try steps(
            db, for: node, where: "sequence > ?1 AND sequence <= ?3", by: "sequence, id",
            [after, node.outlet, through])
    }

    /// All steps that a node may have about some customers.
    func steps(
        _ db: Database, for node: EnrolledNode, of range: CustomerRange
    ) throws -> [DisputeStep] {
        try steps(
            db, for: node, where: range.condition, by: "customer, id",
            range.arguments(node.outlet)
        ).map(\.row)
    }

    /// - Parameter arguments: the second is the node's outlet.
    func steps(
        _ db: Database, for node: EnrolledNode, where condition: String, by order: String,
        _ arguments: StatementArguments
    ) throws -> [Sequenced<DisputeStep>] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT *, \(Database.isEntitled) AS isEntitled FROM disputeStep AS item
                WHERE \(condition) AND \(Database.mayHaveStep) AND \(Database.isOfItsCustomer)
                ORDER BY \(order)
                """,
            arguments: arguments
        ).compactMap { row in
            guard let step = try step(row, node.firstTier) else { return nil }
            let isOpen = try row.value("isEntitled") || step.author == node.outlet
            guard try isOpen || began(step.dispute, node, db) else { return nil }
            return Sequenced(row: step, sequence: try row.value("sequence"))
        }
    }

    /// Whether the outlet wrote the dispute's first step; a row under its id alone is no proof.
    private func began(
        _ dispute: DisputeStepID, _ node: EnrolledNode, _ db: Database
    ) throws -> Bool {
        let row = try Row.fetchOne(
            db, prepared: "SELECT * FROM disputeStep WHERE outlet = ? AND id = ?",
            arguments: [node.outlet, dispute])
        return try row.flatMap { try step($0, node.firstTier) } != nil
    }

    /// Nil where the row is not what its name says, or not the sender's to write.
    func step(_ row: Row, _ firstTier: UnitCode) throws -> DisputeStep? {
        let outlet: UnitCode = try row.value("outlet")
        let id: DisputeStepID = try row.value("id")
        let (customer, dispute): (CustomerNumber, DisputeStepID) =
            (try row.value("customer"), try row.value("dispute"))
        let text = try secrets.open(
            try row.value("content"), "disputeStep", "\(outlet)/\(id)", "content")
        guard let content = try? JSONValue(reading: Array((text ?? "").utf8)),
            let step = DisputeStep(verifying: id, content: content), step.author == outlet,
            step.firstTier == firstTier, step.customer == customer,
            step.dispute == dispute
        else { return nil }
        return step
    }

    /// Keeps a step of the first-tier branch's own.
    func keep(_ step: DisputeStep, sequence: Int64, _ db: Database) throws {
        try db.execute(
            prepared: """
                INSERT OR IGNORE INTO disputeStep (
                    outlet, id, dispute, customer, author, content, sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                step.author, step.id, step.dispute, step.customer, step.author,
                secrets.seal(
                    step.content.description, "disputeStep", "\(step.author)/\(step.id)",
                    "content"), sequence,
            ])
    }

    /// A late claim becomes a transfer request to the owner's outlet, once (`sync.md`, settlement
    /// 5); one of the owner's own outlet asks for nothing.
    func turnIntoRequests(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar, _ late: [Claim],
        of owner: Claim, sequence: Int64
    ) throws {
        guard let asked = owner.outlet else { return }
        for claim in late where claim.kind.gives {
            guard let outlet = claim.outlet, outlet != asked, let manager = claim.manager else {
                continue
            }
            let isKnown = try steps(db, tier, about: claim.customer).contains {
                $0.begins == nil && $0.claim == claim.id && $0.outlet == outlet
            }
            if isKnown { continue }
            let step = DisputeStep(
                id: "", begins: nil, customer: claim.customer, firstTier: tier.code,
                author: tier.code, kind: .requested, outlet: outlet, manager: manager,
                counterParty: asked, against: owner.id, claim: claim.id,
                evidence: claim.evidence, opinion: "", businessDate: try calendar.day(db),
                stamp: HybridStamp(
                    milliseconds: world.now(), counter: 0, node: tier.code.rawValue
                ).description, enteredBy: claim.enteredBy
            ).named
            try keep(step, sequence: sequence, db)
        }
    }
}

extension Database {
    /// An outlet speaks of customers whom its own extracts have named, as with claims. The first-tier
    /// branch, which speaks of any, is no outlet and has no checkpoint.
    fileprivate static let isOfItsCustomer = """
        (EXISTS (SELECT 1 FROM customer AS c
                WHERE c.outlet = item.outlet AND c.number = item.customer)
            OR NOT EXISTS (SELECT 1 FROM laneCheckpoint AS c WHERE c.outlet = item.outlet))
        """

    /// An outlet's figures of a customer at its last close; nil where it holds no account.
    func latestFigures(of customer: CustomerNumber, at outlet: UnitCode) throws -> Evidence? {
        try Row.fetchOne(
            self,
            prepared: """
                SELECT date, financialAssets, demandAccountOpened, activeCard FROM standing
                WHERE customer = ? AND outlet = ? AND isLatest = 1 AND accounts > 0
                """,
            arguments: [customer, outlet]
        ).map {
            Evidence(
                activeCard: try $0.value("activeCard"), holdings: try $0.value("financialAssets"),
                demandAccountOpened: try $0.value("demandAccountOpened"),
                businessDate: try $0.value("date"))
        }
    }
}

extension BankStore {
    /// The outlets of a first-tier branch where the customer holds an account.
    package func outletsServing(
        _ customer: CustomerNumber, firstTier code: UnitCode
    ) throws -> [UnitCode] {
        let tier = try firstTier(code)
        return try translating {
            try tier.database.readState { db in
                try UnitCode.fetchAll(
                    db,
                    prepared: """
                        SELECT outlet FROM standing
                        WHERE customer = ? AND isLatest = 1 AND accounts > 0
                        ORDER BY outlet
                        """,
                    arguments: [customer])
            }
        }
    }

    /// The active managers of an outlet.
    package func managers(of outlet: UnitCode) throws -> [Staff] {
        try translating {
            try bank.readState { try $0.members(of: outlet) }.filter {
                $0.active && $0.holds(.manager)
            }
        }
    }

    package func staffNames() throws -> [StaffID: String] {
        try translating {
            try Dictionary(
                once: try bank.readState { try $0.members(of: nil) }.map { ($0.id, $0.name) },
                in: "staff")
        }
    }
}
