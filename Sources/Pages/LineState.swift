/// How the line to head office is, in the words of one who works whether or not there is one.
package struct LineState: Sendable {
    package let badge: Badge
    package let since: Moment?
    package let lastContact: Moment?
    package let oldestUnsent: Moment?
    package let pending: Int
    package let quarantined: Int
    package let hasQuarantined: Bool
    package let meaning: Text

    /// `isOnline` is nil where the node has no head office.
    package init(
        isOnline: Bool?, since: Moment?, lastContact: Moment?, oldestUnsent: Moment?, pending: Int,
        quarantined: Int
    ) {
        self.since = since
        self.lastContact = lastContact
        self.oldestUnsent = oldestUnsent
        self.pending = pending
        self.quarantined = quarantined
        let condition = isOnline.map { $0 ? "online" : "offline" } ?? "alone"
        badge = Badge("line", condition)
        hasQuarantined = quarantined > 0
        meaning = Text("line.\(condition)-meaning")
    }
}
