package import Bank
package import Certificates
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

    package init(outlet: UnitCode, firstTier: UnitCode, name: String, epoch: Int64) {
        self.outlet = outlet
        self.firstTier = firstTier
        self.name = name
        self.epoch = epoch
    }
}

extension BankStore {
    /// The hours for which a token is good: a working day to carry it to the outlet, and at most a
    /// month.
    package static let tokenHours = (usual: 24, allowed: 1...720)

    /// A one-time token that lets a node of the outlet come in.
    package func invite(
        _ outlet: UnitCode, by actor: String, hours: Int = tokenHours.usual
    ) throws -> EnrolmentToken {
        precondition(Self.tokenHours.allowed.contains(hours), "a token has its bounds")
        return try inBank { db in
            try db.requireOutlet(outlet)
            guard try db.unit(outlet)?.active == true else {
                throw Refusal(.outletClosed, ["outlet": outlet.rawValue])
            }
            let token = EnrolmentToken(
                secret: hexadecimal(world.randomBytes(32)),
                authority: authority.certificate.fingerprint)
            let now = world.now()
            try db.execute(
                prepared: """
                    INSERT INTO enrolmentToken (tokenHash, outlet, issuedAt, expiresAt)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    Blob(Digest.sha256(token.secret).bytes), outlet, now,
                    now + Int64(hours) * 60 * 60 * 1000,
                ])
            try db.audit(
                AuditEntry(at: now, actor: actor, action: .invited, subject: outlet.rawValue))
            return token
        }
    }

    /// Whether a node of the outlet is enrolled and not shut out.
    package func hasNode(_ outlet: UnitCode) throws -> Bool {
        try translating {
            try bank.readState { db in
                try Bool.fetchOne(
                    db,
                    prepared: """
                        SELECT EXISTS (SELECT 1 FROM node WHERE outlet = ? AND revokedAt IS NULL)
                        """,
                    arguments: [outlet]) ?? false
            }
        }
    }

    /// Lets a node in: from here on it is the outlet's, and one that was before is not.
    ///
    /// A node that is the outlet's already, under the same name, gets a new certificate and goes on
    /// where it was. Whatever is refused leaves the token as it was. Whoever asks again with the
    /// token, the key and the name of before, since the answer was lost, is given the same answer as
    /// long as the token would be good.
    package func enrol(_ request: EnrolmentRequest) throws -> EnrolmentReply {
        guard let asked = CertificateRequest(bytes: request.certificateRequest) else {
            throw ExchangeError.malformed
        }
        return try inBank { db in
            let (outlet, given) = try token(of: request, for: asked, db)
            let organisation = try db.organisation(openedBy: secrets.cipher)
            guard let code = organisation.firstTier(of: outlet), let tier = tiers[code],
                let index = ring["index-\(code)"]
            else { throw ExchangeError.internalError }
            // What the node holds is another branch's: it cannot go on with that here.
            if let held = request.firstTier, held != code { throw WrongFirstTier(firstTier: code) }
            guard
                let holder = CertifiedNode(
                    firstTier: code.rawValue, outlet: outlet.rawValue, name: request.nodeName)
            else { throw ExchangeError.malformed }
            // Before the outlet moved, it was given for another branch.
            if let given, given.node != holder { throw ExchangeError.tokenUsed }
            let certificate: Certificate
            let epoch: Int64
            if let given {
                certificate = given
                epoch = try db.epoch(of: outlet)
            } else {
                epoch = try enter(request.nodeName, outlet, code, db)
                certificate = try issue(asked, to: holder, db)
                try use(request.token, for: certificate, db)
            }
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: "node:\(request.nodeName)", action: .enrolled,
                    subject: outlet.rawValue,
                    detail: [
                        "again": .bool(given != nil),
                        "certificate": .string(certificate.fingerprint.hex), "epoch": .int(epoch),
                    ]))
            return EnrolmentReply(
                outlet: outlet, firstTier: code, epoch: epoch, certificate: certificate.bytes,
                indexKey: hexadecimal(index.bytes), settlementKey: tier.key.verificationKey.hex,
                organisationVersion: try db.organisationVersion(),
                organisation: try json(organisation.scoped(to: code)))
        }
    }

    /// The token's outlet, and the certificate that was given for it where it is the same node that
    /// asks again.
    private func token(
        of request: EnrolmentRequest, for asked: CertificateRequest, _ db: Database
    ) throws -> (outlet: UnitCode, given: Certificate?) {
        let row = try Row.fetchOne(
            db,
            prepared: """
                SELECT outlet, expiresAt, usedAt, certificate FROM enrolmentToken
                WHERE tokenHash = ?
                """,
            arguments: [Blob(Digest.sha256(request.token).bytes)])
        guard let row else { throw ExchangeError.tokenUnknown }
        let isUsed = try (row.value("usedAt") as Int64?) != nil
        let isExpired = try (row.value("expiresAt") as Int64) <= world.now()
        let outlet = try row.value("outlet") as UnitCode
        guard isUsed else {
            guard !isExpired else { throw ExchangeError.tokenExpired }
            guard outlet == request.outlet else { throw ExchangeError.tokenForAnotherOutlet }
            return (outlet, nil)
        }
        let kept = try row.value("certificate") as Blob?
        guard !isExpired, let given = kept.flatMap({ Certificate(bytes: $0.bytes) }),
            given.has(keyOf: asked), given.node?.name == request.nodeName,
            outlet == request.outlet, try db.letsIn(given)
        else { throw ExchangeError.tokenUsed }
        return (outlet, given)
    }

    /// The token lets nobody else in.
    private func use(_ token: String, for certificate: Certificate, _ db: Database) throws {
        try db.execute(
            prepared: "UPDATE enrolmentToken SET usedAt = ?, certificate = ? WHERE tokenHash = ?",
            arguments: [
                world.now(), Blob(certificate.bytes), Blob(Digest.sha256(token).bytes),
            ])
    }

    /// Makes the node the outlet's and gives its epoch; certificates from before count no more.
    private func enter(
        _ name: String, _ outlet: UnitCode, _ firstTier: UnitCode, _ db: Database
    ) throws -> Int64 {
        let before = try Row.fetchOne(
            db, prepared: "SELECT nodeName, firstTier, epoch FROM node WHERE outlet = ?",
            arguments: [outlet])
        try db.execute(
            prepared: """
                UPDATE nodeCertificate SET state = 'superseded'
                WHERE outlet = ? AND state IN ('issued', 'used')
                """,
            arguments: [outlet])
        if let before, try (before.value("nodeName") as String) == name {
            // What it holds is the other branch's: it cannot go on with that here.
            guard try (before.value("firstTier") as UnitCode) == firstTier else {
                throw WrongFirstTier(firstTier: firstTier)
            }
            try db.execute(
                prepared: "UPDATE node SET enrolledAt = ?, revokedAt = NULL WHERE outlet = ?",
                arguments: [world.now(), outlet])
            return try before.value("epoch")
        }
        let wasReplaced = try Bool.fetchOne(
            db,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM nodeCertificate WHERE nodeName = ? AND outlet = ?)
                """,
            arguments: [name, outlet])
        guard wasReplaced != true else { throw ExchangeError.replaced }
        let isTaken = try Bool.fetchOne(
            db,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM node WHERE nodeName = ?1)
                    OR EXISTS (SELECT 1 FROM nodeCertificate WHERE nodeName = ?1)
                """,
            arguments: [name])
        // One outlet's token must not put another outlet's node out, nor bring back under its old
        // name a node that was replaced.
        guard isTaken == false else { throw ExchangeError.inadmissible }
        let epoch = try (before?.value("epoch") as Int64? ?? 0) + 1
        try db.execute(
            prepared: """
                INSERT OR REPLACE INTO node (outlet, firstTier, nodeName, epoch, enrolledAt)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [outlet, firstTier, name, epoch, world.now()])
        return epoch
    }

