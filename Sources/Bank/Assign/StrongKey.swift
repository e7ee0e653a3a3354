/// What a customer can be looked up by: an exact match that points to one person, or to the few who
/// share it; never a name alone (`domain.md`, item 28).
package enum StrongKey: Hashable, Sendable {
    case customer(CustomerNumber)
    /// The number of an identity document, in its normal form.
    case identity(String)
    case account(String)
    case card(String)
    case mobile(String)
    case name(String, lastFour: String)

    package enum Kind: String, Sendable, CaseIterable {
        case customer
        case identity = "id"
        case account, card, mobile, name
    }

    package var kind: Kind {
        switch self {
        case .customer: .customer
        case .identity: .identity
        case .account: .account
        case .card: .card
        case .mobile: .mobile
        case .name: .name
        }
    }

    /// A name with the last four characters of the identity number; nil where either is not that.
    package init?(name: String, lastFour: String) {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let lastFour = IdentityNumber.normal(lastFour)
        guard name.contains(where: \.isLetter), name.utf8.count <= Self.longest,
            lastFour.utf8.count == 4, lastFour.utf8.allSatisfy(Self.isAlphanumeric)
        else { return nil }
        self = .name(name, lastFour: lastFour)
    }

    /// Longer than any number that a bank gives, and than any name.
    private static let longest = 160
    private static let longestNumber = 64

    /// What a text that somebody typed may be, by its form: of a kind, or of every kind it fits, a
    /// customer number first. Empty where it is no strong key.
    package static func reading(_ text: String, as kind: Kind? = nil) -> [StrongKey] {
        Kind.allCases.filter { kind == nil || kind == $0 }.compactMap { self.init(text, as: $0) }
    }

    /// Whether a text can be nothing but a key of a person, so that it is no customer number that
    /// nobody knows: it stays out of what is printed and written down.
    package static func isPersonal(_ text: String) -> Bool {
        Mobile.normal(text).map(Mobile.isWellFormed) == true
            || IdentityNumber.isResident(IdentityNumber.normal(text))
    }

    /// Whether a text looks like nothing but a customer number or what is no secret: no mobile, and
    /// by its form no card, account or identity number, whole or mistyped. What is shorter than
    /// fifteen digits may be a mistyped mobile all the same.
    package static func isOrdinaryNumber(_ text: String) -> Bool {
        let plain = text.utf8.filter { isAlphanumeric($0) }
        return !isPersonal(text) && plain.count < 15 && plain.allSatisfy(isDigit)
    }

    private init?(_ text: String, as kind: Kind) {
        let parts = text.split(whereSeparator: \.isWhitespace)
        if kind == .name {
            guard parts.count > 1, let last = parts.last else { return nil }
            self.init(name: parts.dropLast().joined(separator: " "), lastFour: String(last))
            return
        }
        // A number may be typed in groups; words are a name's.
        guard parts.count < 2 || !text.contains(where: { $0.isLetter && $0 != "X" && $0 != "x" })
        else { return nil }
        let plain = IdentityNumber.normal(text)
        switch kind {
        case .customer:
            // As a command takes one: compared as it was typed.
            let number = text.filter { !$0.isWhitespace }
            guard Self.isNumber(number, from: 1) else { return nil }
            self = .customer(CustomerNumber(number))
        case .identity:
            guard Self.isNumber(plain, from: 5) else { return nil }
            self = .identity(plain)
        case .account:
            let number = text.filter { !$0.isWhitespace }
            guard Self.isNumber(number, from: 4) else { return nil }
            self = .account(number)
        case .card:
            guard (12...19).contains(plain.utf8.count), plain.utf8.allSatisfy(Self.isDigit)
            else { return nil }
            self = .card(plain)
        case .mobile:
            guard let number = Mobile.normal(text), Mobile.isWellFormed(number) else { return nil }
            self = .mobile(number)
        case .name: return nil
        }
    }

    /// Letters, digits and hyphens, at least one of them a digit: a name is none.
    private static func isNumber(_ text: String, from shortest: Int) -> Bool {
        (shortest...longestNumber).contains(text.utf8.count) && text.utf8.contains(where: isDigit)
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}

extension StrongKey {
    /// What is indexed of it: the kind of index and each text that it may stand under.
    package var indexed: (kind: String, texts: [String]) {
        switch self {
        case .customer(let number): ("customer", [number.rawValue])
        case .identity(let number): ("idNumber", IdentityNumber.forms(of: number))
        case .account(let number): ("account", [number])
        case .card(let number): ("card", [number])
        case .mobile(let number): ("mobile", [number])
        case .name(let name, let lastFour): ("nameAndLastFour", ["\(lastFour) \(name)"])
        }
    }
}
