package import Bank
import GRDB
import Sync
import Vault

extension BranchStore {
    /// Writes down what a supervisor orders of a manager's book (`domain.md` items 14 to 16): as a
    /// draft, or submitted, which carries it out at once where its date has come.
    ///
    /// - Parameter draft: the number of a draft whose place this one takes.
    package func moveBook(
        _ order: BookOrder, by supervisor: StaffID, asDraft isDraft: Bool = false,
        changing draft: Int64? = nil
    ) throws -> BookReceipt {
        try order.check()
        let reason = try required(order.reason)
        let number = try write { db in
            let supervisor = try db.supervisor(supervisor, of: node.outlet)
            try require(order, db)
            let number = try draft ?? db.nextMove()
            if let draft {
                try db.requireDraft(try bookReceipt(db, draft))
                try db.execute(
                    prepared: "DELETE FROM bookMoveRow WHERE move = ?", arguments: [draft])
                try db.execute(
                    prepared: "DELETE FROM bookMove WHERE number = ?", arguments: [draft])
            }
            try insert(order, as: number, reason, by: supervisor.id, db)
            try note(number, isDraft ? .draft : .submitted, by: supervisor.id, db)
            if !isDraft { try submit(number, by: supervisor.id, db) }
            return number
        }
        return try carriedOut(number)
    }

    /// Submits a draft, and goes on with a move whose carrying out was interrupted.
    ///
    /// - Parameter date: another effective date than the draft's.
    package func submitMove(
        _ number: Int64, by supervisor: StaffID, effectiveOn date: BusinessDay? = nil
    ) throws -> BookReceipt {
        try write { db in
            let supervisor = try db.supervisor(supervisor, of: node.outlet)
            let receipt = try bookReceipt(db, number)
            if receipt.move.state == .submitted, date == nil { return }
            try db.requireDraft(receipt)
            let effectiveOn = date ?? receipt.move.order.effectiveOn
            try db.requireReached(effectiveOn)
            for receiver in receipt.move.order.receivers {
                _ = try db.manager(receiver, of: node.outlet)
            }
            try db.execute(
                prepared: "UPDATE bookMove SET effectiveOn = ? WHERE number = ?",
                arguments: [effectiveOn, number])
            try submit(number, by: supervisor.id, db)
            try note(number, .submitted, by: supervisor.id, db)
        }
        return try carriedOut(number)
    }

    /// Throws a draft away, or calls off a move whose date has not come.
    package func cancelMove(_ number: Int64, by supervisor: StaffID) throws -> BookReceipt {
        try write { db in
            let supervisor = try db.supervisor(supervisor, of: node.outlet)
            let receipt = try bookReceipt(db, number)
            let facts = ["number": String(number)]
            switch receipt.move.state {
            case .done, .cancelled: throw Refusal(.moveEnded, facts)
            case .submitted where receipt.isBegun: throw Refusal(.moveBegun, facts)
            case .draft, .submitted: break
            }
            try db.end(number, .cancelled, at: world.now())
            try note(number, .cancelled, by: supervisor.id, db)
            return try bookReceipt(db, number)
        }
    }

    /// Carries out every move whose date is the one being worked on, or has passed while nobody
    /// closed: after a close, in transactions of its own.
    func carryOutDueMoves() throws {
        let due = try read { db -> [Int64] in
            guard let day = try db.lastClosed()?.next else { return [] }
            return try Int64.fetchAll(
                db,
                prepared: """
                    SELECT number FROM bookMove
                    WHERE state = 'submitted' AND effectiveOn <= ?
                    ORDER BY effectiveOn, number
                    """,
                arguments: [day])
        }
        for number in due { try carryOut(number) }
    }

    /// The receipt of a move, which is carried out first where it is due.
    private func carriedOut(_ number: Int64) throws -> BookReceipt {
        let (receipt, day) = try read { db in
            (try bookReceipt(db, number), try db.workingDate())
        }
        guard receipt.move.state == .submitted, receipt.move.order.effectiveOn <= day else {
            return receipt
        }
        try carryOut(number)
        return try read { try bookReceipt($0, number) }
    }

