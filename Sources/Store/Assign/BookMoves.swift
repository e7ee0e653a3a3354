package import Bank
import GRDB
import Vault

/// One customer of a move: to whom they go, and what became of it.
package struct BookMoveRow: Hashable, Sendable {
    package let customer: CustomerNumber
    /// Nil where they await assignment.
    package let receiver: StaffID?
    /// That moved them; nil where none did.
    package let claim: ClaimID?
    /// Why they could not be moved.
    package let refusal: Refusal?
}

/// A move and how far it has come.
package struct BookProgress: Sendable {
    package let move: BookMove
    /// Of all rows, or before it is carried out of those that there would be now.
    package let customers: Int
    package let done: Int
    package let refused: Int
}

/// A move with its rows: as they were done or, before that, as they would be dealt now.
package struct BookReceipt: Sendable {
    package let move: BookMove
    package let rows: [BookMoveRow]
    /// Whether the rows are what was dealt, not what would be.
    package let isBegun: Bool

    package var progress: BookProgress {
        BookProgress(
            move: move, customers: rows.count, done: rows.count { $0.claim != nil },
            refused: rows.count { $0.refusal != nil })
    }
}

/// Somebody, in office or not, who looks after customers of this outlet.
package struct BookOwner: Hashable, Sendable {
    package let staff: StaffID
    package let name: String
    package let customers: Int
    /// Whether they are active at this outlet, in a role that looks after customers.
    package let isInOffice: Bool
    /// Customers whom head office still has as theirs, as far as is known here: until the claims
    /// are settled, it does not let them leave or move.
    package let settled: Int
}

extension BranchStore {
    /// All moves, the latest first.
    package func bookMoves() throws -> [BookProgress] {
        try read { db in
            try Row.fetchAll(
                db,
                prepared: """
                    SELECT bookMove.*, CASE
                        WHEN isWhole = 1 AND begunAt IS NULL AND state <> 'cancelled'
                        THEN (SELECT count(*) FROM holder
                            WHERE holder.manager = bookMove.manager AND holder.outlet = ?)
                        ELSE count(customer) END AS customers,
                        count(claim) AS done, count(refusal) AS refused
                    FROM bookMove LEFT JOIN bookMoveRow ON move = number
                    GROUP BY number ORDER BY number DESC
                    """,
                arguments: [node.outlet]
            ).map {
                BookProgress(
                    move: try bookMove(db, $0), customers: try $0.value("customers"),
                    done: try $0.value("done"), refused: try $0.value("refused"))
            }
        }
    }

    package func bookReceipt(_ number: Int64, by actor: String) throws -> BookReceipt {
        try audit(.listed, by: actor, on: nil)
        return try read { try bookReceipt($0, number) }
    }

    /// What an order would do, dealt as if it were carried out now; nothing is written but that a
    /// supervisor looked.
    package func previewBookMove(
        _ order: BookOrder, by supervisor: StaffID
    ) throws -> [BookMoveRow] {
        try order.check()
        _ = try required(order.reason)
        let rows = try read { db in
            _ = try db.supervisor(supervisor, of: node.outlet)
            try require(order, db)
            return try dealt(db, order)
        }
        try audit(.listed, by: supervisor.rawValue, on: order.manager.rawValue)
        return rows
    }

    /// Everybody who looks after customers here, and this outlet's managers; those who are out of
    /// office first: nobody serves their customers.
    package func bookOwners() throws -> [BookOwner] {
        try read { db in
            let books = try Row.fetchAll(
                db,
                prepared: """
                    SELECT manager, count(*) FROM holder
                    WHERE outlet = ? AND manager IS NOT NULL GROUP BY manager
                    """,
                arguments: [node.outlet]
            ).reduce(into: [StaffID: Int]()) { $0[try $1.value(0)] = try $1.value(1) }
            let staff = try db.members(of: node.outlet)
            let managers = staff.filter { $0.active && $0.holds(.manager) }.map(\.id)
            return try Set(Array(books.keys) + staff.map(\.id)).sorted().compactMap { id in
                let owner = try bookOwner(
                    db, id, customers: books[id] ?? 0, settled: try settledBook(db, of: id))
                let isShown = owner.customers > 0 || owner.settled > 0 || managers.contains(id)
                return isShown ? owner : nil
            }.sorted { left, right in
                left.isInOffice == right.isInOffice
                    ? left.staff < right.staff : right.isInOffice
            }
        }
    }

    /// One of them; the look is audited.
    package func bookOwner(_ id: StaffID, by actor: String) throws -> BookOwner {
        try audit(.listed, by: actor, on: id.rawValue)
        return try read { db in
            let customers = try book(db, of: id).count
            guard try customers > 0 || db.member(id) != nil else {
                throw Refusal(.unknownStaff, ["staff": id.rawValue])
            }
            return try bookOwner(
                db, id, customers: customers, settled: try settledBook(db, of: id))
        }
    }

    /// Refuses where somebody still looks after customers here, who can neither leave nor move to
    /// another outlet then (`domain.md` item 17, 3.3): head office refuses it too.
    package func requireEmptyBook(of id: StaffID, by actor: String) throws -> BookOwner {
        let owner = try bookOwner(id, by: actor)
        func refusal(_ reason: Refusal.Reason, _ count: Int) -> Refusal {
            Refusal(reason, ["staff": id.rawValue, "count": String(count)])
        }
        if owner.customers > 0 { throw refusal(.bookNotEmpty, owner.customers) }
        if owner.settled > 0 { throw refusal(.bookUnsettled, owner.settled) }
        return owner
    }

