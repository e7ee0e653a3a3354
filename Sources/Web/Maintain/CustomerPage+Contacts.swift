package import Bank
package import Pages

extension CustomerPage {
    /// A marketing record.
    package struct Contact: Sendable {
        package let date: BusinessDay
        package let way: Text
        package let note: String
        package let by: String
        package let followUp: BusinessDay?

        package init(
            date: BusinessDay, way: Bank.Contact.Way, note: String, by: String,
            followUp: BusinessDay?
        ) {
            self.date = date
            self.way = Text("way.\(way.rawValue)")
            self.note = note
            self.by = by
            self.followUp = followUp
        }
    }

    /// The form for a new marketing record, with what was typed where it was refused.
    package struct Recording: Sendable {
        package let ways: [Choice]
        /// In digits alone, as an attribute of the field has it.
        package let longestNote: String
        package let note: String
        package let followUp: String
        package let failure: Text?

        package struct Choice: Sendable {
            package let code: String
            package let text: Text
            package let isChosen: Bool
        }

        package init(
            way: Bank.Contact.Way = .call, note: String = "", followUp: String = "",
            failure: Text? = nil
        ) {
            ways = Bank.Contact.Way.allCases.map {
                Choice(code: $0.rawValue, text: Text("way.\($0.rawValue)"), isChosen: $0 == way)
            }
            longestNote = String(Bank.Contact.longestNote)
            self.note = note
            self.followUp = followUp
            self.failure = failure
        }
    }
}
