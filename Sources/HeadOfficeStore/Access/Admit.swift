import Bank
import Certificates
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// A node that was away for longer than its certificate lasts may still renew it for so long:
    /// after that somebody carries a token there.
    private static let renewalGrace: Int64 = 180 * 24 * 60 * 60 * 1000
    /// A node renews once in sixty days; what asks more often in one day is broken or hostile.
    private static let mostRenewalsInADay = 24

    /// The node whose certificate was shown in the TLS handshake, or the refusal.
    ///
    /// What counts is the list of the certificates that were given out, by fingerprint: whatever
    /// stands in it is the authority's own. A certificate that is not in it is looked at only to
    /// say why it is refused.
    package func node(showing certificate: [UInt8]?) throws -> EnrolledNode {
        try admit(certificate, toRenew: false).node
    }

    /// The node whose certificate is good for a renewal, or the refusal. One that has expired, or
    /// that a later one superseded (a node restored from a backup), is good for this and for
    /// nothing else.
    package func renewing(showing certificate: [UInt8]?) throws -> RenewingNode {
        RenewingNode(listed: try admit(certificate, toRenew: true))
    }

    /// A new certificate for a node whose old one is in its last third.
    package func renew(
        _ request: RenewalRequest, for renewing: RenewingNode
    ) throws -> RenewalReply {
        let listed = renewing.listed
        guard let asked = CertificateRequest(bytes: request.certificateRequest),
            let holder = CertifiedNode(
                firstTier: listed.node.firstTier.rawValue, outlet: listed.node.outlet.rawValue,
                name: listed.node.name)
        else { throw ExchangeError.malformed }
        return try inBank { db in
            let now = world.now()
            let lastThird = listed.validThrough - (listed.validThrough - listed.validFrom) / 3
            let lately = try Int.fetchOne(
                db,
                prepared: "SELECT count(*) FROM nodeCertificate WHERE outlet = ? AND validFrom > ?",
                arguments: [listed.node.outlet, now - 24 * 60 * 60 * 1000])
            guard listed.state == .superseded || now >= lastThird,
                (lately ?? 0) < Self.mostRenewalsInADay
            else { throw ExchangeError.renewalNotDue }
            // An answer that was lost on the way: nobody has that certificate. Not at once, since the
            // same question may have come twice, and the first answer is the one that arrived.
            try db.execute(
                prepared: """
                    DELETE FROM nodeCertificate
                    WHERE outlet = ? AND state = 'issued' AND validFrom <= ?
                    """,
                arguments: [listed.node.outlet, now - 24 * 60 * 60 * 1000])
            let certificate = try issue(asked, to: holder, db)
            try db.audit(
                AuditEntry(
                    at: now, actor: "node:\(holder.name)", action: .certificateRenewed,
                    subject: holder.outlet,
                    detail: ["certificate": .string(certificate.fingerprint.hex)]))
            return RenewalReply(certificate: certificate.bytes)
        }
    }

    private func admit(_ shown: [UInt8]?, toRenew: Bool) throws -> ListedCertificate {
        guard let shown else { throw ExchangeError.noCertificate }
        let fingerprint = Digest.sha256(shown)
        let (known, home) = try translating {
            try bank.readState { db in
                let known = try ListedCertificate.fetch(fingerprint, db)
                return (known, try known.flatMap { try db.firstTier(of: $0.node.outlet) })
            }
        }
        guard let known else {
            try adopt(shown)
            return try admit(shown, toRenew: toRenew)
        }
        try check(known, toRenew: toRenew)
        if let home, home != known.node.firstTier { throw WrongFirstTier(firstTier: home) }
        if known.state == .issued { try noteFirstUse(of: known) }
        return known
    }

    private func check(_ listed: ListedCertificate, toRenew: Bool) throws(ExchangeError) {
        let now = world.now()
        if listed.state == .revoked || listed.isNodeRevoked { throw .revoked }
        if listed.isNodeReplaced { throw .replaced }
        if listed.state == .superseded, !toRenew { throw .certificateSuperseded }
        if now < listed.validFrom { throw .certificateNotYetValid }
        let grace = toRenew ? Self.renewalGrace : 0
        if now >= listed.validThrough + grace { throw .certificateExpired }
    }

    /// Before a new certificate was shown, nobody can know that the node has it; from then on the
    /// ones before are of no use.
    private func noteFirstUse(of listed: ListedCertificate) throws {
        try inBank { db in
            try db.execute(
                prepared: """
                    UPDATE nodeCertificate
                    SET state = CASE WHEN id = ?1 THEN 'used' ELSE 'superseded' END
                    WHERE outlet = ?2 AND id <= ?1 AND state IN ('issued', 'used')
                    """,
                arguments: [listed.id, listed.node.outlet])
        }
    }

    /// Enters a certificate of our own that the list lacks, as it does where head office was
    /// restored from a backup: of the outlet's present node, and younger than any other of it, so
    /// that none that was ever withdrawn comes back.
    private func adopt(_ shown: [UInt8]) throws {
        guard let certificate = Certificate(bytes: shown), let holder = certificate.node,
            certificate.isIssued(by: authority.certificate, for: .client)
        else { throw ExchangeError.certificateUnknown }
        try inBank { db in
            let outlet = UnitCode(holder.outlet)
            let row = try Row.fetchOne(
                db,
                prepared: """
                    SELECT nodeName, firstTier, revokedAt,
                        (SELECT max(validFrom) FROM nodeCertificate WHERE outlet = node.outlet)
                            AS latest
                    FROM node WHERE outlet = ?
                    """,
                arguments: [outlet])
            guard let row, try row.value("nodeName") == holder.name,
                try row.value("firstTier") == holder.firstTier,
                try (row.value("revokedAt") as Int64?) == nil,
                certificate.validFrom > (try row.value("latest") as Int64? ?? 0)
            else { throw ExchangeError.notEnrolled }
            try db.enter(certificate, of: holder)
            try db.audit(
                AuditEntry(
                    at: world.now(), actor: "node:\(holder.name)", action: .certificateAdopted,
                    subject: holder.outlet,
                    detail: ["certificate": .string(certificate.fingerprint.hex)]))
        }
    }
}

