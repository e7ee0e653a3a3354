package import Bank
import GRDB
import Vault

extension BranchStore {
    /// Names who stands in for a manager from one business date through another: the manager, or
    /// the outlet's supervisor for them. The deputy is reminded of it.
    package func delegate(
        _ manager: StaffID, to deputy: StaffID, from first: BusinessDay, through last: BusinessDay,
        by staff: StaffID, because reason: String
    ) throws -> Delegation {
        let reason = try required(reason)
        return try write { db in
            try requireDelegate(manager, by: staff, db)
            let manager = try db.manager(manager, of: node.outlet)
            let deputy = try db.manager(deputy, of: node.outlet)
            guard manager.id != deputy.id else {
                throw Refusal(.deputyIsManager, ["staff": deputy.id.rawValue])
            }
            guard first <= last else { throw Refusal(.delegationDates) }
            let day = try db.workingDate()
            guard last >= day else {
                throw Refusal(.delegationPast, ["date": day.description])
            }
            let others = try delegations(db, of: manager.id)
            if let other = others.first(where: {
                $0.endedBy == nil && $0.days.overlaps(first...last)
            }) {
                throw Refusal(
                    .delegationOverlaps,
                    [
                        "staff": manager.id.rawValue, "deputy": other.deputy.rawValue,
                        "from": other.days.lowerBound.description,
                        "through": other.days.upperBound.description,
                    ])
            }
            if let away = try delegations(db, of: deputy.id).first(where: {
                $0.endedBy == nil && $0.days.overlaps(first...last)
            }) {
                throw Refusal(
                    .deputyAway,
                    [
                        "staff": deputy.id.rawValue,
                        "from": away.days.lowerBound.description,
                        "through": away.days.upperBound.description,
                    ])
            }
            let number =
                try Int64.fetchOne(
                    db, prepared: "SELECT coalesce(max(number), 0) + 1 FROM delegation") ?? 1
            try db.execute(
                prepared: """
                    INSERT INTO delegation (
                        number, manager, deputy, startsOn, endsOn, reason, madeBy, madeAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    number, manager.id, deputy.id, first, last,
                    secrets.seal(reason, "delegation", String(number), "reason"), staff,
                    world.now(),
                ])
            let made = try delegation(db, number)
            try db.remind(
                Reminder(
                    id: Self.reminderOf(made), staff: deputy.id, kind: .deputyNamed, customer: nil,
                    dueOn: day,
                    facts: [
                        "from": first.description, "manager": manager.id.rawValue,
                        "through": last.description,
                    ]), at: world.now())
            try note(made, "named", by: staff, db)
            return made
        }
    }

    /// Ends a delegation that runs or is to come: who could have named the deputy.
    package func endDelegation(_ number: Int64, by staff: StaffID) throws -> Delegation {
        try write { db in
            let day = try db.workingDate()
            let known = try delegation(db, number)
            try requireDelegate(known.manager, by: staff, db)
            guard known.state(on: day) != .ended else {
                throw Refusal(.unknownDelegation, ["number": String(number)])
            }
            try db.execute(
                prepared: "UPDATE delegation SET endedBy = ?, endedAt = ? WHERE number = ?",
                arguments: [staff, world.now(), number])
            let ended = try delegation(db, number)
            try db.execute(
                prepared: "UPDATE reminder SET doneAt = ? WHERE id = ? AND doneAt IS NULL",
                arguments: [world.now(), Self.reminderOf(ended)])
            try note(ended, "ended", by: staff, db)
            return ended
        }
    }

    /// The delegations of one manager, or of all, the latest first.
    package func delegations(of manager: StaffID? = nil) throws -> [Delegation] {
        try read { try delegations($0, of: manager) }
    }

    /// For whom a member of staff stands in on the date being worked on.
    package func deputised(by deputy: StaffID) throws -> [StaffID] {
        try read { try $0.deputised(by: deputy) }
    }

    /// Not by its number: those of a node in the place of a lost one begin anew.
    private static func reminderOf(_ delegation: Delegation) -> String {
        "\(Reminder.Kind.deputyNamed.rawValue):\(delegation.manager):\(delegation.madeAt)"
            + ":\(delegation.deputy)"
    }

    private func requireDelegate(
        _ manager: StaffID, by staff: StaffID, _ db: Database
    ) throws {
        let member = try db.actor(staff)
        let reach = member.reach(for: .delegate)
        guard member.unit == node.outlet, reach >= .outlet || reach == .own && staff == manager
        else { throw Refusal(.notAllowed, ["staff": staff.rawValue]) }
    }

    private func delegation(_ db: Database, _ number: Int64) throws -> Delegation {
        guard let known = try delegations(db, of: nil).first(where: { $0.number == number }) else {
            throw Refusal(.unknownDelegation, ["number": String(number)])
        }
        return known
    }

    private func delegations(_ db: Database, of manager: StaffID?) throws -> [Delegation] {
        try Row.fetchAll(
            db,
            prepared: """
                SELECT * FROM delegation WHERE ?1 IS NULL OR manager = ?1 ORDER BY number DESC
                """,
            arguments: [manager]
        ).map { row in
            let number: Int64 = try row.value("number")
            let (first, last): (BusinessDay, BusinessDay) = (
                try row.value("startsOn"), try row.value("endsOn")
            )
            guard first <= last else { throw StoreError.damaged("delegation") }
            return Delegation(
                number: number, manager: try row.value("manager"),
                deputy: try row.value("deputy"), days: first...last,
                reason: try secrets.open(
                    try row.value("reason"), "delegation", String(number), "reason") ?? "",
                madeBy: try row.value("madeBy"), madeAt: try row.value("madeAt"),
                endedBy: try row.value("endedBy"), endedAt: try row.value("endedAt"))
        }
    }

    private func note(
        _ delegation: Delegation, _ what: String, by staff: StaffID, _ db: Database
    ) throws {
        try db.audit(
            AuditEntry(
                at: world.now(), actor: staff.rawValue, action: .delegated,
                subject: delegation.manager.rawValue,
                detail: [
                    "deputy": JSONValue(delegation.deputy),
                    "from": JSONValue(delegation.days.lowerBound),
                    "number": .int(delegation.number),
                    "through": JSONValue(delegation.days.upperBound), "what": .string(what),
                ]))
    }
}
