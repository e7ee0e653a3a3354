package import Pages

/// How the line to head office is, what waits for it, and a button to try it now.
package struct SyncPage: Page {
    package static let template = "sync/sync"

    package let title = Text("sync.title")
    package let line: LineState
    /// The last failure in words that an operator can act on, said already.
    package let lastError: Failure?
    /// Nil where the node has no head office.
    package let headOffice: String?
    package let canSync: Bool
    /// Head office's clock less this node's, in seconds; nil where none was heard yet.
    package let skewSeconds: Int?
    /// Head office's sequence through which the node has everything.
    package let watermark: Int
    /// When both sides' records were last compared, and what that found.
    package let compared: Compared?
    /// How the timer's last try to close ended; nil where there was none.
    package let timedClose: Timed?
    /// What head office could not apply.
    package let quarantine: [Quarantined]
    package let hasQuarantine: Bool

    package struct Compared: Sendable {
        package let at: Moment
        package let finding: Text

        package init(at: Moment, isEqual: Bool) {
            self.at = at
            finding = Text(isEqual ? "sync.equal" : "sync.differed")
        }
    }

    package struct Timed: Sendable {
        package let at: Moment
        package let finding: Text
        package let hasFailed: Bool

        package init(at: Moment, failure: Text?) {
            self.at = at
            finding = failure ?? Text("timer.well")
            hasFailed = failure != nil
        }
    }

    package struct Quarantined: Sendable {
        package let id: Int
        package let record: String
        package let reason: Text
        package let at: Moment

        package init(id: Int, record: String, reason: Text, at: Moment) {
            self.id = id
            self.record = record
            self.reason = reason
            self.at = at
        }
    }

    package struct Failure: Sendable {
        package let sentence: Text
        package let at: Moment?

        package init(sentence: Text, at: Moment?) {
            self.sentence = sentence
            self.at = at
        }
    }

    package init(
        line: LineState, lastError: Failure?, headOffice: String?, skewSeconds: Int? = nil,
        watermark: Int = 0, compared: Compared? = nil, timedClose: Timed? = nil,
        quarantine: [Quarantined] = []
    ) {
        self.timedClose = timedClose
        self.skewSeconds = skewSeconds
        self.watermark = watermark
        self.compared = compared
        self.quarantine = quarantine
        hasQuarantine = !quarantine.isEmpty
        self.line = line
        self.lastError = lastError
        self.headOffice = headOffice
        canSync = headOffice != nil
    }
}