    private func settledBook(_ db: Database, of id: StaffID) throws -> Int {
        try Int.fetchOne(
            db,
            prepared: "SELECT count(*) FROM directory WHERE manager = ? AND outlet = ?",
            arguments: [id, node.outlet]) ?? 0
    }

    private func bookOwner(
        _ db: Database, _ id: StaffID, customers: Int, settled: Int
    ) throws -> BookOwner {
        let member = try db.member(id)
        return BookOwner(
            staff: id, name: member?.name ?? id.rawValue, customers: customers,
            isInOffice: member.map {
                $0.active && $0.unit == node.outlet
                    && ($0.holds(.manager) || $0.holds(.outletSupervisor))
            } ?? false,
            settled: settled)
    }

    func bookReceipt(_ db: Database, _ number: Int64) throws -> BookReceipt {
        let row = try Row.fetchOne(
            db, prepared: "SELECT * FROM bookMove WHERE number = ?", arguments: [number])
        guard let row else { throw Refusal(.unknownMove, ["number": String(number)]) }
        let move = try bookMove(db, row)
        let isBegun = try row.value("begunAt") as Int64? != nil
        let isOpen = move.state == .draft || move.state == .submitted
        return BookReceipt(
            move: move,
            rows: isBegun || !isOpen
                ? try db.moveRows(of: number) : try dealt(db, move.order), isBegun: isBegun)
    }

    /// To whom each customer of an order goes, as the book is now; those who are not in it are
    /// refused and dealt to nobody.
    func dealt(_ db: Database, _ order: BookOrder) throws -> [BookMoveRow] {
        let book = try book(db, of: order.manager)
        let chosen = order.customers.map(Set.init)
        let customers = book.filter { chosen?.contains($0.number) ?? true }
        let receivers = order.deal(customers)
        let others = (chosen ?? []).subtracting(book.map(\.number))
        return
            (customers.map {
                BookMoveRow(
                    customer: $0.number, receiver: receivers[$0.number], claim: nil, refusal: nil)
            }
            + others.map {
                BookMoveRow(
                    customer: $0, receiver: nil, claim: nil,
                    refusal: .notTheirs($0, order.manager))
            }).sorted { $0.customer < $1.customer }
    }

    /// The customers of this outlet whom a manager looks after.
    func book(_ db: Database, of manager: StaffID) throws -> [BookCustomer] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT holder.customer, tier, financialAssets FROM holder
                LEFT JOIN customer ON customer.number = holder.customer
                LEFT JOIN standing ON \(StandingRow.isLatest(of: "customer.id"))
                WHERE holder.outlet = ? AND holder.manager = ?
                ORDER BY holder.customer
                """,
            arguments: [node.outlet, manager]
        ).map(BookCustomer.init(row:))
    }

    private func bookMove(_ db: Database, _ row: Row) throws -> BookMove {
        let number: Int64 = try row.value("number")
        let list = try row.value("receivers") as String
        guard let receivers = try? JSONValue(reading: Array(list.utf8)) else {
            throw StoreError.damaged("bookMove")
        }
        let isChosen = try row.value("isWhole") as Int == 0
        return BookMove(
            number: number,
            order: BookOrder(
                manager: try row.value("manager"), kind: try row.value("kind"),
                receivers: receivers.array?.compactMap(\.string).map { StaffID($0) } ?? [],
                customers: isChosen ? try db.moveRows(of: number).map(\.customer) : nil,
                effectiveOn: try row.value("effectiveOn"),
                reason: try secrets.open(
                    try row.value("reason"), "bookMove", String(number), "reason") ?? ""),
            state: try row.value("state"), madeBy: try row.value("madeBy"),
            madeAt: try row.value("madeAt"), submittedBy: try row.value("submittedBy"),
            submittedAt: try row.value("submittedAt"), endedAt: try row.value("endedAt"))
    }
}

extension Refusal {
    static func notTheirs(_ customer: CustomerNumber, _ manager: StaffID) -> Refusal {
        Refusal(.notTheirCustomer, ["customer": customer.rawValue, "staff": manager.rawValue])
    }
}

extension BookCustomer {
    fileprivate init(row: Row) throws {
        self.init(
            number: try row.value(0), tier: try row.value(1),
            assets: try row.value(2) as HalfFen? ?? .zero)
    }
}

extension Database {
    func moveRows(of number: Int64) throws -> [BookMoveRow] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT customer, receiver, claim, refusal, facts FROM bookMoveRow
                WHERE move = ? ORDER BY customer
                """,
            arguments: [number]
        ).map { row in
            let reason: Refusal.Reason? = try row.value("refusal")
            let facts = (try row.value("facts") as String?).flatMap {
                try? JSONValue(reading: Array($0.utf8))
            }
            return BookMoveRow(
                customer: try row.value("customer"), receiver: try row.value("receiver"),
                claim: try row.value("claim"),
                refusal: reason.map {
                    Refusal($0, facts?.object?.compactMapValues(\.string) ?? [:])
                })
        }
    }
}
