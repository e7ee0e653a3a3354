package import Bank
import Foundation
import GRDB
import Sealing
package import Sync
import Vault

/// A node as head office knows it.
package struct EnrolledNode: Hashable, Sendable {
    package let outlet: UnitCode
    package let firstTier: UnitCode
    package let name: String
    package let epoch: Int64
}

extension BankStore {
    /// A token is good for this long: a working day to carry it to the outlet.
    private static let tokenMilliseconds: Int64 = 24 * 60 * 60 * 1000

    /// A one-time token that lets a node of the outlet come in.
    package func invite(_ outlet: UnitCode, by actor: String) throws -> String {
        try inBank { db in
            guard let unit = try db.unit(outlet), unit.level == .outlet else {
                throw Refusal(.unknownUnit, ["unit": outlet.rawValue])
            }
            let token = hexadecimal(world.randomBytes(32))
            let now = world.now()
            try db.execute(
                sql: """
                    INSERT INTO enrolmentToken (tokenHash, outlet, issuedAt, expiresAt)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    Blob(Digest.sha256(token).bytes), outlet, now, now + Self.tokenMilliseconds,
                ])
            try db.audit(
                AuditEntry(at: now, actor: actor, action: .invited, subject: outlet.rawValue))
            return token
        }
    }

    /// Lets a node in: from here on it is the outlet's, and one that was before is not.
    package func enrol(_ request: EnrolmentRequest) throws -> EnrolmentReply {
        try inBank { db in
            let outlet = try use(request, db)
            let organisation = try db.organisation(openedBy: secrets.cipher)
            guard let code = organisation.firstTier(of: outlet), let tier = tiers[code],
                let index = ring["index-\(code)"]
            else { throw ExchangeError.internalError }
            let accessKey = hexadecimal(world.randomBytes(32))
            let isTaken = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM node WHERE nodeName = ? AND outlet <> ?)",
                arguments: [request.nodeName, outlet])
            // One outlet's token must not put another outlet's node out.
            guard isTaken == false else { throw ExchangeError.inadmissible }
            let before = try Int64.fetchOne(
                db, sql: "SELECT epoch FROM node WHERE outlet = ?", arguments: [outlet])
            let epoch = (before ?? 0) + 1
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO node (
                        outlet, firstTier, nodeName, epoch, accessKeyHash, enrolledAt)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    outlet, code, request.nodeName, epoch, Blob(Digest.sha256(accessKey).bytes),
                    world.now(),
                ])
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: "node:\(request.nodeName)", action: .enrolled,
                    subject: outlet.rawValue, detail: ["epoch": .int(epoch)]))
            return EnrolmentReply(
                outlet: outlet, firstTier: code, epoch: epoch, accessKey: accessKey,
                indexKey: hexadecimal(index.bytes), settlementKey: tier.key.verificationKey.hex,
                organisationVersion: try db.organisationVersion(),
                organisation: try json(organisation.scoped(to: code)))
        }
    }

    /// The token's outlet; a token is used up by this.
    private func use(_ request: EnrolmentRequest, _ db: Database) throws -> UnitCode {
        let name = Blob(Digest.sha256(request.token).bytes)
        let row = try Row.fetchOne(
            db, sql: "SELECT outlet, expiresAt, usedAt FROM enrolmentToken WHERE tokenHash = ?",
            arguments: [name])
        guard let row else { throw ExchangeError.tokenUnknown }
        guard row["usedAt"] as Int64? == nil else { throw ExchangeError.tokenUsed }
        guard row["expiresAt"] as Int64 > world.now() else { throw ExchangeError.tokenExpired }
        guard row["outlet"] as UnitCode == request.outlet else {
            throw ExchangeError.tokenForAnotherOutlet
        }
        try db.execute(
            sql: "UPDATE enrolmentToken SET usedAt = ? WHERE tokenHash = ?",
            arguments: [world.now(), name])
        return request.outlet
    }

    /// The node that shows this key for the outlet, or the refusal.
    package func node(of outlet: UnitCode, accessKey: String) throws -> EnrolledNode {
        let row = try translating {
            try bank.read { db in
                try Row.fetchOne(
                    db,
                    sql: """
                        SELECT firstTier, nodeName, epoch, accessKeyHash FROM node
                        WHERE outlet = ?
                        """,
                    arguments: [outlet])
            }
        }
        guard let row else { throw ExchangeError.notEnrolled }
        let shown = Digest.sha256(accessKey).bytes
        guard constantTimeEqual(shown, (row["accessKeyHash"] as Blob).bytes) else {
            throw ExchangeError.notEnrolled
        }
        return EnrolledNode(
            outlet: outlet, firstTier: row["firstTier"], name: row["nodeName"],
            epoch: row["epoch"])
    }

    /// Notes that a node said hello.
    package func remember(
        _ node: EnrolledNode, skewMilliseconds: Int64, pending: Int64, delivered: Int64
    ) throws {
        try inBank { db in
            try db.execute(
                sql: """
                    UPDATE node
                    SET contactedAt = ?, skewMilliseconds = ?, reportedPending = ?,
                        deliveredAtHello = ?
                    WHERE outlet = ?
                    """,
                arguments: [world.now(), skewMilliseconds, pending, delivered, node.outlet])
        }
    }

    package func organisationVersion() throws -> Int64 {
        try translating { try bank.read { try $0.organisationVersion() } }
    }

    /// The organisation that a node of the first-tier branch holds.
    func scopedOrganisation(_ code: UnitCode) throws -> JSONValue {
        let organisation = try translating {
            try bank.read { try $0.organisation(openedBy: secrets.cipher) }
        }
        return try json(organisation.scoped(to: code))
    }

    private func json(_ organisation: Organisation) throws -> JSONValue {
        try JSONValue(reading: Array(try JSONEncoder().encode(organisation)))
    }
}

extension Database {
    fileprivate func organisationVersion() throws -> Int64 {
        try Int64.fetchOne(self, sql: "SELECT organisationVersion FROM headOffice") ?? 0
    }
}
