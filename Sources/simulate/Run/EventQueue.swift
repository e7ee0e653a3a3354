/// What is going to happen, in the order of virtual time; what is due at one instant, in the order
/// in which it was put in.
struct EventQueue<Event> {
    private struct Entry {
        let at: Int64
        let order: Int
        let event: Event

        func precedes(_ other: Entry) -> Bool {
            at == other.at ? order < other.order : at < other.at
        }
    }

    /// A binary heap.
    private var entries: [Entry] = []
    private var count = 0

    var isEmpty: Bool { entries.isEmpty }
    var nextAt: Int64? { entries.first?.at }

    mutating func add(_ event: Event, at time: Int64) {
        entries.append(Entry(at: time, order: count, event: event))
        count += 1
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].precedes(entries[parent]) else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func next() -> (at: Int64, event: Event)? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            entries[0] = last
            sink()
        }
        return (first.at, first.event)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < entries.count }
            guard
                let least = children.min(by: { entries[$0].precedes(entries[$1]) }),
                entries[least].precedes(entries[parent])
            else { return }
            entries.swapAt(least, parent)
            parent = least
        }
    }
}
