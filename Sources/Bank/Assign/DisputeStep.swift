/// One step of a transfer request or dispute about a customer: immutable, and named by the hash of
/// its canonical bytes, like a claim (`sync.md`, disputes; `domain.md` 3.5).
package struct DisputeStep: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// An outlet asks the owner's outlet for the customer.
        case requested
        /// An outlet whose claim did not win objects.
        case objected
        /// The counter-party agrees: the customer goes over.
        case consented
        /// The counter-party does not agree.
        case refused
        /// The applicant asks no longer.
        case withdrawn
        /// The applicant takes a refusal to the first-tier branch; or, written by the branch, nobody
        /// answered in time and it goes up by itself.
        case escalated
        /// The first-tier branch decides.
        case ruled

        /// Whether a dispute may begin with it; a ruling without a dispute stands on its own.
        package var begins: Bool { self == .requested || self == .objected || self == .ruled }
    }

    /// So many characters of an opinion, reason or new evidence at the most.
    package static let longestText = 1_000

    package let id: DisputeStepID
    /// The dispute's first step; nil where this is the first.
    package let begins: DisputeStepID?
    package let customer: CustomerNumber
    package let firstTier: UnitCode
    /// The outlet, or the first-tier branch, that wrote it.
    package let author: UnitCode
    package let kind: Kind
    /// Who asks for the customer or, of a ruling, who gets it; nil in every answer.
    package let outlet: UnitCode?
    package let manager: StaffID?
    /// The owner's outlet, which is to answer, and the owner's claim; nil but in a first step.
    package let counterParty: UnitCode?
    package let against: ClaimID?
    /// The late or lost claim behind a first step; the transfer or ruling that came of an answer.
    package let claim: ClaimID?
    /// The applicant's evidence, as a claim would carry it.
    package let evidence: Evidence?
    /// Why: in free words, so it is sealed wherever it is kept.
    package let opinion: String
    /// What is new since the last ruling, in free words.
    package let newEvidence: String?
    package let businessDate: BusinessDay
    /// A hybrid logical clock's stamp, for display and audit: no clock decides anything.
    package let stamp: String
    package let enteredBy: StaffID
    /// What was read, where it says more or otherwise than the fields above: see `Claim`.
    private var received: JSONValue?

    package init(
        id: DisputeStepID, begins: DisputeStepID?, customer: CustomerNumber, firstTier: UnitCode,
        author: UnitCode, kind: Kind, outlet: UnitCode? = nil, manager: StaffID? = nil,
        counterParty: UnitCode? = nil, against: ClaimID? = nil, claim: ClaimID? = nil,
        evidence: Evidence? = nil, opinion: String, newEvidence: String? = nil,
        businessDate: BusinessDay, stamp: String, enteredBy: StaffID
    ) {
        self.id = id
        self.begins = begins
        self.customer = customer
        self.firstTier = firstTier
        self.author = author
        self.kind = kind
        self.outlet = outlet
        self.manager = manager
        self.counterParty = counterParty
        self.against = against
        self.claim = claim
        self.evidence = evidence
        self.opinion = opinion
        self.newEvidence = newEvidence
        self.businessDate = businessDate
        self.stamp = stamp
        self.enteredBy = enteredBy
    }

    /// Whether it says that a dispute went up by itself.
    package var isByTime: Bool { kind == .escalated && author == firstTier }

    /// Whether no person wrote it: its author's node or the first-tier branch did, by a rule.
    package var isByRule: Bool { enteredBy.rawValue == author.rawValue }

    /// Whether an outlet's close asked, since CIF merged a number of its customer into one of
    /// another's.
    package var isOfMerge: Bool { kind == .requested && isByRule && author != firstTier }

    /// The dispute that it is a step of.
    package var dispute: DisputeStepID { begins ?? id }
}

/// A step's name: the hash of its canonical bytes in hexadecimal.
package typealias DisputeStepID = ID<DisputeStep>

