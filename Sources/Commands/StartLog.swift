import Synchronization

/// What is logged while a server starts: held back until it runs, since one that cannot start says
/// why in one sentence of its own. Where it has none, what is held goes out all the same.
package final class StartLog: TextOutputStream, Sendable {
    /// Nil once it runs.
    private let held = Mutex<[String]?>([])
    private let out: @Sendable (String) -> Void

    package init(to out: @escaping @Sendable (String) -> Void = { writeError($0, newline: false) })
    {
        self.out = out
    }

    package func write(_ text: String) {
        let isHeld = held.withLock { held in
            held?.append(text)
            return held != nil
        }
        if !isHeld { out(text) }
    }

    /// The server runs, or never will: what was held goes out, and whatever follows at once.
    package func letOut() {
        let texts = held.withLock { held in
            defer { held = nil }
            return held ?? []
        }
        for text in texts { out(text) }
    }
}
