import Bank
import GRDB
import Vault

/// What the claims on one customer build on: read once for a settlement, each link followed once.
/// Any outlet writes chains, and as long ones as it likes.
struct ClaimChains {
    private let customer: CustomerNumber
    private var read: (claims: [ClaimID: Claim], exited: Set<ClaimID>)?
    /// Whether a chain ended at or below a claim.
    private var areEnded: [ClaimID: Bool] = [:]

    init(on customer: CustomerNumber) { self.customer = customer }

    /// Whether what a claim builds on ended when the customer left the target pool: whoever wrote it
    /// had not heard of that. By links alone, so whichever of the two came first.
    mutating func areEndedByExit(below claim: Claim, _ db: Database) throws -> Bool {
        guard claim.base != nil, claim.kind != .exit else { return false }
        let (claims, exited) = try read(db)
        guard !exited.isEmpty else { return false }
        var followed: [ClaimID] = []
        var isEnded = false
        var base = claim.base
        while let id = base {
            if let known = areEnded[id] {
                isEnded = known
                break
            }
            followed.append(id)
            if exited.contains(id) {
                isEnded = true
                break
            }
            let claim = try claims[id] ?? db.claim(id)
            // Whoever built on the exit had heard of it.
            base = claim?.kind == .exit ? nil : claim?.base
        }
        for id in followed { areEnded[id] = isEnded }
        return isEnded
    }

    /// All claims, and those that an exit by the first-tier branch ended.
    private mutating func read(
        _ db: Database
    ) throws -> (claims: [ClaimID: Claim], exited: Set<ClaimID>) {
        if let read { return read }
        let known = try db.knownClaims(on: customer)
        let exits = known.filter { claim, outcome in
            claim.kind == .exit && claim.author == claim.firstTier && outcome != .refused
        }
        let all = (
            claims: try Dictionary(once: known.map { ($0.claim.id, $0.claim) }, in: "claim"),
            exited: Set(exits.compactMap(\.claim.base))
        )
        read = all
        return all
    }
}
