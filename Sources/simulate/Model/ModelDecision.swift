import Bank

/// What `sync.md` says of a customer's claims, written down once more and plainly: no function of
/// the product decides anything here. The numbers are those of its list under "Settlement".
struct ModelDecision {
    /// A claim in the words of `sync.md`; the evidence is head office's (item 6).
    struct Entry {
        let id: String
        let author: String
        let kind: String
        let base: String?
        let outlet: String?
        let manager: String?
        let hasCard: Bool
        let holdings: Int64?
        let demandAccountOpened: String?
        let businessDate: String?
        /// Head office did not admit it.
        let isRefused: Bool
        /// Its transfer request was refused or withdrawn.
        let isAnswered: Bool
    }

    let firstTier: String
    /// The settled owner's claim.
    let owner: Entry?
    let entries: [Entry]

    /// The claim that owns the customer afterwards.
    private(set) var winner: String?
    private(set) var outcomes: [String: String] = [:]

    init(firstTier: String, owner: Entry?, entries: [Entry]) {
        self.firstTier = firstTier
        self.owner = owner
        self.entries = entries
        decide()
    }

    private mutating func decide() {
        // Item 1; form, author and links are checked everywhere.
        let refused = entries.filter { $0.isRefused || isFalse($0) }
        let admitted = entries.filter { entry in
            !entry.isAnswered && !refused.contains { $0.id == entry.id }
        }
        // Item 2.
        let timely = admitted.filter { owner == nil || reachesOwner($0, admitted) }
        // Item 3.
        let heads = timely.filter { head in
            !timely.contains { base(of: $0, admitted)?.id == head.id }
        }
        // Item 4; a release never competes, it only ends what it is based on.
        let givers = heads.filter { $0.kind != "release" && $0.kind != "exit" }
        let enders = heads.filter { $0.kind == "release" || $0.kind == "exit" }
        let ruled = Set(
            givers.filter { giver in
                giver.kind == "ruling"
                    || chain(below: giver, admitted).contains { $0.kind == "ruling" }
            }.map(\.id))
        var first = givers.first
        for other in givers.dropFirst() {
            if let best = first, comesBefore(other, best, ruled) { first = other }
        }
        if let first {
            winner = first.id
        } else {
            winner = enders.isEmpty ? owner?.id : nil
        }
        // Item 5, and what became of the others.
        for entry in entries {
            if refused.contains(where: { $0.id == entry.id }) {
                outcomes[entry.id] = "refused"
            } else if !timely.contains(where: { $0.id == entry.id }) {
                outcomes[entry.id] = "late"
            } else {
                outcomes[entry.id] = "lost"
            }
        }
        for head in enders + (first.map { [$0] } ?? []) {
            for claim in chain(below: head, admitted) { outcomes[claim.id] = "followed" }
        }
        for ender in enders { outcomes[ender.id] = "ended" }
        if let first { outcomes[first.id] = "owner" }
    }

    /// Whether its author may never write this kind for this outlet, or on what it names.
    private func isFalse(_ claim: Entry) -> Bool {
        switch claim.kind {
        case "ruling", "exit", "reorganisation": return claim.author != firstTier
        case "assignment", "manual": return claim.outlet != claim.author
        default: break
        }
        // "On an owned one: only the owner's outlet."
        if claim.kind == "hand-over", claim.outlet != claim.author { return true }
        if claim.kind == "transfer", claim.outlet == claim.author { return true }
        guard let name = claim.base else { return true }
        let base = name == owner?.id ? owner : entries.first { $0.id == name }
        return base != nil && base?.outlet != claim.author
    }

    /// The claim that one builds on by right, among the admitted ones and the owner's.
    private func base(of claim: Entry, _ admitted: [Entry]) -> Entry? {
        let base = claim.base == owner?.id ? owner : admitted.first { $0.id == claim.base }
        return base.flatMap { mayBuild(claim, on: $0) ? $0 : nil }
    }

    private func reachesOwner(_ claim: Entry, _ admitted: [Entry]) -> Bool {
        guard let base = base(of: claim, admitted) else { return false }
        return base.id == owner?.id || reachesOwner(base, admitted)
    }

    /// What a claim builds on, down to the owner's claim or to one that builds on nothing.
    private func chain(below claim: Entry, _ admitted: [Entry]) -> [Entry] {
        guard let base = base(of: claim, admitted), base.id != owner?.id else { return [] }
        return [base] + chain(below: base, admitted)
    }

    /// "Who may write one."
    private func mayBuild(_ claim: Entry, on base: Entry) -> Bool {
        switch claim.kind {
        case "ruling", "exit", "reorganisation": return claim.author == firstTier
        case "hand-over", "release", "transfer":
            return base.outlet != nil && base.outlet == claim.author
        default:
            // Of a customer who is unowned there, or awaits assignment at the author's outlet.
            return base.outlet == nil || (base.outlet == claim.author && base.manager == nil)
        }
    }

    /// The order of item 4.
    private func comesBefore(_ left: Entry, _ right: Entry, _ ruled: Set<String>) -> Bool {
        if ruled.contains(left.id) != ruled.contains(right.id) { return ruled.contains(left.id) }
        if left.hasCard != right.hasCard { return left.hasCard }
        if left.holdings != right.holdings {
            guard let here = left.holdings else { return false }
            guard let there = right.holdings else { return true }
            return here > there
        }
        if let answer = isEarlier(left.demandAccountOpened, right.demandAccountOpened) {
            return answer
        }
        if let answer = isEarlier(left.businessDate, right.businessDate) { return answer }
        if let answer = isEarlier(left.outlet, right.outlet) { return answer }
        return left.id < right.id
    }

    /// Nil where the two are level; an absent value sorts last. Dates are ISO 8601 and codes are
    /// ASCII, so the order of texts is theirs.
    private func isEarlier(_ left: String?, _ right: String?) -> Bool? {
        if left == right { return nil }
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }
}
