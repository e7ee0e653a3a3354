/// A statement of `sync.md` that did not hold: what a run ends with.
struct Violation: Error, Hashable {
    /// 1 to 18, the statements; 0, what must hold of ownership.
    let statement: Int
    let text: String

    init(_ statement: Int, _ text: String) {
        self.statement = statement
        self.text = text
    }
}
