/// What the first compare of a conversation finds about a node (`sync.md`, statements 3 to 5).
package enum Verdict: String, Sendable, CaseIterable {
    /// Both sides end at the same batch, or an acknowledgement was lost.
    case inStep = "in-step"
    /// The node is older than what head office kept of it: it was restored from a backup, or is a
    /// blank replacement. It gets a new epoch and its own records back.
    case restored
    /// It is older and yet has something new to send, and nobody said that it was restored: it may
    /// be a copy. Nothing of it is applied.
    case suspectedCopy = "suspected-copy"
    /// Head office is older than what it once acknowledged: the node sends again from there.
    case officeRestored = "office-restored"
    /// The node shows what head office never said.
    case corrupted
}

/// One lane as the node shows it beside what head office keeps of it.
package struct LaneComparison: Sendable {
    package enum Finding: Int, Sendable, Comparable {
        case same, acknowledgementLost, nodeIsOlder, officeIsOlder, notGenuine

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    package let shown: Checkpoint
    /// Whether the receipt the node shows is head office's own.
    package let isGenuine: Bool
    /// Chain hash of the batch that waits at the node; nil where none is formed.
    package let waiting: String?
    package let kept: Checkpoint

    package init(shown: Checkpoint, isGenuine: Bool, waiting: String?, kept: Checkpoint) {
        self.shown = shown
        self.isGenuine = isGenuine
        self.waiting = waiting
        self.kept = kept
    }

    package var finding: Finding {
        if shown == kept { return .same }
        guard isGenuine else { return .notGenuine }
        if shown.epoch == kept.epoch {
            if kept.batch == shown.batch + 1, kept.hash == waiting { return .acknowledgementLost }
            return shown.batch < kept.batch ? .nodeIsOlder : .officeIsOlder
        }
        return shown.epoch < kept.epoch ? .nodeIsOlder : .officeIsOlder
    }
}

extension Verdict {
    /// - Parameters:
    ///   - hasNews: the node has changes of its own that head office has not acknowledged.
    ///   - isMarked: `restore` has marked the node's directory.
    ///   - isReadmitted: an operator has let it come in again.
    package init(
        _ lanes: [LaneComparison], hasNews: Bool, isMarked: Bool, isReadmitted: Bool
    ) {
        switch lanes.map(\.finding).max() ?? .same {
        case .same, .acknowledgementLost: self = .inStep
        case .nodeIsOlder:
            self = !hasNews || isMarked || isReadmitted ? .restored : .suspectedCopy
        case .officeIsOlder: self = .officeRestored
        case .notGenuine: self = isReadmitted ? .restored : .corrupted
        }
    }
}
