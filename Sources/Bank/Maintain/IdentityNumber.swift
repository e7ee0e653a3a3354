/// A resident's identity number (GB 11643-1999) and the fifteen digits that it had before.
///
/// Only the forms are known here: whether a number is anybody's, an exact look-up says.
package enum IdentityNumber {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432")

    /// As it is kept and looked up: without spaces and hyphens, `x` as `X`.
    package static func normal(_ text: String) -> String {
        String(text.filter { !$0.isWhitespace && $0 != "-" }).uppercased()
    }

    /// Whether it has the form of a resident's: eighteen characters with a right check, or fifteen
    /// digits of a historic one.
    package static func isResident(_ number: String) -> Bool {
        switch number.utf8.count {
        case 18: isDigits(number.prefix(17)) && number.last == check(of: number.prefix(17))
        case 15: isDigits(number[...]) && hasDate(number.dropFirst(6).prefix(6))
        default: false
        }
    }

    /// The number in every form in which the core system may have it: as it is and, for one born
    /// before 2000, with or without the century and the check.
    package static func forms(of number: String) -> [String] {
        guard isResident(number) else { return [number] }
        if number.utf8.count == 15 {
            let whole = number.prefix(6) + "19" + number.dropFirst(6)
            return [number, whole + String(check(of: whole))]
        }
        guard number.dropFirst(6).hasPrefix("19") else { return [number] }
        return [number, String(number.prefix(6) + number.dropFirst(8).prefix(9))]
    }

    /// The last four characters of every form, which people say of it.
    package static func lastFours(of number: String) -> [String] {
        let forms = forms(of: number).filter { $0.count >= 4 }.map { String($0.suffix(4)) }
        return forms.count == 2 && forms[0] == forms[1] ? [forms[0]] : forms
    }

    private static func check(of digits: some StringProtocol) -> Character {
        let sum = zip(digits.utf8, weights).reduce(0) { sum, pair in
            sum + (Int(pair.0) - Int(UInt8(ascii: "0"))) * pair.1
        }
        return checks[sum % checks.count]
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Of six digits, year, month and day.
    private static func hasDate(_ digits: Substring) -> Bool {
        BusinessDay("19\(digits.prefix(2))-\(digits.dropFirst(2).prefix(2))-\(digits.suffix(2))")
            != nil
    }
}
