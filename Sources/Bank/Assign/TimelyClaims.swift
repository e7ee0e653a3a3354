/// The claims that may still move the owner, and what builds on what (`sync.md`, settlement 2, 3).
///
/// With a settled owner: those based on that owner's claim by who may write them, and chains on
/// top. With none: every claim whatever its base, and chains on top. Claims are meant by their
/// places in the list, which is in the order of their ids.
struct TimelyClaims {
    private enum Base {
        case none
        /// The settled owner's claim.
        case previous
        case claim(Int)
    }

    private let claims: [Claim]
    /// What each claim builds on by right.
    private var bases: [Base]
    private(set) var isTimely: [Bool]
    /// Those that no other timely claim builds on, in the order of their ids.
    private(set) var heads: [Int] = []

    /// Without `strandsAreRoots` a claim on somebody's that its author may not build on is left
    /// out even where nobody owns the customer, as the first version of the rules did.
    init(
        _ claims: [Claim], admitted: [Bool], after previous: Claim?, firstTier: UnitCode,
        strandsAreRoots: Bool
    ) {
        self.claims = claims
        bases = Array(repeating: .none, count: claims.count)
        isTimely = Array(repeating: false, count: claims.count)
        /// The claim that one names as its base, where it counts.
        func named(by place: Int) -> Base {
            guard let id = claims[place].base else { return .none }
            if id == previous?.id { return .previous }
            guard let base = claims.place(of: id), admitted[base] else { return .none }
            return .claim(base)
        }
        for place in claims.indices where admitted[place] {
            let base = named(by: place)
            let mayFollow =
                switch base {
                case .none: false
                case .previous: previous.map { claims[place].mayFollow($0, firstTier) } ?? false
                case .claim(let other): claims[place].mayFollow(claims[other], firstTier)
                }
            if mayFollow { bases[place] = base }
        }
        for place in claims.indices where admitted[place] {
            var root = place
            while claims[root].id != previous?.id, case .claim(let base) = bases[root] {
                root = base
            }
            if let previous {
                let isOnPrevious = if case .previous = bases[root] { true } else { false }
                isTimely[place] =
                    claims[place].id != previous.id
                    && (isOnPrevious || claims[root].id == previous.id)
            } else if case .none = named(by: root) {
                isTimely[place] = true
            } else {
                isTimely[place] = strandsAreRoots
            }
        }
        var isBase = Array(repeating: false, count: claims.count)
        for place in claims.indices where isTimely[place] {
            if case .claim(let base) = bases[place] { isBase[base] = true }
        }
        heads = claims.indices.filter { isTimely[$0] && !isBase[$0] }
    }

    /// The timely claims that one builds on, the nearest first.
    func followed(by place: Int) -> [Int] {
        var chain: [Int] = []
        var last = place
        while case .claim(let base) = bases[last], isTimely[base] {
            chain.append(base)
            last = base
        }
        return chain
    }
}

extension [Claim] {
    /// The place of a claim in a list that is in the order of its ids.
    func place(of id: ClaimID) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].id == id ? low : nil
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
