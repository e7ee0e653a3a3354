package import Bank
package import Texts

/// What stands around every page: who, where to, as of when.
package struct Frame: Sendable {
    package let product: Text
    package let lang: String
    package let title: Text
    package let person: Person?
    package let groups: [Group]
    package let freshness: Freshness?
    package let csrf: String?
    package let flash: Text?
    /// The address that a change of language comes back to.
    package let path: String
    /// Whether the look-up stands in the head of the page.
    package let hasLookUp: Bool
    package let languages: [LanguageChoice]

    /// The member of staff who is signed in.
    package struct Person: Sendable {
        package let name: String
        package let unitName: String
        package let roles: [Role]
    }

    /// The entries of one of the bank's processes, as the navigation shows them.
    package struct Group: Sendable {
        package let title: Text
        package let links: [Link]
    }

    package struct Link: Sendable {
        package let title: Text
        package let path: String
        /// The letter that leads here after `g`.
        package let key: String
        package let isHere: Bool
    }

    package struct LanguageChoice: Sendable {
        package let code: String
        package let name: String
        package let lang: String
        package let isChosen: Bool
    }

    package init(
        product: Text, title: Text, language: Language, path: String, session: Session? = nil,
        entries: [Entry] = [], freshness: Freshness? = nil, flash: Text? = nil
    ) {
        self.product = product
        self.title = title
        self.path = path
        self.freshness = freshness
        self.flash = flash
        lang = language.tag
        csrf = session?.csrf
        person = session.map { Person(name: $0.name, unitName: $0.unitName, roles: $0.roles) }
        languages = Language.allCases.map {
            LanguageChoice(
                code: $0.rawValue, name: $0.ownName, lang: $0.tag, isChosen: $0 == language)
        }
        let open = session.map { session in entries.filter { $0.isOpen(to: session) } } ?? []
        hasLookUp = open.contains { $0.path == "/owner" }
        let here = open.map(\.path).filter { Self.covers($0, path) }.max { $0.count < $1.count }
        groups = open.reduce(into: []) { groups, entry in
            let link = Link(
                title: entry.title, path: entry.path, key: String(entry.key),
                isHere: entry.path == here)
            if let last = groups.last, last.title.key == entry.group.key {
                groups[groups.count - 1] = Group(title: last.title, links: last.links + [link])
            } else {
                groups.append(Group(title: entry.group, links: [link]))
            }
        }
    }

    private static func covers(_ entry: String, _ path: String) -> Bool {
        let plain = path.prefix { $0 != "?" }
        return plain == entry || (entry != "/" && plain.hasPrefix("\(entry)/"))
    }
}

/// One line of the navigation and what one must be allowed to do to see it.
package struct Entry: Sendable {
    package let group: Text
    package let title: Text
    package let path: String
    package let key: Character
    /// Nil where everyone who is signed in may go.
    package let function: Function?

    package init(
        _ group: Text, _ title: Text, _ path: String, key: Character, for function: Function?
    ) {
        self.group = group
        self.title = title
        self.path = path
        self.key = key
        self.function = function
    }

    fileprivate func isOpen(to session: Session) -> Bool {
        function.map { session.reach(for: $0) > .none } ?? true
    }
}

/// As of when a page's figures hold; being offline is an ordinary state.
package struct Freshness: Sendable {
    package let businessDate: BusinessDay?
    package let syncedAt: Moment?
    package let line: Badge?
    /// When the page was read, where each of its figures carries a date of its own.
    package let readAt: Moment?

    /// Of a page at head office, which is always as new as its outlets' last words.
    package init(readAt: Moment) {
        self.readAt = readAt
        businessDate = nil
        syncedAt = nil
        line = nil
    }

    /// `isOnline` is nil where there is no line to speak of, as at head office.
    package init(businessDate: BusinessDay?, syncedAt: Moment?, isOnline: Bool?) {
        self.businessDate = businessDate
        self.syncedAt = syncedAt
        readAt = nil
        line = isOnline.map { Badge("line", $0 ? "online" : "offline") }
    }
}

extension Language {
    /// The tag of the page's `lang` attribute.
    var tag: String { self == .chinese ? "zh-CN" : "en" }

    var ownName: String { self == .chinese ? "中文" : "English" }
}