    /// Notes that a node said hello.
    package func remember(
        _ node: EnrolledNode, skewMilliseconds: Int64, pending: Int64, delivered: Int64
    ) throws {
        try inBank { db in
            try db.execute(
                prepared: """
                    UPDATE node
                    SET contactedAt = ?, skewMilliseconds = ?, reportedPending = ?,
                        deliveredAtHello = ?
                    WHERE outlet = ?
                    """,
                arguments: [world.now(), skewMilliseconds, pending, delivered, node.outlet])
        }
    }

    package func organisationVersion() throws -> Int64 {
        try translating { try bank.readState { try $0.organisationVersion() } }
    }

    /// The organisation that a node of the first-tier branch holds.
    func scopedOrganisation(_ code: UnitCode) throws -> JSONValue {
        let organisation = try translating {
            try bank.readState { try $0.organisation(openedBy: secrets.cipher) }
        }
        return try json(organisation.scoped(to: code))
    }

    func json(_ organisation: Organisation) throws -> JSONValue {
        try JSONValue(reading: Array(try JSONEncoder().encode(organisation)))
    }
}

extension Database {
    func organisationVersion() throws -> Int64 {
        try Int64.fetchOne(self, prepared: "SELECT organisationVersion FROM headOffice") ?? 0
    }

    fileprivate func epoch(of outlet: UnitCode) throws -> Int64 {
        try Int64.fetchOne(
            self, prepared: "SELECT epoch FROM node WHERE outlet = ?", arguments: [outlet]) ?? 0
    }

    /// Whether the certificate is one of its outlet's present node, which was not shut out.
    fileprivate func letsIn(_ certificate: Certificate) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT EXISTS (
                    SELECT 1 FROM nodeCertificate AS given
                    JOIN node ON node.outlet = given.outlet AND node.nodeName = given.nodeName
                    WHERE given.fingerprint = ? AND given.state IN ('issued', 'used')
                        AND node.revokedAt IS NULL)
                """,
            arguments: [Blob(certificate.fingerprint.bytes)]) ?? false
    }
}

extension Database {
    /// Refuses a code that no unit has, and one that some other unit than an outlet has.
    func requireOutlet(_ code: UnitCode) throws {
        guard let unit = try unit(code) else {
            throw Refusal(.unknownUnit, ["unit": code.rawValue])
        }
        guard unit.level == .outlet else {
            throw Refusal(.notAnOutlet, ["unit": code.rawValue])
        }
    }
}
