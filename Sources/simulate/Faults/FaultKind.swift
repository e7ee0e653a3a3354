/// What the simulator does to the machines and the line.
enum FaultKind: String, CaseIterable, Comparable {
    case dropped, duplicated, delayed, cut, partition
    case proxyPage = "proxy page"
    case nodeCrash = "node crash"
    case officeCrash = "office crash"
    case nodeDiskFull = "node disk full"
    case officeDiskFull = "office disk full"
    case wrongClock = "wrong clock"
    /// A machine's clock is set, forwards or back, also head office's.
    case clockStep = "clock step"
    /// Head office is away for hours, and all nodes return at once.
    case herd
    /// The nodes' certificates are near their end, or past it.
    case oldCertificate = "old certificate"
    case restored, rolledBack = "rolled back", cloned
    case officeRestored = "office restored"
    case schemaSkew = "schema skew"
    /// Nodes of the version before, which know nothing of attestations.
    case olderVersion = "older version"
    /// A cell changes on head office's disk, past everything that would notice.
    case flipped = "flipped cell"
    case poison, forged
    case otherProgram = "other program"
    case correction
    case damagedChunk = "damaged chunk"

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Which faults one seed has, each as often as it says: a run with few kinds finds what a run with
/// all of them hides.
struct FaultPlan {
    private var enabled: Set<FaultKind>
    /// Faults of the line in a thousand messages.
    let lineShare: Int

    /// These kinds, each with its whole force.
    init(only kinds: Set<FaultKind>) {
        enabled = kinds
        lineShare = 60
    }

    init(seed: UInt64, except excluded: Set<FaultKind> = []) {
        var chance = Chance(seed, "faults")
        enabled = []
        lineShare = chance.pick([5, 20, 60, 150])
        for kind in FaultKind.allCases where chance.hits(perMille: Self.share(of: kind)) {
            enabled.insert(kind)
        }
        // What two other programs write one after the other is one transaction to the node.
        if enabled.contains(.poison) { enabled.remove(.otherProgram) }
        // What only attestations bring back, a node of the version before does not.
        if enabled.contains(.officeRestored) { enabled.remove(.olderVersion) }
        enabled.subtract(excluded)
    }

    /// Rare kinds change the rest of a run so much that they would be in the way of the others.
    private static func share(of kind: FaultKind) -> Int {
        switch kind {
        case .officeRestored: 150
        case .cloned, .rolledBack: 250
        default: 500
        }
    }

    func has(_ kind: FaultKind) -> Bool { enabled.contains(kind) }
}
