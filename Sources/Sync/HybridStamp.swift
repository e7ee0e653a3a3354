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
