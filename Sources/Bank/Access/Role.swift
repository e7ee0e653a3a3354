/// What a member of staff may be at the bank (`domain.md` 3.2); one person may hold several.
package enum Role: String, Codable, Hashable, Sendable, CaseIterable {
    case teller
    case manager
    case outletSupervisor = "outlet-supervisor"
    case supervisor
    case firstTierSupervisor = "first-tier-supervisor"
    case analyst
    case administrator
    case auditor
}
