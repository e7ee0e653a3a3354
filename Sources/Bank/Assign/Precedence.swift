/// One claim's place by one rule of the order: the larger one wins.
enum Precedence: Hashable, Sendable, Comparable {
    case truth(Bool)
    case number(Int64)
    /// Of two dates the earlier one wins.
    case earlier(BusinessDay)
    /// Of two texts the lower one wins, by its bytes.
    case lower(String)

    /// As a decision says it.
    var shown: String {
        switch self {
        case .truth(let truth): truth ? "yes" : "no"
        case .number(let number): String(number)
        case .earlier(let day): day.description
        case .lower(let text): text
        }
    }

    static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.truth(let left), .truth(let right)): !left && right
        case (.number(let left), .number(let right)): left < right
        case (.earlier(let left), .earlier(let right)): right < left
        case (.lower(let left), .lower(let right)):
            right.utf8.lexicographicallyPrecedes(left.utf8)
        default: preconditionFailure("one rule compares values of one kind")
        }
    }
}
