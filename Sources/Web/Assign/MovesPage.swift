package import Bank
package import Pages

/// The books of the outlet's managers, and every move of one.
package struct MovesPage: Page {
    package static let template = "assign/moves"

    package let title = Text("moves.title")
    package let books: [Book]
    package let hasBooks: Bool
    package let moves: [Move]
    package let hasMoves: Bool

    package init(books: [Book], moves: [Move]) {
        self.books = books
        hasBooks = !books.isEmpty
        self.moves = moves
        hasMoves = !moves.isEmpty
    }

    /// Whoever looks after customers here.
    package struct Book: Sendable {
        package let staff: StaffID
        package let name: String
        package let customers: Int
        package let office: Badge
        /// Whether they may leave, or what keeps them.
        package let leaving: Text
        /// Where the book is moved; nil where it is empty.
        package let link: String?

        package init(
            staff: StaffID, name: String, customers: Int, isInOffice: Bool, settled: Int
        ) {
            self.staff = staff
            self.name = name
            self.customers = customers
            office = Badge("office", isInOffice ? "in" : "out")
            leaving =
                customers > 0
                ? Text(isInOffice ? "moves.keeps" : "moves.nobody")
                : settled > 0
                    ? Text("moves.unsettled", ["count": settled]) : Text("moves.may-leave")
            link = customers > 0 ? PageLink("/moves/new", ["manager": staff.rawValue]).text : nil
        }
    }

    package struct Move: Sendable {
        package let number: String
        package let kind: Text
        package let from: String
        package let to: [Text]
        package let customers: Int
        package let effectiveOn: BusinessDay
        package let state: Badge
        /// What could not be moved, if anything.
        package let refused: Text?
        package let link: String

        package init(
            number: Int64, kind: BookMove.Kind, from: String, to: [String], customers: Int,
            effectiveOn: BusinessDay, state: BookMove.State, refused: Int
        ) {
            self.number = String(number)
            self.kind = Text("move.kind-\(kind.rawValue)")
            self.from = from
            self.to = Text.receivers(to)
            self.customers = customers
            self.effectiveOn = effectiveOn
            self.state = Badge("move-state", state.rawValue)
            self.refused = refused == 0 ? nil : Text("moves.refused", ["count": refused])
            link = "/moves/\(number)"
        }
    }
}

extension Text {
    /// The managers by name, or that the customers await assignment.
    static func receivers(_ names: [String]) -> [Text] {
        names.isEmpty ? [Text("moves.pool")] : names.map { Text("moves.receiver", ["name": $0]) }
    }
}