extension DisputeStep {
    /// What is hashed, sent and kept: everything but the id, which is its hash.
    package var content: JSONValue { received ?? fields }

    private var fields: JSONValue {
        [
            "against": JSONValue(against), "author": JSONValue(author),
            "begins": JSONValue(begins), "businessDate": JSONValue(businessDate),
            "claim": JSONValue(claim), "counterParty": JSONValue(counterParty),
            "customer": JSONValue(customer), "enteredBy": JSONValue(enteredBy),
            "evidence": evidence?.json ?? .null, "firstTier": JSONValue(firstTier),
            "kind": .string(kind.rawValue), "manager": JSONValue(manager),
            "newEvidence": JSONValue(newEvidence), "opinion": .string(opinion),
            "outlet": JSONValue(outlet), "stamp": .string(stamp),
        ]
    }

    /// Whether it is of a kind that this version does not know.
    package static func isOfLaterVersion(_ content: JSONValue) -> Bool {
        content["kind"]?.string.map { Kind(rawValue: $0) == nil } ?? false
    }

    /// Nil where the content is not that of a step, lacks what its kind must say, or has an author
    /// who may not write the kind.
    package init?(id: DisputeStepID, content: JSONValue) {
        guard let customer = content["customer"]?.string,
            let firstTier = content["firstTier"]?.string,
            let author = content["author"]?.string,
            let kind = content["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let opinion = content["opinion"]?.string,
            let businessDate = content["businessDate"]?.day, let stamp = content["stamp"]?.string,
            let enteredBy = content["enteredBy"]?.string
        else { return nil }
        let evidence = content["evidence"].flatMap(Evidence.init(json:))
        guard evidence != nil || content["evidence"] == .null else { return nil }
        let named = ["begins", "outlet", "manager", "counterParty", "against", "claim"]
        let names =
            [customer, firstTier, author, stamp, enteredBy]
            + named.compactMap { content[$0]?.string }
        guard names.allSatisfy({ $0.utf8.count <= 80 }) else { return nil }
        self.init(
            id: id, begins: content["begins"]?.string.map { DisputeStepID($0) },
            customer: CustomerNumber(customer), firstTier: UnitCode(firstTier),
            author: UnitCode(author), kind: kind,
            outlet: content["outlet"]?.string.map { UnitCode($0) },
            manager: content["manager"]?.string.map { StaffID($0) },
            counterParty: content["counterParty"]?.string.map { UnitCode($0) },
            against: content["against"]?.string.map { ClaimID($0) },
            claim: content["claim"]?.string.map { ClaimID($0) }, evidence: evidence,
            opinion: opinion, newEvidence: content["newEvidence"]?.string,
            businessDate: businessDate, stamp: stamp, enteredBy: StaffID(enteredBy))
        guard isWellFormed else { return nil }
        guard content != fields else { return }
        guard content.isNested(atMost: JSONValue.deepestContent) else { return nil }
        received = content
    }

    private var isWellFormed: Bool {
        guard opinion.count <= Self.longestText, (newEvidence?.count ?? 0) <= Self.longestText,
            begins == nil ? kind.begins : kind != .requested && kind != .objected
        else { return false }
        switch kind {
        case .requested, .objected:
            guard let outlet, manager != nil, counterParty != nil, against != nil else {
                return false
            }
            // The first-tier branch asks for an outlet whose claim was late: the claim says why.
            return author == outlet && hasOpinion || author == firstTier && claim != nil
        case .ruled: return author == firstTier && outlet != nil && claim != nil && hasOpinion
        case .consented: return author != firstTier && claim != nil && hasOpinion
        case .refused: return author != firstTier && hasOpinion
        // That a time is over needs no reason.
        case .escalated: return author == firstTier || hasOpinion
        case .withdrawn: return author != firstTier
        }
    }

    private var hasOpinion: Bool { !opinion.allSatisfy(\.isWhitespace) }
}
