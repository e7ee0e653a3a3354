/// What one page shows: plain values that a template of `Sources/Pages/templates` renders.
package protocol Page: Sendable {
    /// The template's name below `templates`, without its ending: `maintain/customers`.
    static var template: String { get }
    var title: Text { get }
    /// Where a change of language leads to, where that is not the page's own address.
    var address: String? { get }
}

extension Page {
    package var address: String? { nil }
}
