/// The rules say no: a reason with the facts that its sentence names.
///
/// The sentence, in the user's language, is the phrase `refusal.<code>` of the table of texts; it
/// says what was refused and what to do. Facts are codes, numbers and dates, never a customer's
/// identity.
package struct Refusal: Error, Hashable, Sendable, Codable {
    package enum Reason: String, Sendable, CaseIterable, Codable {
        case unknownCustomer = "unknown-customer"
        case unknownStaff = "unknown-staff"
        case unknownUnit = "unknown-unit"
        case notAStrongKey = "not-a-strong-key"
        case notAnOutlet = "not-an-outlet"
        case notFenced = "not-fenced"
        case inactiveStaff = "inactive-staff"
        case notAllowed = "not-allowed"
        case notAManager = "not-a-manager"
        case managerElsewhere = "manager-elsewhere"
        case notTarget = "not-target"
        case alreadyOwned = "already-owned"
        case ownedHere = "owned-here"
        case claimedElsewhere = "claimed-elsewhere"
        case noAccountHere = "no-account-here"
        case nothingClosed = "nothing-closed"
        case dateNotAfterClosed = "date-not-after-closed"
        case dateBeyondExtracts = "date-beyond-extracts"
        case emptyText = "empty-text"
        case textTooLong = "text-too-long"
        case weakPassword = "weak-password"
        case followUpPast = "follow-up-past"
        case unknownReminder = "unknown-reminder"
        case noNode = "no-node"
        case noHeadOffice = "no-head-office"
        case unknownFirstTier = "unknown-first-tier"
        case tokenUnknown = "token-unknown"
        case tokenUsed = "token-used"
        case tokenExpired = "token-expired"
        case tokenForAnotherOutlet = "token-for-another-outlet"
        case invalidExtract = "invalid-extract"
        case invalidOrganisation = "invalid-organisation"
        case unknownView = "unknown-view"
        case reasonMissing = "reason-missing"
        case unknownField = "unknown-field"
        case unknownQuarantine = "unknown-quarantine"
        case officeRecovering = "office-recovering"
        case notOwnedHere = "not-owned-here"
        case nobodyOwns = "nobody-owns"
        case requestOpen = "request-open"
        case noRequest = "no-request"
        case severalRequests = "several-requests"
        case nothingToObjectTo = "nothing-to-object-to"
        case ruledRecently = "ruled-recently"
        case applicantIsApprover = "applicant-is-approver"
        case outletClosed = "outlet-closed"
        case outletElsewhere = "outlet-elsewhere"
        case noAccountThere = "no-account-there"
        case unknownOrder = "unknown-order"
        case invalidMobile = "invalid-mobile"
        case marketingRefused = "marketing-refused"
        case marketingContested = "marketing-contested"
        case fieldByItself = "field-by-itself"
        case noDemandAccount = "no-demand-account"
        case alreadyTarget = "already-target"
        case additionPending = "addition-pending"
        case noAddition = "no-addition"
        case notByHand = "not-by-hand"
        case unknownParameter = "unknown-parameter"
        case parameterOutOfRange = "parameter-out-of-range"
        case parameterOverlaps = "parameter-overlaps"
        case effectiveInClosedPeriod = "effective-in-closed-period"
        case tiersOutOfOrder = "tiers-out-of-order"
        case approverIsProposer = "approver-is-proposer"
        case unknownProposal = "unknown-proposal"
        case proposalDecided = "proposal-decided"
        case receiversDoNotFit = "receivers-do-not-fit"
        case receiverIsGiver = "receiver-is-giver"
        case nobodyChosen = "nobody-chosen"
        case bookEmpty = "book-empty"
        case bookNotEmpty = "book-not-empty"
        case bookUnsettled = "book-unsettled"
        case notTheirCustomer = "not-their-customer"
        case effectiveDatePast = "effective-date-past"
        case unknownMove = "unknown-move"
        case moveEnded = "move-ended"
        case moveBegun = "move-begun"
        case delegationOverlaps = "delegation-overlaps"
        case delegationPast = "delegation-past"
        case delegationDates = "delegation-dates"
        case deputyIsManager = "deputy-is-manager"
        case unknownDelegation = "unknown-delegation"
    }

    package let reason: Reason
    package let facts: [String: String]

    package init(_ reason: Reason, _ facts: [String: String] = [:]) {
        self.reason = reason
        self.facts = facts
    }

    /// The key of the refusal's sentence in the table of texts.
    package var key: String { "refusal.\(reason.rawValue)" }
}
