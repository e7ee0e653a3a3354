extension String {
    /// The text without what steers a terminal or breaks a line: control characters, and those that
    /// turn the direction of writing, stand as their numbers.
    package var printable: String {
        guard unicodeScalars.contains(where: \.steers) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            guard scalar.steers else { return text.unicodeScalars.append(scalar) }
            let number = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: max(0, 4 - number.count)) + number
        }
    }
}

extension Unicode.Scalar {
    fileprivate var steers: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
        }
    }
}
