/// When a node exchanges next: at an interval with jitter, after failures with pauses that grow to
/// a bound, and never before head office's own retry-after.
package struct Pacing: Sendable {
    package struct Settings: Sendable {
        /// Milliseconds between two exchanges that end well.
        package var interval: Int64 = 60_000
        /// The first pause after a failure.
        package var firstPause: Int64 = 2_000
        /// No pause is longer, save where only an operator can help.
        package var longestPause: Int64 = 5 * 60_000
        /// So often it is tried where only an operator can help: to find out when they have.
        package var stoppedPause: Int64 = 15 * 60_000

        package init() {}
    }

    private let settings: Settings
    private var failures = 0

    package init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// How an exchange ended.
    package enum Outcome: Sendable {
        case well
        case failed(Failure)
    }

    package enum Failure: Sendable {
        /// It may go by itself.
        case passing
        /// Head office named a moment, milliseconds from now.
        case busy(Int64)
        /// Only an operator can help.
        case lasting
    }

    /// Milliseconds to wait. `chance` is between 0 and 1: nodes that failed together do not come
    /// back together.
    package mutating func pause(after outcome: Outcome, chance: Double) -> Int64 {
        switch outcome {
        case .well:
            failures = 0
            return jittered(settings.interval, chance)
        case .failed(.passing):
            failures += 1
            // Doubling further would only pass the bound.
            let doubled = settings.firstPause << Int64(min(failures - 1, 20))
            return jittered(min(doubled, settings.longestPause), chance)
        case .failed(.busy(let wanted)):
            // No less than was asked for; a lying peer cannot send the node away for ever.
            let atMost = min(max(wanted, 0), settings.stoppedPause)
            return atMost + Int64(Double(settings.firstPause) * chance)
        case .failed(.lasting):
            failures += 1
            return jittered(settings.stoppedPause, chance)
        }
    }

    /// Between three quarters and five quarters of a pause.
    private func jittered(_ pause: Int64, _ chance: Double) -> Int64 {
        Int64(Double(pause) * (0.75 + chance / 2))
    }
}
