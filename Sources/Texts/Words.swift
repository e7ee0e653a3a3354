/// A language that the product speaks; Chinese is the first.
package enum Language: String, Sendable, CaseIterable {
    case chinese = "zh"
    case english = "en"
}

/// One text of the product in both languages. `{name}` stands for a value given when it is said.
package struct Phrase: Sendable {
    package let chinese: String
    package let english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}

/// Every text that a person reads, in one table: pages, commands, refusals, faults and traces.
///
/// A room adds its phrases in a file of its own and one line here. A key that is not in the table
/// is shown as it stands; `HouseTests` look for such keys.
package enum Words {
    package static let table: [String: Phrase] = rooms.reduce(into: [:]) { table, room in
        table.merge(room) { _, _ in
            preconditionFailure("a key stands in two rooms of the table of texts")
        }
    }

    package static func say(
        _ key: String, in language: Language, _ values: [String: String] = [:]
    ) -> String {
        guard let phrase = table[key] else { return key }
        let text =
            language == .chinese ? phrase.chinese : counted(phrase.english, values)
        return values.reduce(text) { text, value in
            text.split(separator: "{\(value.key)}", omittingEmptySubsequences: false)
                .joined(separator: value.value)
        }
    }

    /// `[count|row|rows]` in an English text is the word that goes with the value `count`.
    private static func counted(_ text: String, _ values: [String: String]) -> String {
        var pieces = text.split(separator: "[", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return text }
        var said = String(pieces.removeFirst())
        for piece in pieces {
            let halves = piece.split(
                separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            let forms = halves[0].split(separator: "|")
            guard halves.count == 2, forms.count == 3 else {
                said += "[\(piece)"
                continue
            }
            said += "\(values[String(forms[0])] == "1" ? forms[1] : forms[2])\(halves[1])"
        }
        return said
    }

    /// The phrases that a reminder's facts name by code; its other facts are said as they stand.
    package static let codedFacts = ["rule", "inadmissible", "claim", "answer"]

    private static let rooms: [[String: Phrase]] = [
        pages, terms, identify, targets, parameters, remind, maintain, assign, dispute, trace,
        sync, line, refusals, commands, usage, backups, tierClose, bookMoves, periods,
    ]
}
