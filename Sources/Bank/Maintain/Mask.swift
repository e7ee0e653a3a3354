/// How direct identifiers are shown by default (`domain.md` 5.7): enough to recognise, not to use.
package enum Mask {
    /// Surname and a star for each further character: `王**`.
    package static func name(_ name: String) -> String {
        guard let first = name.first else { return "" }
        return String(first) + String(repeating: "*", count: max(1, name.count - 1))
    }

    /// First three and last four characters of an identity number.
    package static func idNumber(_ number: String) -> String { ends(number, 3, 4) }

    /// `138****5678`.
    package static func mobile(_ number: String) -> String { ends(number, 3, 4) }

    /// First six and last four digits of a card or account number.
    package static func card(_ number: String) -> String { ends(number, 6, 4) }

    /// First two and last four digits of a customer number, for whom it is not theirs to see.
    package static func customerNumber(_ number: CustomerNumber) -> String {
        ends(number.rawValue, 2, 4)
    }

    /// The first six characters of an address: the city, not the door.
    package static func address(_ address: String) -> String {
        address.count <= 6 ? "***" : address.prefix(6) + "***"
    }

    private static func ends(_ text: String, _ head: Int, _ tail: Int) -> String {
        guard text.count > head + tail else { return String(repeating: "*", count: text.count) }
        let stars = String(repeating: "*", count: min(8, text.count - head - tail))
        return text.prefix(head) + stars + text.suffix(tail)
    }
}
