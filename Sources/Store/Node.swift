package import Bank
import GRDB
import Vault

/// The node itself: which outlet it serves, and how head office knows it.
package struct Node: Hashable, Sendable {
    package let outlet: UnitCode
    package let firstTier: UnitCode
    /// Base URL; nil for a node on its own.
    package let headOffice: String?
    /// Made at init; a second node of one outlet has another.
    package let name: String
    package let epoch: Int64
    /// The key that signs the first-tier branch's settlements, in hexadecimal.
    package let settlementKey: String?
    package let organisationVersion: Int64

    package init(
        outlet: UnitCode, firstTier: UnitCode, headOffice: String? = nil, name: String,
        epoch: Int64 = 1, settlementKey: String? = nil, organisationVersion: Int64 = 0
    ) {
        self.outlet = outlet
        self.firstTier = firstTier
        self.headOffice = headOffice
        self.name = name
        self.epoch = epoch
        self.settlementKey = settlementKey
        self.organisationVersion = organisationVersion
    }

    func insert(_ db: Database) throws {
        try db.execute(
            prepared: """
                INSERT INTO node (
                    id, outlet, firstTier, headOffice, nodeName, epoch, settlementKey,
                    organisationVersion)
                VALUES (1, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                outlet, firstTier, headOffice, name, epoch, settlementKey, organisationVersion,
            ])
        try db.execute(prepared: "UPDATE lane SET epoch = ?", arguments: [epoch])
    }

    static func fetch(_ db: Database) throws -> Node {
        guard
            let row = try Row.fetchOne(
                db,
                prepared: """
                    SELECT outlet, firstTier, headOffice, nodeName, epoch, settlementKey,
                        organisationVersion
                    FROM node
                    """)
        else { throw StoreError.damaged("node") }
        return Node(
            outlet: try row.value("outlet"), firstTier: try row.value("firstTier"),
            headOffice: try row.value("headOffice"),
            name: try row.value("nodeName"), epoch: try row.value("epoch"),
            settlementKey: try row.value("settlementKey"),
            organisationVersion: try row.value("organisationVersion"))
    }
}
