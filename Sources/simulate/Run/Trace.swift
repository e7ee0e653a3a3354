import Sealing

/// What happened in a run, in order, as one hash: two runs of a seed with equal hashes did the same.
struct Trace {
    private var stream = DigestStream()
    private(set) var events = 0
    /// The lines themselves, where somebody wants to read them.
    private(set) var lines: [String]?

    init(keepsLines: Bool = false) {
        lines = keepsLines ? [] : nil
    }

    mutating func note(_ at: Int64, _ text: String) {
        events += 1
        let line = "\(at) \(text)"
        stream.update(Array((line + "\n").utf8))
        lines?.append(line)
    }

    var hash: String {
        var copy = stream
        return String(copy.finish().hex.prefix(16))
    }
}
