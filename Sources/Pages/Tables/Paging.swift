/// Which part of a long table a page shows, and the way to its neighbours.
package struct Paging: Sendable {
    /// A table's page fits a few screens and renders well within its time.
    package static let size = 50

    package let summary: Text
    package let previous: String?
    package let next: String?
    package let isNeeded: Bool

    /// `number` counts from 1.
    package init(number: Int, total: Int, at page: PageLink) {
        let last = Self.last(of: total)
        let number = min(max(1, number), last)
        let first = (number - 1) * Self.size
        summary = Text(
            "table.range",
            [
                "first": min(first + 1, total), "last": min(first + Self.size, total),
                "total": total,
            ])
        previous = number > 1 ? page.with("page", String(number - 1)).text : nil
        next = number < last ? page.with("page", String(number + 1)).text : nil
        isNeeded = last > 1
    }

    /// The rows of one page; of the last one where there are not so many.
    package static func rows<Row>(of all: [Row], on number: Int) -> ArraySlice<Row> {
        let range = range(of: all.count, on: number)
        return all.dropFirst(range.lowerBound).prefix(range.count)
    }

    /// The places of a page's rows among all, from 0; of the last page where there are not so many.
    package static func range(of total: Int, on number: Int) -> Range<Int> {
        let first = (min(max(1, number), last(of: total)) - 1) * size
        return first..<min(first + size, total)
    }

    private static func last(of total: Int) -> Int { max(1, (total + size - 1) / size) }
}