    /// One claim for each customer, all or nothing for each, in slices; what was done before an
    /// interruption stays done.
    private func carryOut(_ number: Int64) throws {
        try begin(number)
        let receipt = try read { try bookReceipt($0, number) }
        let open = receipt.rows.filter { $0.claim == nil && $0.refusal == nil }
        _ = try writeInSlices(open, rows: { _ in 1 }) { db, row in
            try move(row, of: receipt.move, db)
        } closing: { db, done in
            // Another process's request may have carried it out meanwhile.
            guard done == open.count, try bookReceipt(db, number).move.state == .submitted else {
                return
            }
            try db.end(number, .done, at: world.now())
            try note(number, .done, by: receipt.move.submittedBy ?? receipt.move.madeBy, db)
            try tellOfRefusals(number, db)
        }
    }

    /// The supervisors see to whoever stayed behind: nobody may be looking when a move falls due.
    private func tellOfRefusals(_ number: Int64, _ db: Database) throws {
        let progress = try bookReceipt(db, number).progress
        guard progress.refused > 0 else { return }
        let date = try db.workingDate()
        for member in try db.members(of: node.outlet)
        where member.active && member.holds(.outletSupervisor) {
            try db.remind(
                Reminder(
                    id: "\(Reminder.Kind.moveIncomplete.rawValue):\(number):\(member.id)",
                    staff: member.id, kind: .moveIncomplete, customer: nil, dueOn: date,
                    facts: [
                        "done": String(progress.done), "number": String(number),
                        "refused": String(progress.refused),
                    ]), at: world.now())
        }
    }

    /// Deals the book as it is now; once.
    private func begin(_ number: Int64) throws {
        try write { db in
            let receipt = try bookReceipt(db, number)
            guard !receipt.isBegun, receipt.move.state == .submitted else { return }
            for row in receipt.rows { try db.insert(row, of: number) }
            try db.execute(
                prepared: "UPDATE bookMove SET begunAt = ? WHERE number = ?",
                arguments: [world.now(), number])
        }
    }

    private func move(_ row: BookMoveRow, of move: BookMove, _ db: Database) throws {
        guard try db.isOpen(row, of: move.number) else { return }
        let (claim, refusal): (ClaimID?, Refusal?)
        do {
            claim = try self.claim(row, of: move, db).id
            refusal = nil
        } catch let refused as Refusal {
            (claim, refusal) = (nil, refused)
        }
        try db.execute(
            prepared: """
                UPDATE bookMoveRow SET claim = ?, refusal = ?, facts = ?
                WHERE move = ? AND customer = ?
                """,
            arguments: [
                claim, refusal?.reason,
                refusal?.factsText,
                move.number, row.customer,
            ])
    }

    private func claim(
        _ row: BookMoveRow, of move: BookMove, _ db: Database
    ) throws -> Claim {
        let order = move.order
        let by = move.submittedBy ?? move.madeBy
        // Who ordered it was entitled then; whether they still are is no matter.
        guard let supervisor = try db.member(by) else {
            throw Refusal(.unknownStaff, ["staff": by.rawValue])
        }
        let owner = try db.ownership(of: row.customer, firstTier: node.firstTier).owner
        guard owner?.outlet == node.outlet, owner?.manager == order.manager else {
            throw Refusal.notTheirs(row.customer, order.manager)
        }
        let date = try db.workingDate()
        guard let receiver = row.receiver else {
            return try release(
                db, row.customer, by: supervisor, because: .object(["move": .int(move.number)]),
                on: date)
        }
        return try assign(
            db, row.customer, to: try db.manager(receiver, of: node.outlet), by: supervisor,
            on: date)
    }

    /// What an order needs when it is made; what it needs when it is carried out is seen then.
    func require(_ order: BookOrder, _ db: Database) throws {
        for receiver in order.receivers { _ = try db.manager(receiver, of: node.outlet) }
        try db.requireReached(order.effectiveOn)
        if order.customers == nil, try book(db, of: order.manager).isEmpty {
            throw Refusal(.bookEmpty, ["staff": order.manager.rawValue])
        }
    }

    private func insert(
        _ order: BookOrder, as number: Int64, _ reason: String, by staff: StaffID, _ db: Database
    ) throws {
        let receivers = JSONValue.array(order.receivers.map { JSONValue($0) })
        try db.execute(
            prepared: """
                INSERT INTO bookMove (
                    number, kind, manager, receivers, isWhole, effectiveOn, reason, state, madeBy,
                    madeAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?)
                """,
            arguments: [
                number, order.kind, order.manager, receivers.description,
                order.customers == nil, order.effectiveOn,
                secrets.seal(reason, "bookMove", String(number), "reason"), staff, world.now(),
            ])
        for customer in Set(order.customers ?? []) {
            try db.insert(
                BookMoveRow(customer: customer, receiver: nil, claim: nil, refusal: nil),
                of: number)
        }
    }

