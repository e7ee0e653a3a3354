package import Bank
package import Pages
import Texts

/// What a member of staff has to do or know today.
package struct TodayPage: Page {
    package static let template = "remind/today"

    package let title = Text("today.title")
    package let hasReminders: Bool
    package let reminders: [Reminder]
    package let book: Book?
    /// Targets of the outlet that nobody owns, for a supervisor.
    package let awaiting: Awaiting?
    package let line: LineState

    package init(reminders: [Reminder], book: Book?, awaiting: Int?, line: LineState) {
        self.reminders = reminders
        hasReminders = !reminders.isEmpty
        self.book = book
        self.awaiting = awaiting.map { Awaiting(count: $0, isSome: $0 > 0) }
        self.line = line
    }

    /// One thing to do or to know.
    package struct Reminder: Sendable {
        package let id: String
        package let kind: Text
        package let sentence: Text
        /// For whom one stands in; nil of one's own.
        package let standsInFor: Text?
        package let customer: CustomerNumber?
        /// The customer's name, masked.
        package let name: String
        package let link: String?
        package let due: BusinessDay
        package let standing: Badge
        /// Where a click says that it is done.
        package let completion: String

        /// `name` is the customer's, masked; `by` the name of whoever caused it, `manager` of whose
        /// it is where the reader stands in for them.
        package init(
            _ reminder: Bank.Reminder, name: String?, by: String? = nil, for manager: String? = nil,
            on day: BusinessDay
        ) {
            standsInFor = manager.map { Text("deputies.for", ["name": $0]) }
            id = reminder.id
            kind = Text("reminder.\(reminder.kind.rawValue)")
            var values: [String: any Speakable] = reminder.facts
            for code in Words.codedFacts {
                if let fact = reminder.facts[code] { values[code] = Text("\(code).\(fact)") }
            }
            if let by { values["by"] = by }
            sentence = Text(reminder.sentenceKey, values)
            customer = reminder.customer
            self.name = name ?? ""
            due = reminder.dueOn
            link = reminder.customer.map {
                "\(reminder.kind.room)/\(PageLink.encoded($0.rawValue))"
            }
            standing = Badge("due", due < day ? "overdue" : due == day ? "today" : "ahead")
            completion = "/reminders/\(PageLink.encoded(id))/completion"
        }
    }

    /// How many customers there are, by tier: a manager's own or, for a supervisor, the outlet's.
    package struct Book: Sendable {
        package let title: Text
        package let total: Int
        package let tiers: [TierCount]

        package init(isOutlets: Bool, tiers: [TierCount]) {
            title = Text(isOutlets ? "today.outlet-book" : "today.my-book")
            self.tiers = tiers
            total = tiers.reduce(0) { $0 + $1.count }
        }
    }

    package struct TierCount: Sendable {
        package let tier: Badge
        package let count: Int
        /// Since the close before.
        package let change: Change
        package let link: String

        package init(tier: Tier?, count: Int, change: Int) {
            self.tier = Badge(tier)
            self.count = count
            self.change = Change(change)
            link = PageLink("/customers", ["tier": tier?.rawValue ?? "none"]).text
        }
    }

    package struct Awaiting: Sendable {
        package let count: Int
        package let isSome: Bool
    }
}

extension Bank.Reminder.Kind {
    /// Where its customer is looked at: who lost a claim may not open the customer any more.
    fileprivate var room: String {
        switch self {
        case .assigned, .claimConfirmed, .followUp, .additionFailed, .targetLeaving,
            .customerMerged:
            "/customers"
        case .claimLost, .claimLate, .claimRefused, .ownershipLost, .leftTarget,
            .transferRequested, .objectionRaised, .disputeAnswered, .disputeWentUp,
            .moveIncomplete, .deputyNamed:
            "/ownership"
        }
    }
}
