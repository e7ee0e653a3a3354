/// The claims that may still move the owner, and what builds on what (`sync.md`, settlement 2, 3).
///
/// With a settled owner: those based on that owner's claim by who may write them, and chains on
/// top. With none: every claim whatever its base, and chains on top.
struct TimelyClaims {
    private let claims: [ClaimID: Claim]
    /// What each claim builds on by right.
    private let links: [ClaimID: ClaimID]

    /// Without `strandsAreRoots` a claim on somebody's that its author may not build on is left
    /// out even where nobody owns the customer, as the first version of the rules did.
    init(
        _ admitted: [Claim], after previous: Claim?, firstTier: UnitCode, strandsAreRoots: Bool
    ) {
        var known: [ClaimID: Claim] = [:]
        for claim in admitted { known[claim.id] = claim }
        if let previous { known[previous.id] = previous }
        var links: [ClaimID: ClaimID] = [:]
        for claim in admitted {
            if let base = claim.base.flatMap({ known[$0] }), claim.mayFollow(base, firstTier) {
                links[claim.id] = base.id
            }
        }
        self.links = links

        func root(of claim: Claim) -> Claim {
            var claim = claim
            while claim.id != previous?.id, let base = links[claim.id].flatMap({ known[$0] }) {
                claim = base
            }
            return claim
        }
        let timely = admitted.filter { claim in
            let root = root(of: claim)
            if let previous { return root.id == previous.id && claim.id != previous.id }
            return strandsAreRoots || root.base.map { known[$0] == nil } ?? true
        }
        claims = Dictionary(uniqueKeysWithValues: timely.map { ($0.id, $0) })
    }

    func contains(_ claim: Claim) -> Bool { claims[claim.id] != nil }

    /// Those that no other timely claim builds on, in the order of their ids.
    var heads: [Claim] {
        let bases = Set(claims.keys.compactMap { links[$0] })
        return claims.values.filter { !bases.contains($0.id) }.sorted { $0.id < $1.id }
    }

    /// The timely claims that one builds on, the nearest first.
    func followed(by claim: Claim) -> [Claim] {
        var chain: [Claim] = []
        var base = links[claim.id].flatMap { claims[$0] }
        while let claim = base {
            chain.append(claim)
            base = links[claim.id].flatMap { claims[$0] }
        }
        return chain
    }
}

extension Claim {
    /// An owned customer is moved by the owner's outlet or by the first-tier branch alone.
    fileprivate func mayFollow(_ base: Claim, _ firstTier: UnitCode) -> Bool {
        switch kind {
        case .handOver, .release, .transfer: base.outlet != nil && author == base.outlet
        case .ruling, .exit, .reorganisation: author == firstTier
        case .assignment, .manual:
            base.outlet == nil || author == base.outlet && base.manager == nil
        }
    }
}
