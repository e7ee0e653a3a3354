extension Words {
    /// The frame of every page: navigation, log-in, line state, as-of.
    static let pages: [String: Phrase] = [
        "page.product": Phrase("网点节点", "BranchNode")
    ]
}
