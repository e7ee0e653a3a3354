/// A claim on a customer: immutable, named by the hash of its canonical bytes (`sync.md`).
package struct Claim: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// By an outlet, of an unowned target.
        case assignment
        /// By an outlet, of an unowned customer added by hand (R6).
        case manual
        /// By the owner's outlet, to another of its managers.
        case handOver = "hand-over"
        /// By the owner's outlet: nobody's from here on.
        case release
        /// By the owner's outlet, to another outlet whose request it accepts.
        case transfer
        /// By the first-tier branch, after a dispute.
        case ruling
        /// By the first-tier branch, when its close takes the customer out of the target pool.
        case exit
        /// By the first-tier branch, when outlets merge or move.
        case reorganisation

        /// Whether it gives the customer to somebody; the others only end what they are based on.
        package var gives: Bool { self != .release && self != .exit }

        /// Whether the first-tier branch alone writes it, and no outlet.
        package var isFirstTiers: Bool {
            switch self {
            case .ruling, .exit, .reorganisation: true
            case .assignment, .manual, .handOver, .release, .transfer: false
            }
        }
    }

    package let id: ClaimID
    package let customer: CustomerNumber
    package let firstTier: UnitCode
    /// The outlet, or the first-tier branch, that wrote it.
    package let author: UnitCode
    package let kind: Kind
    /// The claim that the author saw as the owner's; nil where it saw none.
    package let base: ClaimID?
    /// Whom it gives the customer to; both nil where it ends an ownership, the manager alone nil
    /// where a ruling leaves the customer awaiting assignment at the outlet.
    package let outlet: UnitCode?
    package let manager: StaffID?
    package let evidence: Evidence
    /// The business date on which it was made; `since` of the ownership it gives.
    package let businessDate: BusinessDay
    /// A hybrid logical clock's stamp, for display and audit: no clock decides anything.
    package let stamp: String
    /// Who entered it.
    package let enteredBy: StaffID
    /// What was read, where it says more or otherwise than the fields above, as a later version's
    /// does: the id is the hash of all of it.
    private var received: JSONValue?

    package init(
        id: ClaimID, customer: CustomerNumber, firstTier: UnitCode, author: UnitCode, kind: Kind,
        base: ClaimID?, outlet: UnitCode?, manager: StaffID?, evidence: Evidence,
        businessDate: BusinessDay, stamp: String, enteredBy: StaffID
    ) {
        self.id = id
        self.customer = customer
        self.firstTier = firstTier
        self.author = author
        self.kind = kind
        self.base = base
        self.outlet = outlet
        self.manager = manager
        self.evidence = evidence
        self.businessDate = businessDate
        self.stamp = stamp
        self.enteredBy = enteredBy
    }
}

/// The facts that the order of claims compares, taken when the outlet's chain of claims on the
/// customer begins. An absent value sorts last.
package struct Evidence: Hashable, Sendable {
    /// An active VIP card or approved enrolment issued by the outlet.
    package let activeCard: Bool
    /// Financial assets at the outlet at its last close, half-fen.
    package let holdings: HalfFen?
    /// Opening date of the earliest demand account there.
    package let demandAccountOpened: BusinessDay?
    /// The business date on which the chain began.
    package let businessDate: BusinessDay?

    package init(
        activeCard: Bool, holdings: HalfFen?, demandAccountOpened: BusinessDay?,
        businessDate: BusinessDay?
    ) {
        self.activeCard = activeCard
        self.holdings = holdings
        self.demandAccountOpened = demandAccountOpened
        self.businessDate = businessDate
    }
}

extension Claim {
    /// What is hashed, sent and kept: everything but the id, which is its hash.
    package var content: JSONValue { received ?? fields }

    private var fields: JSONValue {
        [
            "author": JSONValue(author), "base": JSONValue(base),
            "businessDate": JSONValue(businessDate), "customer": JSONValue(customer),
            "enteredBy": JSONValue(enteredBy), "evidence": evidence.json,
            "firstTier": JSONValue(firstTier), "kind": .string(kind.rawValue),
            "manager": JSONValue(manager), "outlet": JSONValue(outlet), "stamp": .string(stamp),
        ]
    }

    /// Whether it is of a kind that this version does not know.
    package static func isOfLaterVersion(_ content: JSONValue) -> Bool {
        content["kind"]?.string.map { Kind(rawValue: $0) == nil } ?? false
    }

    /// Nil where the content is not that of a claim, lacks what its kind must say, or has an author
    /// who may not write the kind.
    package init?(id: ClaimID, content: JSONValue) {
        guard let customer = content["customer"]?.string,
            let firstTier = content["firstTier"]?.string,
            let author = content["author"]?.string,
            let kind = content["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let evidence = content["evidence"].flatMap(Evidence.init(json:)),
            let businessDate = content["businessDate"]?.day, let stamp = content["stamp"]?.string,
            let enteredBy = content["enteredBy"]?.string
        else { return nil }
        // What names something is short; a text of any length would be carried to every outlet.
        let names =
            [customer, firstTier, author, stamp, enteredBy]
            + ["base", "outlet", "manager"]
            .compactMap { content[$0]?.string }
        guard names.allSatisfy({ $0.utf8.count <= 80 }) else { return nil }
        self.init(
            id: id, customer: CustomerNumber(customer), firstTier: UnitCode(firstTier),
            author: UnitCode(author), kind: kind, base: content["base"]?.string.map { ClaimID($0) },
            outlet: content["outlet"]?.string.map { UnitCode($0) },
            manager: content["manager"]?.string.map { StaffID($0) }, evidence: evidence,
            businessDate: businessDate, stamp: stamp, enteredBy: StaffID(enteredBy))
        guard kind.gives == (outlet != nil), kind.gives || manager == nil,
            manager != nil || !kind.gives || kind == .ruling || kind == .reorganisation,
            kind.isFirstTiers == (author == firstTier)
        else { return nil }
        guard content != fields else { return }
        guard content.isNested(atMost: JSONValue.deepestContent) else { return nil }
        received = content
    }
}

extension Evidence {
    package var json: JSONValue {
        [
            "activeCard": .bool(activeCard), "businessDate": JSONValue(businessDate),
            "demandAccountOpened": JSONValue(demandAccountOpened),
            "holdings": JSONValue(holdings?.rawValue),
        ]
    }

    package init?(json: JSONValue) {
        guard let activeCard = json["activeCard"]?.bool else { return nil }
        self.init(
            activeCard: activeCard, holdings: json["holdings"]?.int.map { HalfFen($0) },
            demandAccountOpened: json["demandAccountOpened"]?.day,
            businessDate: json["businessDate"]?.day)
    }
}
