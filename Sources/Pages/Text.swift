import Bank
package import Texts

/// A text from the table of texts with the values that it names, said once the language is known.
///
/// Page structs hold texts, not sentences, so that one value serves both languages.
package struct Text: Speakable {
    package let key: String
    package let values: [String: any Speakable]

    package init(_ key: String, _ values: [String: any Speakable] = [:]) {
        self.key = key
        self.values = values
    }

    package func said(in language: Language) -> String {
        Words.say(key, in: language, values.mapValues { $0.said(in: language) })
    }
}

/// Words that are data, not texts: a name, a note, a sentence that a rule's trace has already said.
extension String: Speakable {
    package func said(in language: Language) -> String { self }
}

extension Int: Speakable {
    /// With separators, as amounts have them.
    package func said(in language: Language) -> String {
        String(Fen(Int64(self) &* 100).grouped.dropLast(".00".count))
    }
}
