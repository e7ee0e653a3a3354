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

    package struct Failure: Sendable {
        package let sentence: Text
        package let at: Moment?

        package init(sentence: Text, at: Moment?) {
            self.sentence = sentence
            self.at = at
        }
    }

    package init(line: LineState, lastError: Failure?, headOffice: String?) {
        self.line = line
        self.lastError = lastError
        self.headOffice = headOffice
        canSync = headOffice != nil
    }
}
