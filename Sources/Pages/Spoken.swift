import Mustache
import Texts

/// A page's value as a template sees it: fields by name, in one language.
///
/// Fields are stored properties, found by reflection. A field that is there but nil ends the
/// look-up, so that a row without an owner never shows the page's owner. A name that no value
/// on the way has is reported to `gaps`.
struct Spoken: MustacheParent, MustacheCustomRenderable {
    let value: Any
    let language: Language
    let gaps: Gaps?
    /// The outermost value, where a look-up that found nothing ends.
    let isRoot: Bool

    init(_ value: Any, in language: Language, gaps: Gaps? = nil, isRoot: Bool = false) {
        self.value = value
        self.language = language
        self.gaps = gaps
        self.isRoot = isRoot
    }

    func child(named name: String) -> Any? {
        if isRoot, name == "t" { return SpokenText(key: "", language: language, gaps: gaps) }
        for field in Mirror(reflecting: value).children where field.label == name {
            return spoken(field.value)
        }
        if isRoot { gaps?.add("field \(name)") }
        return nil
    }

    /// A value with fields of its own has no text.
    var renderText: String {
        gaps?.add("text of \(type(of: value))")
        return ""
    }

    var isNull: Bool { false }

    private func spoken(_ value: Any) -> Any {
        switch value {
        case let text as Text:
            if Words.table[text.key] == nil { gaps?.add("key \(text.key)") }
            return text.said(in: language).unclustered
        case let speakable as any Speakable: return speakable.said(in: language).unclustered
        case let flag as Bool: return flag
        case let list as [Any]: return list.map(spoken)
        default: break
        }
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else {
            return Spoken(value, in: language, gaps: gaps)
        }
        return mirror.children.first.map { spoken($0.value) } ?? Nothing()
    }
}

/// A field that is there and empty.
private struct Nothing: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}

/// `{{t.pending.title}}`: the way to a text by its key.
private struct SpokenText: MustacheParent, MustacheCustomRenderable {
    let key: String
    let language: Language
    let gaps: Gaps?

    func child(named name: String) -> Any? {
        SpokenText(key: key.isEmpty ? name : "\(key).\(name)", language: language, gaps: gaps)
    }

    var renderText: String {
        if Words.table[key] == nil { gaps?.add("key \(key)") }
        return Words.say(key, in: language)
    }

    var isNull: Bool { false }
}

/// What a template asked for and nobody had; a reference, because look-ups happen deep inside
/// the rendering of one page. Only tests read it.
final class Gaps {
    private(set) var found: Set<String> = []

    func add(_ gap: String) { found.insert(gap) }
}

extension String {
    /// The text with every HTML character a character of its own.
    ///
    /// swift-mustache 2.1.1 escapes by grapheme cluster, so a quotation mark that carries a
    /// combining mark is not seen and would close an attribute. Such a cluster gets the
    /// full-width form of the sign instead.
    var unclustered: String {
        let isPlain = allSatisfy { character in
            character.unicodeScalars.count == 1
                || !character.unicodeScalars.contains { Self.fullWidth[$0] != nil }
        }
        guard !isPlain else { return self }
        return reduce(into: "") { text, character in
            guard character.unicodeScalars.count > 1 else { return text.append(character) }
            for scalar in character.unicodeScalars {
                text.unicodeScalars.append(Self.fullWidth[scalar] ?? scalar)
            }
        }
    }

    private static let fullWidth: [Unicode.Scalar: Unicode.Scalar] = [
        "<": "＜", ">": "＞", "&": "＆", "\"": "＂", "'": "＇",
    ]
}
