/// The order of a table: by one column, and by customer number where that leaves a tie.
package struct Sort<Name>: Sendable, Equatable
where Name: RawRepresentable & Sendable & Equatable, Name.RawValue == String {
    package let column: Name
    package let descending: Bool

    package init(_ column: Name, descending: Bool = false) {
        self.column = column
        self.descending = descending
    }

    /// As a query says it: `assets`, or `-assets` for the largest first. Nil for no such column.
    package init?(_ text: String) {
        let descending = text.hasPrefix("-")
        guard let column = Name(rawValue: String(text.dropFirst(descending ? 1 : 0)))
        else { return nil }
        self.init(column, descending: descending)
    }

    package var text: String { "\(descending ? "-" : "")\(column.rawValue)" }
}

/// The head of one column of a table; one that can be sorted by is a link.
package struct Column: Sendable {
    package let title: Text
    package let link: String?
    /// `ascending`, `descending` or `none`, as `aria-sort` has it; nil where nothing sorts.
    package let order: String?
    package let arrow: String
    package let isNumber: Bool

    package init(_ title: Text, isNumber: Bool = false) {
        self.title = title
        self.isNumber = isNumber
        (link, order, arrow) = (nil, nil, "")
    }

    /// A number sorts largest first at the first click, a word smallest first.
    package init<Name>(
        _ title: Text, _ name: Name, isNumber: Bool = false, sort: Sort<Name>, at page: PageLink
    ) {
        self.title = title
        self.isNumber = isNumber
        let isSorted = sort.column == name
        let next = Sort(name, descending: isSorted ? !sort.descending : isNumber)
        link = page.with("sort", next.text).with("page", nil).text
        order = isSorted ? (sort.descending ? "descending" : "ascending") : "none"
        arrow = isSorted ? (sort.descending ? "▼" : "▲") : ""
    }
}
