package import Bank
package import GRDB
import Sealing

/// A log-in that has not ended: who, and the token that its forms carry.
package struct LogIn: Sendable {
    package let staff: Staff
    package let unitName: String
    package let csrf: String
}

/// What came of an attempt to log in. Unknown staff and wrong passwords are one answer.
package enum LogInOutcome: Sendable {
    /// The session's token, for the cookie.
    case admitted(token: String)
    case refused
    case locked(minutes: Int)
}

/// Passwords and sessions of a database's staff; the same at a node and at head office.
package struct LogIns: Sendable {
    private let database: any DatabaseWriter
    private let world: World
    private let reserve: DiskReserve
    private let before: @Sendable () throws -> Void

    /// - Parameters:
    ///   - reserve: so that people log in when the disk is full.
    ///   - before: writes down what has to stand in the audit before.
    package init(
        _ database: any DatabaseWriter, world: World, reserve: DiskReserve,
        after before: @escaping @Sendable () throws -> Void = {}
    ) {
        self.database = database
        self.world = world
        self.reserve = reserve
        self.before = before
    }

    /// Sets a password; an operator's act, audited under `actor`.
    package func setPassword(_ password: String, of staff: StaffID, by actor: String) throws {
        guard Admission.isStrong(password, for: staff) else { throw Refusal(.weakPassword) }
        let hash = try Password.hash(password)
        try reserve.check()
        try before()
        try database.write { db in
            _ = try db.actor(staff)
            try db.execute(
                prepared: """
                    INSERT INTO credential (staff, passwordHash, setAt) VALUES (?, ?, ?)
                    ON CONFLICT (staff) DO UPDATE
                    SET passwordHash = excluded.passwordHash, setAt = excluded.setAt
                    """,
                arguments: [staff, hash, world.now()])
            try db.execute(prepared: "DELETE FROM session WHERE staff = ?", arguments: [staff])
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: actor, action: .passwordSet, subject: staff.rawValue))
        }
    }

    /// Blocks while the password is hashed; call it off the event loops.
    package func logIn(_ staff: StaffID, password: String, source: String) throws -> LogInOutcome {
        let (hash, locked) = try database.readState { db in
            (try passwordHash(db, staff), try lockedMilliseconds(db, staff, source))
        }
        if locked > 0 { return .locked(minutes: Int((locked + 59_999) / 60_000)) }
        let matches = Password.verify(password, against: hash ?? Password.decoy) && hash != nil
        guard matches else {
            try lending { try remember(failure: $0, staff, source) }
            return .refused
        }
        let token = hexadecimal(world.randomBytes(32))
        let rehashed =
            hash.map(Password.needsRehash) == true ? try Password.hash(password) : nil
        try lending { db in
            if let rehashed {
                try db.execute(
                    prepared: "UPDATE credential SET passwordHash = ? WHERE staff = ?",
                    arguments: [rehashed, staff])
            }
            try begin(db, staff, token, source)
        }
        return .admitted(token: token)
    }

    /// The session of a cookie's token; nil where it ended or never was. Using it keeps it alive.
    package func session(_ token: String) throws -> LogIn? {
        let name = Blob(Digest.sha256(token).bytes)
        let now = world.now()
        guard
            let (row, staff, unit) = try database.readState({ db -> (Row, Staff, String)? in
                guard
                    let row = try Row.fetchOne(
                        db,
                        prepared: """
                            SELECT staff, csrf, usedAt FROM session
                            WHERE tokenHash = ? AND usedAt > ? AND startedAt > ?
                            """,
                        arguments: [
                            name, now - Admission.idleMilliseconds,
                            now - Admission.longestMilliseconds,
                        ]), let staff = try db.member(try row.value("staff")), staff.active
                else { return nil }
                return (row, staff, try db.unit(staff.unit)?.name ?? staff.unit.rawValue)
            })
        else { return nil }
        // A minute's grain spares a write for every page.
        if now - (try row.value("usedAt") as Int64) > 60_000 {
            try lending { db in
                try db.execute(
                    prepared: "UPDATE session SET usedAt = ? WHERE tokenHash = ?",
                    arguments: [now, name])
            }
        }
        return LogIn(staff: staff, unitName: unit, csrf: try row.value("csrf"))
    }

    package func logOut(_ token: String) throws {
        let name = Blob(Digest.sha256(token).bytes)
        try lending { db in
            let staff = try StaffID.fetchOne(
                db, prepared: "SELECT staff FROM session WHERE tokenHash = ?", arguments: [name])
            guard let staff else { return }
            try db.execute(prepared: "DELETE FROM session WHERE tokenHash = ?", arguments: [name])
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .loggedOut, subject: nil))
        }
    }

    /// One transaction, for which there is room on a full disk too.
    private func lending(_ body: (Database) throws -> Void) throws {
        try before()
        try reserve.lending { try database.write(body) }
    }

    /// What was typed may be a password in the wrong field, so it is not kept in clear.
    private func typed(_ staff: StaffID) -> String { Digest.sha256(staff.rawValue).hex }

    private func passwordHash(_ db: Database, _ staff: StaffID) throws -> String? {
        try String.fetchOne(
            db,
            prepared: """
                SELECT passwordHash FROM credential
                JOIN staff ON staff.id = credential.staff AND staff.active = 1
                WHERE credential.staff = ?
                """,
            arguments: [staff])
    }

    private func lockedMilliseconds(_ db: Database, _ staff: StaffID, _ source: String) throws
        -> Int64
    {
        guard
            let row = try Row.fetchOne(
                db,
                prepared:
                    "SELECT failures, lastAt FROM logInFailure WHERE staff = ? AND source = ?",
                arguments: [typed(staff), source])
        else { return 0 }
        let lock = Admission.lockMilliseconds(afterFailures: try row.value("failures"))
        // A clock that stepped back must not lengthen the lock beyond itself.
        return min(lock, (try row.value("lastAt") as Int64) + lock - world.now())
    }

    private func remember(failure db: Database, _ staff: StaffID, _ source: String) throws {
        let now = world.now()
        try db.execute(
            prepared: "DELETE FROM logInFailure WHERE lastAt < ?", arguments: [now - 86_400_000])
        try db.execute(
            prepared: """
                INSERT INTO logInFailure (staff, source, failures, lastAt) VALUES (?, ?, 1, ?)
                ON CONFLICT (staff, source) DO UPDATE
                SET failures = failures + 1, lastAt = excluded.lastAt
                """,
            arguments: [typed(staff), source, now])
        // What was typed as a staff number may be anything, a password too: only a known one is
        // written down.
        let known = try db.member(staff)?.id.rawValue ?? "unknown"
        try db.audit(
            AuditEntry(
                at: now, actor: known, action: .logInFailed, subject: nil,
                detail: ["source": .string(source)]))
    }

    private func begin(_ db: Database, _ staff: StaffID, _ token: String, _ source: String) throws {
        let now = world.now()
        try db.execute(
            prepared: "DELETE FROM logInFailure WHERE staff = ? AND source = ?",
            arguments: [typed(staff), source])
        try db.execute(
            prepared: "DELETE FROM session WHERE usedAt <= ? OR startedAt <= ?",
            arguments: [now - Admission.idleMilliseconds, now - Admission.longestMilliseconds])
        try db.execute(
            prepared: """
                INSERT INTO session (tokenHash, staff, csrf, startedAt, usedAt)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                Blob(Digest.sha256(token).bytes), staff, hexadecimal(world.randomBytes(32)), now,
                now,
            ])
        try db.audit(
            AuditEntry(
                at: now, actor: staff.rawValue, action: .loggedIn, subject: nil,
                detail: ["source": .string(source)]))
    }
}
