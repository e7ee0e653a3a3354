import GRDB
import Vault

/// What applying something took: rows that came down are written in slices, so that no local write
/// waits for long (`sync.md`, statement 18).
package struct Applied: Hashable, Sendable {
    /// One that held the write lock for longer than a slice may: it could not be divided.
    package struct LongTransaction: Hashable, Sendable {
        package let rows: Int
        package let milliseconds: Int64
    }

    package var slices = 0
    package var rows = 0
    /// Of a snapshot, how many there were of these.
    package var claims = 0
    package var settled = 0
    package var long: [LongTransaction] = []

    package init() {}

    package static func += (left: inout Applied, right: Applied) {
        left.slices += right.slices
        left.rows += right.rows
        left.claims += right.claims
        left.settled += right.settled
        left.long += right.long
    }
}

extension BranchStore {
    /// The write lock is held for no longer than this, in microseconds.
    private static let longestSlice: Int64 = 50_000
    /// Of which the commit has this much.
    private static let reserve: Int64 = 15_000

    /// Writes some whole transactions of head office's, as many in one of ours as its time allows;
    /// between two of ours the lock is free for whoever waits.
    ///
    /// How long the next one takes is told from how long the rows before it took.
    ///
    /// - Parameter closing: writes down, in the same transaction, how many have been applied so far.
    func writeInSlices<Item>(
        _ items: [Item], rows: (Item) -> Int, _ apply: (Database, Item) throws -> Void,
        closing: (Database, _ done: Int) throws -> Void
    ) throws -> Applied {
        var applied = Applied()
        var done = 0
        repeat {
            let first = done
            var written = 0
            let began = try write { db -> Int64 in
                let began = world.uptime()
                var elapsed: Int64 = 0
                while done < items.count {
                    let next = rows(items[done])
                    let expected = written == 0 ? 0 : elapsed * Int64(next) / Int64(written)
                    guard done == first || elapsed + expected <= Self.longestSlice - Self.reserve
                    else { break }
                    try apply(db, items[done])
                    written += next
                    done += 1
                    elapsed = world.uptime() - began
                }
                try closing(db, done)
                return began
            }
            let held = world.uptime() - began
            applied.slices += 1
            applied.rows += written
            if held > Self.longestSlice {
                applied.long.append(.init(rows: written, milliseconds: held / 1000))
            }
        } while done < items.count
        return applied
    }
}
