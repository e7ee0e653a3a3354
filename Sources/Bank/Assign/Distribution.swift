/// Divides customers among managers by a rule, so that the books become even (`domain.md` item 13).
///
/// One customer after the other goes to the manager whose book is the lightest by then, the one of
/// before and what the division has given together. What makes a book light is the rule's first
/// measure, then the next where that leaves a tie, and last the staff number:
/// - `count`: customers, assets;
/// - `assets`: assets, customers;
/// - `tier`: customers of that tier, customers, assets. Each tier is so divided by itself.
///
/// The order of the customers is fixed as well: by tier from the highest down where the rule is
/// `tier`, then the one with the most assets first, then by number. So the same customers and books
/// give the same division, in whatever order they are named.
package struct Distribution: Sendable {
    package enum Rule: String, Sendable, CaseIterable { case count, assets, tier }

    /// A customer to be given to somebody.
    package struct Candidate: Hashable, Sendable {
        package let number: CustomerNumber
        package let tier: Tier?
        package let assets: HalfFen
        /// Who is suggested for them.
        package let suggested: StaffID?

        package init(
            number: CustomerNumber, tier: Tier?, assets: HalfFen, suggested: StaffID? = nil
        ) {
            self.number = number
            self.tier = tier
            self.assets = assets
            self.suggested = suggested
        }
    }

    /// Who gets whom; empty where there is no manager.
    package private(set) var shares: [CustomerNumber: StaffID] = [:]
    /// What each manager's book becomes.
    package private(set) var books: [StaffID: BookSize]
    private let managers: [StaffID]

    /// - Parameters:
    ///   - books: of those who may get somebody, as they are now.
    ///   - cap: suggestions are followed first, for as long as the book of who is suggested has
    ///     fewer customers; nil follows none. The rule itself knows no cap: it is for a warning.
    package init(
        of candidates: [Candidate], among books: [StaffID: BookSize], by rule: Rule,
        followingSuggestionsBelow cap: Int? = nil
    ) {
        self.books = books
        managers = books.keys.sorted()
        guard !managers.isEmpty else { return }
        let candidates = candidates.sorted { Self.isBefore($0, $1, by: rule) }
        if let cap {
            for candidate in candidates {
                guard let manager = candidate.suggested, let book = books[manager],
                    (self.books[manager] ?? book).customers < cap
                else { continue }
                give(candidate, to: manager)
            }
        }
        for candidate in candidates {
            guard let manager = lightest(for: candidate, by: rule) else { return }
            give(candidate, to: manager)
        }
    }

    /// A customer who stands twice is given once.
    private mutating func give(_ candidate: Candidate, to manager: StaffID) {
        guard shares[candidate.number] == nil else { return }
        shares[candidate.number] = manager
        books[manager, default: .empty].add(of: candidate.tier, holding: candidate.assets)
    }

    /// The managers stand in the order of their numbers, and the first of those who are level is
    /// the least.
    private func lightest(for candidate: Candidate, by rule: Rule) -> StaffID? {
        managers.map { ($0, books[$0, default: .empty]) }.min {
            let (left, right) = ($0.1, $1.1)
            return switch rule {
            case .count: left.isLighter(than: right)
            case .assets:
                (left.assets, left.customers) < (right.assets, right.customers)
            case .tier:
                left.count(of: candidate.tier) == right.count(of: candidate.tier)
                    ? left.isLighter(than: right)
                    : left.count(of: candidate.tier) < right.count(of: candidate.tier)
            }
        }?.0
    }

    private static func isBefore(_ left: Candidate, _ right: Candidate, by rule: Rule) -> Bool {
        if rule == .tier, left.tier != right.tier {
            guard let tier = left.tier else { return false }
            return right.tier.map { $0 < tier } ?? true
        }
        if left.assets != right.assets { return right.assets < left.assets }
        return left.number < right.number
    }
}

extension BookSize {
    /// Fewer customers, or as many with less.
    package func isLighter(than other: BookSize) -> Bool {
        (customers, assets) < (other.customers, other.assets)
    }
}
