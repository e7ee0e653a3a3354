import Vault

/// NB: here and not beside `RowQuery`: a generic function is compiled for each type only within its
/// module, and otherwise looks its type up at each cell.
extension RowQuery {
    /// One of a few words.
    func word<Word: RawRepresentable<String>>(_ column: Int32) throws(StoreError) -> Word {
        guard let word = Word(rawValue: try text(column)) else { throw damaged(column) }
        return word
    }

    func optionalWord<Word: RawRepresentable<String>>(
        _ column: Int32
    ) throws(StoreError) -> Word? {
        guard let text = try optionalText(column) else { return nil }
        guard let word = Word(rawValue: text) else { throw damaged(column) }
        return word
    }
}
