/// A hybrid logical clock's stamp: physical milliseconds, a counter for what happens within one,
/// and the node, for display and audit. It never goes back, whatever the clock does.
package struct HybridStamp: Hashable, Sendable, LosslessStringConvertible {
    package let milliseconds: Int64
    package let counter: Int
    package let node: String

    package init(milliseconds: Int64, counter: Int, node: String) {
        self.milliseconds = milliseconds
        self.counter = counter
        self.node = node
    }

    /// The stamp of the next event at a node whose clock shows `now`.
    package static func next(after last: HybridStamp?, now: Int64, node: String) -> HybridStamp {
        guard let last, last.milliseconds >= now else {
            return HybridStamp(milliseconds: now, counter: 0, node: node)
        }
        return HybridStamp(
            milliseconds: last.milliseconds, counter: last.counter + 1, node: node)
    }

    /// The stamp as head office lets it count: five minutes after its own time at the latest, so that
    /// a clock that is years ahead does not win for years (`sync.md`, who may write what).
    package func capped(at now: Int64) -> HybridStamp {
        let latest = now + Self.tolerance
        guard milliseconds > latest else { return self }
        return HybridStamp(milliseconds: latest, counter: 0, node: node)
    }

    /// Five minutes, in milliseconds.
    package static let tolerance: Int64 = 5 * 60 * 1000

    /// Nil unless the text is `milliseconds-counter-node`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 2)
        guard parts.count == 3, let milliseconds = Int64(parts[0]), let counter = Int(parts[1]),
            counter < Int.max
        else { return nil }
        self.init(milliseconds: milliseconds, counter: counter, node: String(parts[2]))
    }

    package var description: String { "\(milliseconds)-\(counter)-\(node)" }
}

extension HybridStamp: Comparable {
    /// The newest is the greatest; of two that are equally new, the one of the greater node, by
    /// bytes.
    package static func < (left: HybridStamp, right: HybridStamp) -> Bool {
        if left.milliseconds != right.milliseconds {
            return left.milliseconds < right.milliseconds
        }
        if left.counter != right.counter { return left.counter < right.counter }
        return left.node.utf8.lexicographicallyPrecedes(right.node.utf8)
    }
}
