/// The two largest balances of a customer's accounts that can make them potential (R1), in fen: with
/// the second one known, most days say which is the largest now without a look at the accounts whose
/// balances stayed.
package struct LargestAccounts: Hashable, Sendable {
    package private(set) var first: Fen
    /// Nil where it is not known; it is never above the first.
    package private(set) var second: Fen?

    /// Of nobody's accounts.
    package static let none = LargestAccounts(first: .zero, second: .zero)

    package init(first: Fen, second: Fen?) {
        self.first = first
        self.second = second
    }

    /// One more account, of accounts that are all known.
    package mutating func add(_ balance: Fen) {
        if balance > first {
            (first, second) = (balance, first)
        } else {
            second = max(balance, second ?? .zero)
        }
    }

    /// What they are after some accounts' balances changed; nil where an account that did not change
    /// may be the largest, and nobody knows by which balance.
    ///
    /// - Parameters:
    ///   - before: of the changed accounts, as they were.
    ///   - now: of the same accounts, as they are.
    package func changing(
        from before: LargestAccounts, to now: LargestAccounts
    ) -> LargestAccounts? {
        // The two largest of the accounts that stayed as far as they are known, and what none of the
        // others exceeds.
        let isFirstLeft = before.first < first
        let leftSecond = second.flatMap { second in
            (isFirstLeft ? before.first : before.second ?? first) < second ? second : nil
        }
        let bound = second ?? first
        var known = now
        if isFirstLeft { known.add(first) }
        if let leftSecond { known.add(leftSecond) }
        guard isFirstLeft || leftSecond != nil || known.first >= bound else { return nil }
        let isWhole = isFirstLeft && leftSecond != nil
        if !isWhole, (known.second ?? .zero) < bound { known.second = nil }
        return known
    }
}
