package import Bank

/// How a command ended, as its exit code says it (`interfaces.md` 2).
package enum ExitStatus: Int32, Sendable {
    case done = 0
    /// The rules said no.
    case refused = 1
    case usage = 2
    /// The world failed: disk, line, peer, directory in use.
    case failed = 3
    /// Data was found damaged.
    case damaged = 4
    /// Done, but something is quarantined.
    case quarantined = 5
}

/// What a command has to say: a document for programs and lines for people, of which one is shown.
package struct Answer: Sendable {
    package var json: JSONValue
    package var lines: [String]
    package var exit: ExitStatus
    /// For standard error, whichever of the two is shown.
    package var diagnostics: [String]

    package init(
        json: JSONValue, lines: [String], exit: ExitStatus = .done, diagnostics: [String] = []
    ) {
        self.json = json
        self.lines = lines
        self.exit = exit
        self.diagnostics = diagnostics
    }
}
