/// A marketing record: one contact with a customer (`domain.md` item 36). Append-only.
package struct Contact: Hashable, Sendable {
    package enum Way: String, Sendable, CaseIterable {
        case call, visit, sms, wechat
        case atOutlet = "at-outlet"

        /// Whether it is a message, which pauses where the customer refused or is contested.
        package var isMessage: Bool { self == .sms || self == .wechat }
    }

    /// Longest note, in characters.
    package static let longestNote = 2000

    package let id: String
    package let customer: CustomerNumber
    package let staff: StaffID
    package let way: Way
    package let date: BusinessDay
    package let note: String
    /// When to come back to it; nil where nothing is to follow.
    package let followUpOn: BusinessDay?
    /// The outlet that wrote it, where that is one that looked after the customer before.
    package let outlet: UnitCode?

    package init(
        id: String, customer: CustomerNumber, staff: StaffID, way: Way, date: BusinessDay,
        note: String, followUpOn: BusinessDay?, outlet: UnitCode? = nil
    ) {
        self.id = id
        self.customer = customer
        self.staff = staff
        self.way = way
        self.date = date
        self.note = note
        self.followUpOn = followUpOn
        self.outlet = outlet
    }
}