    /// Refuses where another move waits for some of the customers: one of the two would find them
    /// gone.
    private func submit(_ number: Int64, by staff: StaffID, _ db: Database) throws {
        let order = try bookReceipt(db, number).move.order
        let others = try Int64.fetchAll(
            db,
            prepared: """
                SELECT number FROM bookMove
                WHERE state = 'submitted' AND manager = ? AND number <> ? ORDER BY number
                """,
            arguments: [order.manager, number])
        for other in others {
            let theirs = try bookReceipt(db, other).move.order.customers
            let areApart = theirs.flatMap { theirs in
                order.customers.map { Set($0).isDisjoint(with: theirs) }
            }
            guard areApart ?? false else {
                throw Refusal(
                    .movesOverlap, ["staff": order.manager.rawValue, "number": String(other)])
            }
        }
        try db.execute(
            prepared: """
                UPDATE bookMove SET state = 'submitted', submittedBy = ?, submittedAt = ?
                WHERE number = ?
                """,
            arguments: [staff, world.now(), number])
    }

    private func note(
        _ number: Int64, _ state: BookMove.State, by staff: StaffID, _ db: Database
    ) throws {
        let receipt = try bookReceipt(db, number)
        let (order, progress) = (receipt.move.order, receipt.progress)
        try db.audit(
            AuditEntry(
                at: world.now(), actor: staff.rawValue, action: .bookMoved,
                subject: order.manager.rawValue,
                detail: [
                    "customers": JSONValue(progress.customers), "done": JSONValue(progress.done),
                    "effectiveOn": JSONValue(order.effectiveOn),
                    "kind": .string(order.kind.rawValue), "number": .int(number),
                    "receivers": .array(order.receivers.map { JSONValue($0) }),
                    "state": .string(state.rawValue),
                ]))
    }
}

extension Refusal {
    fileprivate var factsText: String {
        JSONValue.object(facts.mapValues(JSONValue.string)).description
    }
}

extension Database {
    /// The first date after another on which a move that waits is to be carried out.
    func nextMove(after date: BusinessDay) throws -> BusinessDay? {
        try BusinessDay.fetchOne(
            self,
            prepared: """
                SELECT min(effectiveOn) FROM bookMove
                WHERE state = 'submitted' AND effectiveOn > ?
                """,
            arguments: [date])
    }

    fileprivate func nextMove() throws -> Int64 {
        try Int64.fetchOne(self, prepared: "SELECT coalesce(max(number), 0) + 1 FROM bookMove")
            ?? 1
    }

    fileprivate func requireDraft(_ receipt: BookReceipt) throws {
        guard receipt.move.state == .draft else {
            throw Refusal(
                receipt.move.state != .submitted
                    ? .moveEnded : receipt.isBegun ? .moveBegun : .moveWaiting,
                ["number": String(receipt.move.number)])
        }
    }

    fileprivate func requireReached(_ date: BusinessDay) throws {
        let day = try workingDate()
        guard date >= day else {
            throw Refusal(.effectiveDatePast, ["date": day.description])
        }
    }

    fileprivate func isOpen(_ row: BookMoveRow, of number: Int64) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT claim IS NULL AND refusal IS NULL FROM bookMoveRow
                WHERE move = ? AND customer = ?
                """,
            arguments: [number, row.customer]) ?? false
    }

    /// Where the customer is chosen already, they are dealt to somebody now.
    fileprivate func insert(_ row: BookMoveRow, of number: Int64) throws {
        try execute(
            prepared: """
                INSERT OR REPLACE INTO bookMoveRow (move, customer, receiver, refusal, facts)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                number, row.customer, row.receiver, row.refusal?.reason, row.refusal?.factsText,
            ])
    }

    fileprivate func end(_ number: Int64, _ state: BookMove.State, at now: Int64) throws {
        try execute(
            prepared: "UPDATE bookMove SET state = ?, endedAt = ? WHERE number = ?",
            arguments: [state, now, number])
    }
}
