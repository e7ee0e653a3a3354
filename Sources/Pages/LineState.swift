/// How the line to head office is, in the words of one who works whether or not there is one.
package struct LineState: Sendable {
    package let badge: Badge
    package let isOnline: Bool
    package let since: Moment?
    package let lastContact: Moment?
    package let oldestUnsent: Moment?
    package let pending: Int
    package let quarantined: Int
    package let hasQuarantined: Bool
    package let meaning: Text

    package init(
        isOnline: Bool, since: Moment?, lastContact: Moment?, oldestUnsent: Moment?, pending: Int,
        quarantined: Int
    ) {
        self.isOnline = isOnline
        self.since = since
        self.lastContact = lastContact
        self.oldestUnsent = oldestUnsent
        self.pending = pending
        self.quarantined = quarantined
        badge = Badge("line", isOnline ? "online" : "offline")
        hasQuarantined = quarantined > 0
        meaning = Text(isOnline ? "line.online-meaning" : "line.offline-meaning")
    }
}
