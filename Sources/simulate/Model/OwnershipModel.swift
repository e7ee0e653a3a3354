import Bank
import Sync

/// Who owns whom by `sync.md`, run beside head office: settlement by settlement, each one checked.
struct OwnershipModel {
    /// The owner's claim by customer.
    private var owner: [String: String] = [:]
    /// Claims that came too late, by customer: candidates again when nobody owns the customer.
    private var late: [String: Set<String>] = [:]
    private(set) var records = 0
    /// Number of the last record.
    private(set) var last: Int64 = 0

    /// Follows one settlement record.
    ///
    /// - Parameters:
    ///   - decision: as it was digested.
    ///   - claims: every claim on the customer.
    ///   - mayBeLost: head office came out of a backup: what nobody else was sent is gone.
    /// - Returns: what does not hold, nil where all does.
    mutating func follow(
        _ record: SettlementRecord, _ decision: JSONValue, _ claims: [Claim],
        mayBeLost: Bool = false
    ) -> String? {
        records += 1
        // A recovery that was ended by force leaps ahead of what nodes may still hold.
        guard record.number == last + 1 || mayBeLost && record.number > last + 1_000_000_000 else {
            return "after record \(last) comes \(record.number)"
        }
        last = record.number
        let customer = record.customer.rawValue
        if mayBeLost {
            let here = Set(claims.map(\.id.rawValue))
            late[customer]?.formIntersection(here)
            if decision.isNull {
                // Those who were entitled to the decision were put back as well.
                owner[customer] = record.claim?.rawValue
                late[customer] = nil
                return nil
            }
        }
        let previous = decision["previous"]?.string
        guard previous == owner[customer] else {
            return "record \(record.number) starts from another owner than the one before left"
        }
        let considered = Set((decision["considered"]?.array ?? []).compactMap(\.string))
        if previous == nil, let forgotten = late[customer]?.subtracting(considered).first {
            return "record \(record.number) forgets the late claim \(forgotten)"
        }
        let refused = Set(decision["refused"]?.object?.keys.map { $0 } ?? [])
        let answered = Set(decision["answered"]?.object?.keys.map { $0 } ?? [])
        var entries: [ModelDecision.Entry] = []
        var ownerEntry: ModelDecision.Entry?
        for claim in claims {
            let id = claim.id.rawValue
            guard considered.contains(id) || id == previous else { continue }
            let evidence = decision["evidence"]?[id]
            let entry = ModelDecision.Entry(
                id: id, author: claim.author.rawValue, kind: claim.kind.rawValue,
                base: claim.base?.rawValue, outlet: claim.outlet?.rawValue,
                manager: claim.manager?.rawValue,
                hasCard: evidence?["activeCard"]?.bool ?? false,
                holdings: evidence?["holdings"]?.int,
                demandAccountOpened: evidence?["demandAccountOpened"]?.string,
                businessDate: evidence?["businessDate"]?.string, isRefused: refused.contains(id),
                isAnswered: answered.contains(id))
            if id == previous { ownerEntry = entry }
            if considered.contains(id) { entries.append(entry) }
        }
        // The owner's claim, a ruling say, may have been with head office alone: the record that names
        // it came back, and it stands.
        if mayBeLost, ownerEntry == nil, let previous, record.claim?.rawValue == previous {
            ownerEntry = ModelDecision.Entry(
                id: previous, author: record.firstTier.rawValue, kind: "ruling", base: nil,
                outlet: record.owner?.outlet.rawValue, manager: record.owner?.manager?.rawValue,
                hasCard: false, holdings: nil, demandAccountOpened: nil, businessDate: nil,
                isRefused: false, isAnswered: false)
        }
        guard entries.count == considered.count, (previous == nil) == (ownerEntry == nil) else {
            return "record \(record.number) considers a claim that nobody has"
        }
        let model = ModelDecision(
            firstTier: record.firstTier.rawValue, owner: ownerEntry, entries: entries)
        guard model.winner == record.claim?.rawValue else {
            return """
                record \(record.number) makes \(record.claim?.rawValue ?? "nobody") the owner, the \
                model \(model.winner ?? "nobody")
                """
        }
        let outcomes = (decision["outcomes"]?.object ?? [:]).compactMapValues(\.string)
        guard outcomes == model.outcomes else {
            let id = model.outcomes.keys.sorted().first { outcomes[$0] != model.outcomes[$0] }
            return """
                record \(record.number): claim \(id ?? "") is \(id.flatMap { outcomes[$0] } ?? "–"), \
                by the model \(id.flatMap { model.outcomes[$0] } ?? "–")
                """
        }
        owner[customer] = model.winner
        for (id, outcome) in model.outcomes {
            if outcome == "late" {
                late[customer, default: []].insert(id)
            } else {
                late[customer]?.remove(id)
            }
        }
        return nil
    }

    func owner(of customer: CustomerNumber) -> String? { owner[customer.rawValue] }
}