/// A node that showed what it may renew.
package struct RenewingNode: Sendable {
    fileprivate let listed: ListedCertificate
}

/// A certificate of the list, with what is known of its holder now.
private struct ListedCertificate {
    enum State: String {
        case issued, used, superseded, revoked
    }

    let id: Int64
    let state: State
    let validFrom: Int64
    let validThrough: Int64
    let node: EnrolledNode
    let isNodeReplaced: Bool
    let isNodeRevoked: Bool

    static func fetch(_ fingerprint: Digest, _ db: Database) throws -> ListedCertificate? {
        let row = try Row.fetchOne(
            db,
            prepared: """
                SELECT c.id, c.state, c.validFrom, c.validThrough, c.nodeName, c.outlet,
                    n.firstTier, n.epoch, n.nodeName <> c.nodeName AS isReplaced,
                    n.revokedAt IS NOT NULL AS isRevoked
                FROM nodeCertificate AS c
                JOIN node AS n ON n.outlet = c.outlet
                WHERE c.fingerprint = ?
                """,
            arguments: [Blob(fingerprint.bytes)])
        guard let row else { return nil }
        guard let state = State(rawValue: try row.value("state")) else {
            throw StoreError.damaged("nodeCertificate.state")
        }
        return ListedCertificate(
            id: try row.value("id"), state: state, validFrom: try row.value("validFrom"),
            validThrough: try row.value("validThrough"),
            node: EnrolledNode(
                outlet: try row.value("outlet"), firstTier: try row.value("firstTier"),
                name: try row.value("nodeName"),
                epoch: try row.value("epoch")),
            isNodeReplaced: try row.value("isReplaced"), isNodeRevoked: try row.value("isRevoked"))
    }
}

extension Database {
    /// The first-tier branch above a unit, as the organisation has it now.
    fileprivate func firstTier(of outlet: UnitCode) throws -> UnitCode? {
        try UnitCode.fetchOne(
            self,
            prepared: """
                WITH RECURSIVE above (code, level, parent) AS (
                    SELECT code, level, parent FROM unit WHERE code = ?
                    UNION
                    SELECT unit.code, unit.level, unit.parent
                    FROM unit JOIN above ON unit.code = above.parent)
                SELECT code FROM above WHERE level = 'first-tier'
                """,
            arguments: [outlet])
    }
}
