package import Bank
import GRDB
import Sealing
import Vault

/// What came of loading a newer organisation file.
package struct LoadedOrganisation: Sendable {
    package let succession: Succession
    /// The version that nodes get; as before where the file changed nothing.
    package let version: Int64
    package let isChanged: Bool
    /// What was settled by the organisation before while this one was put into force: who owns
    /// customers there may not do so any more.
    package let overtaken: [Book]
}

extension BankStore {
    /// Puts a newer organisation file into force, for an administrator at head office: at once
    /// here, and at each node with its next exchange. Audited, with who got and lost which rights.
    ///
    /// Throws `OrganisationRefused` where the file may not be loaded; nothing is changed then. Nor
    /// is it while head office is being made whole after a restore: of books that nodes alone know,
    /// nobody can say here that they are handed over.
    package func load(
        _ newer: Organisation, as staff: StaffID, reason: String?
    ) throws -> LoadedOrganisation {
        let administrator = try actor(staff)
        try administrator.require(.organisation, atLeast: .bank)
        // What a branch or an outlet calls its administrator does not load for the bank.
        guard try units().first(where: { $0.code == administrator.unit })?.level == .headOffice
        else { throw Refusal(.notAllowed, ["staff": staff.rawValue]) }
        for code in firstTierCodes { try endRecovery(of: code, isForced: false) }
        let (succession, held, version) = try inBank { db in
            let held = try db.organisation(openedBy: secrets.cipher)
            let succession = Succession(of: held, by: newer)
            // Here, so that nothing comes between them and the write but what is being settled at
            // this moment; and a hello may have begun a recovery.
            let books = try books { try $0.requireRecovered() }
            let faults =
                succession.faults + succession.faults(of: books, before: held)
                + succession.faults(ofNodesAt: try db.outletsWithNode())
            guard faults.isEmpty else { throw OrganisationRefused(faults) }
            let version = try db.organisationVersion()
            guard succession.organisation != held else { return (succession, held, version) }
            // In milliseconds, as an approved parameter's.
            // NB: a head office that came out of a backup counts from where it was then; by the
            // clock its next version is newer than any that a node holds.
            let next = max(version + 1, world.now())
            try db.replaceOrganisation(with: succession.organisation, sealedBy: secrets.cipher)
            try db.execute(
                prepared: "UPDATE headOffice SET organisationVersion = ?", arguments: [next])
            for detail in try details(of: succession, after: held, as: next, because: reason) {
                try db.audit(
                    AuditEntry(
                        at: world.now(), actor: staff.rawValue, action: .organisationLoaded,
                        subject: nil, detail: detail))
            }
            return (succession, held, next)
        }
        let isChanged = succession.organisation != held
        let overtaken =
            isChanged ? succession.books(against: try books(), before: held) : []
        if !overtaken.isEmpty {
            try audit(
                .organisationLoaded, by: staff.rawValue, on: nil,
                detail: [
                    "overtaken": .array(overtaken.map(\.json)), "version": .int(version),
                ])
        }
        return LoadedOrganisation(
            succession: succession, version: version, isChanged: isChanged, overtaken: overtaken)
    }

    private func books(checking check: (Database) throws -> Void = { _ in }) throws -> [Book] {
        try firstTierCodes.flatMap { code in
            try translating {
                try firstTier(code).database.readState { db in
                    try check(db)
                    return try db.books(of: code)
                }
            }
        }
    }

    /// What the audit keeps of a load: the whole of it, then whoever is new or changed, so many an
    /// entry.
    private func details(
        of succession: Succession, after held: Organisation, as version: Int64,
        because reason: String?
    ) throws -> [JSONValue] {
        let changes = succession.rightsChanged(since: held)
        let whole: JSONValue = [
            "organisation": .string(
                Digest.sha256(try json(succession.organisation).canonicalBytes).hex),
            "outletsMoved": .array(succession.outletsMoved.map { JSONValue($0) }),
            "reason": JSONValue(reason),
            "staffAdded": JSONValue(succession.staffAdded.count),
            "staffChanged": JSONValue(changes.count),
            "staffEnded": .array(succession.staffEnded.map { JSONValue($0) }),
            "unitsAdded": .array(succession.unitsAdded.map { JSONValue($0) }),
            "unitsClosed": .array(succession.unitsClosed.map { JSONValue($0) }),
            "version": .int(version),
        ]
        let starts = stride(from: 0, to: changes.count, by: Self.staffPerEntry)
        return [whole]
            + starts.map { start in
                [
                    "staff": .array(
                        changes[start..<min(start + Self.staffPerEntry, changes.count)].map(\.json)),
                    "version": .int(version),
                ]
            }
    }

    private static let staffPerEntry = 200
}

extension Book {
    /// As the audit and the command's answer name it.
    package var json: JSONValue {
        [
            "count": JSONValue(count), "outlet": JSONValue(outlet),
            "staff": JSONValue(manager?.rawValue),
        ]
    }
}

extension Succession.RightsChange {
    fileprivate var json: JSONValue {
        ["after": after.json, "before": before?.json ?? .null, "staff": JSONValue(staff)]
    }
}

extension Succession.Rights {
    fileprivate var json: JSONValue {
        [
            "active": .bool(isActive), "roles": .array(roles.map { .string($0.rawValue) }),
            "unit": JSONValue(unit),
        ]
    }
}

extension Database {
    /// The outlets whose nodes are not shut out.
    fileprivate func outletsWithNode() throws -> Set<UnitCode> {
        try UnitCode.fetchSet(self, prepared: "SELECT outlet FROM node WHERE revokedAt IS NULL")
    }

    fileprivate func books(of firstTier: UnitCode) throws -> [Book] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT outlet, manager, count(*) AS count FROM ownership
                WHERE outlet IS NOT NULL
                GROUP BY outlet, manager ORDER BY outlet, manager
                """
        ).map {
            Book(
                firstTier: firstTier, outlet: try $0.value("outlet"),
                manager: try $0.value("manager"), count: try $0.value("count"))
        }
    }
}
