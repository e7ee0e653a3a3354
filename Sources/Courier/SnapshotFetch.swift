import Bank
import Store
import Sync

/// The part of a round that brings a snapshot: its head, the hashes of its chunks, the chunks, one
/// question at a time. What came is on the disk, so that it goes on in whatever round comes next.
struct SnapshotFetch {
    /// Chunks that come damaged in one round; more end it, and the node pulls from then on.
    private static let mostDamaged = 3

    /// Whether head office has named the snapshot in this round: the one that was begun may be gone.
    private var isNamed = false
    private var damaged = 0
    private(set) var chunks = 0
    private(set) var applied = Applied()
    /// Number of the newest settlement record that head office had then.
    private(set) var lastRecord: Int64 = 0

    /// What to ask next; nil when the snapshot is applied.
    mutating func next(_ store: BranchStore) throws -> SnapshotQuestion? {
        while true {
            let progress = try store.snapshotProgress()
            guard isNamed, let progress else {
                isNamed = false
                return .head(has: progress?.head.root, after: try store.lineState().watermark)
            }
            switch progress.need {
            case .hashes(let from): return .hashes(root: progress.head.root, from: from)
            case .chunk(let number): return .chunk(root: progress.head.root, number: number)
            case .nothing:
                if let applied = try store.applySnapshot() {
                    self.applied = applied
                    return nil
                }
            }
        }
    }

    mutating func take(
        _ answer: JSONValue, to question: SnapshotQuestion, _ store: BranchStore
    ) throws {
        switch question {
        case .head(_, let after):
            guard let head = SnapshotHead(json: answer) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            guard head.through > after else { throw CourierError.outOfStep }
            isNamed = true
            lastRecord = head.lastRecord
            try store.begin(head)
        case .hashes(_, let from):
            guard let hashes = SnapshotHashes(json: answer) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            guard try store.keep(hashes, from: from) else { throw CourierError.outOfStep }
        case .chunk(_, let number):
            guard let chunk = SnapshotChunk(json: answer) else {
                throw CourierError.notHeadOffice(status: 200)
            }
            if try store.keep(chunk, number) {
                chunks += 1
            } else {
                damaged += 1
                guard damaged <= Self.mostDamaged else {
                    try store.distrustSnapshot()
                    throw CourierError.outOfStep
                }
            }
        }
    }
}
