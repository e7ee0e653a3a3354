package import Bank
package import GRDB
import Sealing

/// What is written down of a look, an export or a change.
package struct AuditEntry: Sendable {
    /// Milliseconds since 1970-01-01 UTC.
    package let at: Int64
    /// A staff number, or `os:NAME` for the operating system's user.
    package let actor: String
    package let action: Action
    /// A customer number or unit; never an identity.
    package let subject: String?
    package let detail: JSONValue

    package init(
        at: Int64, actor: String, action: Action, subject: String?, detail: JSONValue = [:]
    ) {
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
    }

    package enum Action: String, Sendable, CaseIterable {
        case initialised, imported, closed, reopened, assigned, contacted, reminded
        case lookedAtCustomer = "looked-at-customer"
        case lookedUpOwner = "looked-up-owner"
        case lookedAtOwnership = "looked-at-ownership"
        case listed, unmasked, refused
        case plannedAssignment = "planned-assignment"
        case passwordSet = "password-set"
        case loggedIn = "logged-in"
        case logInFailed = "log-in-failed"
        case loggedOut = "logged-out"
        case organisationLoaded = "organisation-loaded"
        case invited, enrolled, revoked, settled, viewed
        case certificateRenewed = "certificate-renewed"
        case certificateAdopted = "certificate-adopted"
        case epochBegun = "epoch-begun"
        case setApart = "set-apart"
        case retried, discarded, readmitted
        case released, adjudicated
        case handedOver = "handed-over"
        case tookDisputeStep = "took-dispute-step"
        case triedOrder = "tried-order"
        case exported, verified, restored
        case backedUp = "backed-up"
        case editedProfile = "edited-profile"
        case targetAdded = "target-added"
        case additionCancelled = "addition-cancelled"
        case targetRenewed = "target-renewed"
        case parameterProposed = "parameter-proposed"
        case parameterApproved = "parameter-approved"
        case parameterRefused = "parameter-refused"
        case differencesSeen = "differences-seen"
        case bookMoved = "book-moved"
        case delegated

        /// Whether what it tells of waits until there is room for the entry, and for more: only that
        /// people look, log in and are refused is written down on borrowed room (`reliability.md`,
        /// R4). What leaves the program is no mere look.
        package var waitsForRoom: Bool {
            switch self {
            case .lookedAtCustomer, .lookedUpOwner, .lookedAtOwnership, .listed, .viewed,
                .plannedAssignment, .triedOrder, .verified, .refused, .loggedIn, .logInFailed,
                .loggedOut:
                false
            default: true
            }
        }

        /// Whether somebody only saw what is there, so that its entry may be written down together
        /// with others.
        package var isLook: Bool {
            switch self {
            case .lookedAtCustomer, .lookedUpOwner, .lookedAtOwnership, .listed, .viewed: true
            default: false
            }
        }
    }
}

extension Database {
    /// Appends an entry, sealed to the one before it; part of the transaction that it tells of.
    package func audit(_ entry: AuditEntry) throws {
        let last = try Row.fetchOne(
            self, prepared: "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
        let id = try (last?.value("id") as Int64? ?? 0) + 1
        let detail = entry.detail.description
        let content: JSONValue = [
            "action": .string(entry.action.rawValue), "actor": .string(entry.actor),
            "at": .int(entry.at), "detail": .string(detail), "id": .int(id),
            "subject": JSONValue(entry.subject),
        ]
        let previous = try (last?.value("hash") as Blob?)?.bytes ?? []
        let hash = Digest.sha256(previous + content.canonicalBytes)
        try execute(
            prepared: """
                INSERT INTO audit (id, at, actor, action, subject, detail, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id, entry.at, entry.actor, entry.action.rawValue, entry.subject, detail,
                Blob(hash.bytes),
            ])
    }
}
