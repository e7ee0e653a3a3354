package import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// The requests and objections about a customer that this outlet knows of, the earliest first.
    package func disputes(about customer: CustomerNumber) throws -> [Dispute] {
        try read { try disputes($0, about: customer) }
    }

    /// Whether marketing messages to the customer pause.
    package func holdsMarketing(to customer: CustomerNumber) throws -> Bool {
        try marketingHold(on: customer) != nil
    }

    func disputes(_ db: Database, about customer: CustomerNumber) throws -> [Dispute] {
        let steps = try steps(db, about: customer)
        guard !steps.isEmpty else { return [] }
        return Dispute.all(
            of: steps,
            owner: try db.ownership(of: customer, firstTier: node.firstTier).owner?.outlet,
            undelivered: Set(
                try DisputeStepID.fetchAll(
                    db,
                    prepared: """
                        SELECT id FROM disputeStep
                        WHERE customer = ?
                            AND sequence > (SELECT sequence FROM lane WHERE name = 'urgent')
                        """,
                    arguments: [customer])), try disputeTerms(db))
    }

    func steps(_ db: Database, about customer: CustomerNumber) throws -> [DisputeStep] {
        try Row.fetchAll(
            db, prepared: "SELECT id, content FROM disputeStep WHERE customer = ? ORDER BY id",
            arguments: [customer]
        ).map(step)
    }

    /// The step of a row with `id` and `content`.
    func step(_ row: Row) throws -> DisputeStep {
        let id: DisputeStepID = try row.value("id")
        let text = try secrets.open(
            try row.value("content"), "disputeStep", id.rawValue, "content")
        guard let json = try? JSONValue(reading: Array((text ?? "").utf8)),
            let step = DisputeStep(id: id, content: json)
        else { throw StoreError.damaged("disputeStep") }
        return step
    }

    /// A step of this node (`sequence` nil: to be sent) or one that head office passed on (0).
    /// False where it is here already: a step never changes.
    @discardableResult
    func insert(_ step: DisputeStep, sequence: Int64? = nil, _ db: Database) throws -> Bool {
        try db.execute(
            prepared: """
                INSERT OR IGNORE INTO disputeStep (
                    id, dispute, customer, author, content, sequence)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                step.id, step.dispute, step.customer, step.author,
                secrets.seal(
                    step.content.description, "disputeStep", step.id.rawValue, "content"),
                sequence,
            ])
        let isNew = db.changesCount > 0
        if isNew { try refreshAnswers(db, about: step.customer) }
        return isNew
    }

    /// Writes down, for whoever asks who owns, which late claims had their answer.
    func refreshAnswers(_ db: Database, about customer: CustomerNumber) throws {
        try db.execute(
            prepared: "DELETE FROM answeredClaim WHERE customer = ?", arguments: [customer])
        let disputes = try disputes(db, about: customer)
        guard !disputes.isEmpty else { return }
        let answers = Dispute.answers(disputes, to: try db.claims(on: customer).map(\.claim))
        for (claim, answer) in answers {
            try db.execute(
                prepared: "INSERT INTO answeredClaim (claim, customer, answer) VALUES (?, ?, ?)",
                arguments: [claim, customer, answer.rawValue])
        }
    }

    func disputeTerms(_ db: Database) throws -> DisputeTerms {
        let day =
            try db.lastClosed()?.next
            ?? BusinessDay(daysSinceEpoch: Int32(clamping: world.now() / 86_400_000))
        let parameters = RuleParameters(
            try db.parameterSettings(), on: day, firstTier: node.firstTier)
        return DisputeTerms(
            day: day, workingDays: try db.workingDays(), wait: parameters.disputeWait,
            rest: parameters.rulingRest)
    }
}

extension Database {
    fileprivate func workingDays() throws -> WorkingDays {
        let rows = try Row.fetchAll(self, prepared: "SELECT date, kind FROM holiday")
        return WorkingDays(
            try Dictionary(
                once: rows.map { (try $0.value("date"), try $0.value("kind")) }, in: "holiday"))
    }
}
