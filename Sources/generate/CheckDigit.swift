/// The last digits of Chinese identity numbers and of card numbers.
package enum CheckDigit {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let identityDigits = Array("10X98765432")

    /// The 18th character of a resident identity number (GB 11643, ISO 7064 MOD 11-2).
    package static func identity(of digits: String) -> Character {
        precondition(digits.utf8.count == weights.count, "an identity number has 17 digits")
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + value($1.0) * $1.1 }
        return identityDigits[sum % identityDigits.count]
    }

    /// The digit that makes the whole a Luhn number (ISO/IEC 7812).
    package static func luhn(of digits: String) -> Character {
        var sum = 0
        for (place, digit) in digits.utf8.reversed().enumerated() {
            let doubled = value(digit) * (place.isMultiple(of: 2) ? 2 : 1)
            sum += doubled / 10 + doubled % 10
        }
        return Character(String((10 - sum % 10) % 10))
    }

    private static func value(_ digit: UInt8) -> Int { Int(digit) - Int(UInt8(ascii: "0")) }
}

/// A number with zeros before it.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
