package import Bank

/// A word of the bank set off by colour: a pool, a tier, a state.
package struct Badge: Sendable {
    package let text: Text
    /// The class that `branchnode.css` colours.
    package let look: String

    /// `kind` and `word` make both the text's key and the class: `state.provisional`.
    package init(_ kind: String, _ word: String) {
        text = Text("\(kind).\(word)")
        look = "\(kind)-\(word)"
    }

    package init(_ pool: Pool) {
        self.init("pool", pool.rawValue)
    }

    /// A target without a tier has a badge too: not graded.
    package init(_ tier: Tier?) {
        self.init("tier", tier?.rawValue ?? "none")
    }

    package init(_ state: Ownership.State) {
        self.init("state", state.rawValue)
    }
}
