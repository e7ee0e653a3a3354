package import Bank
package import Texts

/// A value that a template may show: it says itself in the page's language.
package protocol Speakable: Sendable {
    func said(in language: Language) -> String
}

extension Fen: Speakable {
    package func said(in language: Language) -> String { grouped }
}

extension HalfFen: Speakable {
    package func said(in language: Language) -> String { rounded.grouped }
}

extension BusinessDay: Speakable {
    package func said(in language: Language) -> String { description }
}

extension ID: Speakable {
    package func said(in language: Language) -> String { rawValue }
}

extension Pool: Speakable {
    package func said(in language: Language) -> String {
        Words.say("pool.\(rawValue)", in: language)
    }
}

extension Tier: Speakable {
    package func said(in language: Language) -> String {
        Words.say("tier.\(rawValue)", in: language)
    }
}

extension Category: Speakable {
    package func said(in language: Language) -> String {
        Words.say("category.\(rawValue)", in: language)
    }
}

extension Role: Speakable {
    package func said(in language: Language) -> String {
        Words.say("role.\(rawValue)", in: language)
    }
}
