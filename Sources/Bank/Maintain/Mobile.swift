/// A Chinese mobile number (`domain.md` 5.3).
package enum Mobile {
    /// Without spaces, hyphens and country code; nil for an empty number. What is no mobile number
    /// then stays as the core system wrote it: the extract's quality is not the node's to judge.
    package static func normal(_ text: String?) -> String? {
        guard let text else { return nil }
        var digits = text.filter { !$0.isWhitespace && $0 != "-" }
        if digits.hasPrefix("+86") { digits.removeFirst(3) }
        if digits.hasPrefix("86"), digits.count == 13 { digits.removeFirst(2) }
        return digits.isEmpty ? nil : digits
    }

    /// Whether it is one, in its normal form.
    package static func isWellFormed(_ digits: String) -> Bool {
        let digits = Array(digits.utf8)
        return digits.count == 11 && digits[0] == UInt8(ascii: "1")
            && (UInt8(ascii: "3")...UInt8(ascii: "9")).contains(digits[1])
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
