import Bank
package import Pages

extension Parameter {
    /// A value of it as people read it; as it stands where it is none.
    package func shown(_ value: String) -> any Speakable {
        switch unit {
        case .yuan: Fen(value).map { Text("value.yuan", ["amount": $0]) } ?? value
        case .months: Int(value).map { Text("value.months", ["count": $0]) } ?? value
        case .days: Int(value).map { Text("value.days", ["count": $0]) } ?? value
        case .count: Int(value).map { Text("value.customers", ["count": $0]) } ?? value
        case .halves:
            Int64(value).map { Text("value.weight", ["weight": Self.factor($0)]) } ?? value
        case .flag: Text(value == "true" ? "value.yes" : "value.no")
        case .choice:
            value.hasPrefix("carry_until_month ")
                ? Text(
                    "choice.carry_until_month",
                    ["month": String(value.dropFirst("carry_until_month ".count))])
                : Text("choice.\(value)")
        }
    }

    /// The values to choose from; nil where one types a number.
    package var choices: [String]? {
        switch unit {
        case .flag: ["true", "false"]
        case .choice(let words): words
        case .yuan, .months, .days, .count, .halves: nil
        }
    }

    /// What a number must lie between, the unit included; nil where one chooses.
    package var bounds: Text? {
        guard choices == nil else { return nil }
        return Text(
            "parameters.bounds",
            [
                "least": shown(String(range.lowerBound)), "most": shown(String(range.upperBound)),
            ])
    }

    package var meaningText: Text { Text("parameter-meaning.\(name)") }

    /// Half-units as a factor: 0.5, 1, 1.5.
    private static func factor(_ halves: Int64) -> String {
        halves % 2 == 0 ? String(halves / 2) : "\(halves / 2).5"
    }
}
