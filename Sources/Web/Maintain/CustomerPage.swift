package import Bank
package import Pages

/// One customer as the bank's people here see them: who, where they stand, what they hold, who
/// looks after them and what was said.
package struct CustomerPage: Page {
    package static let template = "maintain/customer"

    package let title: Text
    package let number: CustomerNumber
    package let path: String
    /// Masked.
    package let name: String
    /// The numbers that CIF merged into this one.
    package let merged: [Text]
    package let identity: [Identity]
    package let standing: Standing
    /// What there is to do or to know of the customer as a target by hand.
    package let byHand: ByHand?
    package let measures: [Measure]
    package let holdings: Holdings?
    package let owner: Owner?
    /// Who looked after the customer last, where nobody does now.
    package let formerly: Text?
    package let state: Badge
    package let whyLink: String
    package let cards: [Card]
    package let hasCards: Bool
    /// Nil on the page of one whose records are not this reader's to see.
    package let contacts: [Contact]?
    package let hasContacts: Bool
    package let lacksContacts: Bool
    package let recording: Recording?
    package let profile: Profile
    package let businessDate: BusinessDay
    /// Whether that date had no extract, so that balances were carried forward.
    package let isEstimated: Bool

    package init(
        number: CustomerNumber, name: String, identity: [Identity], standing: Standing,
        measures: [Measure], holdings: Holdings?, owner: Owner?, state: Ownership.State,
        cards: [Card], contacts: [Contact]?, recording: Recording?, profile: Profile,
        businessDate: BusinessDay, isEstimated: Bool, formerly: Text? = nil,
        merged: [CustomerNumber] = [], byHand: ByHand? = nil
    ) {
        title = Text("customer.title", ["number": number])
        self.number = number
        let segment = PageLink.encoded(number.rawValue)
        path = "/customers/\(segment)"
        whyLink = "/ownership/\(segment)"
        self.name = name
        self.merged = merged.map { Text("customer.merged", ["customer": $0]) }
        self.byHand = byHand
        self.identity = identity
        self.standing = standing
        self.measures = measures
        self.holdings = holdings
        self.owner = owner
        self.formerly = formerly
        self.state = Badge(state)
        self.cards = cards
        hasCards = !cards.isEmpty
        self.contacts = contacts
        hasContacts = contacts?.isEmpty == false
        lacksContacts = contacts?.isEmpty == true
        self.recording = recording
        self.profile = profile
        self.businessDate = businessDate
        self.isEstimated = isEstimated
    }

    package var address: String? { path }
}

extension CustomerPage {
    /// A sentence on adding or keeping the customer by hand, with the way there.
    package struct ByHand: Sendable {
        package let text: Text
        package let link: String?

        package static func pending(after day: BusinessDay) -> ByHand {
            ByHand(text: Text("targets.pending-until", ["date": day]), link: "/targets")
        }

        package static func entry(of number: CustomerNumber) -> ByHand {
            ByHand(
                text: Text("targets.entry"),
                link: PageLink("/targets", ["number": number.rawValue]).text)
        }

        package static let keep = ByHand(text: Text("targets.keep"), link: "/targets")
    }

    /// One direct identifier: masked, or in clear just after it was asked for with a reason.
    package struct Identity: Sendable {
        package enum Field: String, CaseIterable, Sendable {
            case name, idNumber = "id-number", mobile, address
            /// As the bank's people know them, beside CIF.
            case profileMobile = "profile-mobile", profileAddress = "profile-address"

            /// What CIF says.
            static let ofCIF: [Field] = [.name, .idNumber, .mobile, .address]
        }

        package let field: String
        package let label: Text
        package let shown: String
        package let isClear: Bool
        package let canUnmask: Bool

        package init(_ field: Field, masked: String, clear: String? = nil, canUnmask: Bool) {
            self.field = field.rawValue
            label = Text("identity.\(field.rawValue)")
            shown = clear ?? masked
            isClear = clear != nil
            self.canUnmask = canUnmask && clear == nil && !masked.isEmpty
        }
    }

    /// An amount that a rule looks at, with the sentence that says how it comes about.
    package struct Measure: Sendable {
        package let label: Text
        package let amount: Fen
        package let meaning: Text

        package static func assets(_ amount: HalfFen) -> Measure {
            Measure(
                label: Text("measure.assets"), amount: amount.rounded,
                meaning: Text("measure.assets-meaning"))
        }

        package static func here(_ amount: HalfFen) -> Measure {
            Measure(
                label: Text("measure.here"), amount: amount.rounded,
                meaning: Text("measure.here-meaning"))
        }

        /// - Parameter isYears: over the days of the year, and no others.
        package static func average(
            accumulated: HalfFen, days: Int, isYears: Bool = true
        ) -> Measure {
            // Half up to the fen; the days of a year are at least one.
            let divisor = Int64(2 * max(1, days))
            let doubled = accumulated.rawValue * 2 + divisor
            return Measure(
                label: Text("measure.average"), amount: Fen(doubled / (divisor * 2)),
                meaning: Text(
                    isYears ? "measure.average-meaning" : "measure.average-of-days",
                    ["sum": accumulated.rounded, "days": days]))
        }
    }
}
