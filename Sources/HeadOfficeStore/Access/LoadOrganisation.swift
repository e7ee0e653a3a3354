package import Bank
import GRDB
import Vault

/// What came of loading a newer organisation file.
package struct LoadedOrganisation: Sendable {
    package let succession: Succession
    /// The version that nodes get; as before where the file changed nothing.
    package let version: Int64
    package let isChanged: Bool
}

extension BankStore {
    /// Puts a newer organisation file into force, for an administrator: at once here, and at each
    /// node with its next exchange. Audited.
    ///
    /// Throws `OrganisationRefused` where the file may not be loaded; nothing is changed then.
    package func load(
        _ newer: Organisation, as staff: StaffID, reason: String?
    ) throws -> LoadedOrganisation {
        try actor(staff).require(.organisation, atLeast: .bank)
        let books = try firstTierCodes.flatMap { code in
            try translating { try firstTier(code).database.readState { try $0.books(of: code) } }
        }
        return try inBank { db in
            let held = try db.organisation(openedBy: secrets.cipher)
            let succession = Succession(of: held, by: newer)
            let faults = succession.faults + succession.faults(of: books, before: held)
            guard faults.isEmpty else { throw OrganisationRefused(faults) }
            let version = try db.organisationVersion()
            guard succession.organisation != held else {
                return LoadedOrganisation(
                    succession: succession, version: version, isChanged: false)
            }
            // NB: a head office that came out of a backup counts from where it was then; by the
            // clock its next version is newer than any that a node holds.
            let next = max(version + 1, world.now() / 1000)
            try db.replaceOrganisation(with: succession.organisation, sealedBy: secrets.cipher)
            try db.execute(
                prepared: "UPDATE headOffice SET organisationVersion = ?", arguments: [next])
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: staff.rawValue, action: .organisationLoaded,
                    subject: nil,
                    detail: [
                        "reason": JSONValue(reason),
                        "staffAdded": JSONValue(succession.staffAdded.count),
                        "staffEnded": .array(succession.staffEnded.map { JSONValue($0) }),
                        "unitsAdded": .array(succession.unitsAdded.map { JSONValue($0) }),
                        "unitsClosed": .array(succession.unitsClosed.map { JSONValue($0) }),
                        "version": .int(next),
                    ]))
            return LoadedOrganisation(succession: succession, version: next, isChanged: true)
        }
    }
}

extension Database {
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
