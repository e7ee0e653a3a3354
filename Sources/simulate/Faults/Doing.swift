/// What people and machines did in a run that is no fault: a statement about it says nothing where
/// it never happened.
enum Doing: String, CaseIterable, Comparable {
    case assignment, release, contact, request, objection, consent, refusal, withdrawal
    case takenUp = "taken up"
    case ruling, exit, reorganisation
    case renewal = "certificate renewal"
    case turnedAway = "turned away"
    case recovered = "recovered by its node"
    case givenBack = "given back to head office"
    case readmission, settlement
    case foundRestored = "found restored"
    case foundOfficeRestored = "found head office restored"
    case foundCopy = "found to be a copy"
    case heldUnknown = "unknown for half a day"
    case mended = "rows mended"
    case passedOver = "unknown fields passed over"
    case setApart = "set apart"
    case comparison = "comparison by digest"

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
