package import Bank
import Sealing

/// Whoever asks is told which authority head office has: `POST /v1/authority`, the one message that
/// a node sends before it can know whom it speaks to.
package struct AuthorityReply: Sendable {
    /// The authority's certificate, DER; good for nothing until its fingerprint was compared.
    package let certificate: [UInt8]
    /// Head office's clock, milliseconds since 1970-01-01 UTC.
    package let now: Int64

    package init(certificate: [UInt8], now: Int64) {
        self.certificate = certificate
        self.now = now
    }

    package var json: JSONValue {
        [
            "authority": .string(hexadecimal(certificate)), "now": .int(now),
            "protocol": .int(Message.version),
        ]
    }

    package init?(json: JSONValue) {
        guard let certificate = json["authority"]?.string.flatMap(bytes(hexadecimal:)),
            let now = json["now"]?.int
        else { return nil }
        self.init(certificate: certificate, now: now)
    }
}

/// A node asks to come in: `POST /v1/enrolment`.
package struct EnrolmentRequest: Sendable {
    /// The secret half of the token.
    package let token: String
    package let outlet: UnitCode
    /// Made by the node for itself.
    package let nodeName: String
    /// The node's wish for a certificate, DER.
    package let certificateRequest: [UInt8]
    /// The branch whose customers the node holds already; nil for a new one.
    package let firstTier: UnitCode?

    package init(
        token: String, outlet: UnitCode, nodeName: String, certificateRequest: [UInt8],
        firstTier: UnitCode? = nil
    ) {
        self.token = token
        self.outlet = outlet
        self.nodeName = nodeName
        self.certificateRequest = certificateRequest
        self.firstTier = firstTier
    }

    package var json: JSONValue {
        var json: [String: JSONValue] = [
            "certificateRequest": .string(hexadecimal(certificateRequest)),
            "node": .string(nodeName), "outlet": JSONValue(outlet),
            "protocol": .int(Message.version), "token": .string(token),
        ]
        if let firstTier { json["firstTier"] = JSONValue(firstTier) }
        return .object(json)
    }

    package init?(json: JSONValue) {
        guard let token = json["token"]?.string, let outlet = json["outlet"]?.string,
            let nodeName = json["node"]?.string, !nodeName.isEmpty,
            let request = json["certificateRequest"]?.string.flatMap(bytes(hexadecimal:))
        else { return nil }
        self.init(
            token: token, outlet: UnitCode(outlet), nodeName: nodeName,
            certificateRequest: request, firstTier: json["firstTier"]?.string.map { UnitCode($0) })
    }
}

/// What a node needs to know and to keep once it is in.
package struct EnrolmentReply: Sendable {
    package let outlet: UnitCode
    package let firstTier: UnitCode
    package let epoch: Int64
    /// What the node shows from now on, DER.
    package let certificate: [UInt8]
    /// Key of the first-tier branch's blind indexes, hexadecimal.
    package let indexKey: String
    /// Public key that signs the first-tier branch's settlements, hexadecimal.
    package let settlementKey: String
    package let organisationVersion: Int64
    package let organisation: JSONValue

    package init(
        outlet: UnitCode, firstTier: UnitCode, epoch: Int64, certificate: [UInt8],
        indexKey: String, settlementKey: String, organisationVersion: Int64,
        organisation: JSONValue
    ) {
        self.outlet = outlet
        self.firstTier = firstTier
        self.epoch = epoch
        self.certificate = certificate
        self.indexKey = indexKey
        self.settlementKey = settlementKey
        self.organisationVersion = organisationVersion
        self.organisation = organisation
    }

    package var json: JSONValue {
        [
            "certificate": .string(hexadecimal(certificate)), "epoch": .int(epoch),
            "firstTier": JSONValue(firstTier), "indexKey": .string(indexKey),
            "organisation": organisation, "organisationVersion": .int(organisationVersion),
            "outlet": JSONValue(outlet), "protocol": .int(Message.version),
            "settlementKey": .string(settlementKey),
        ]
    }

    package init?(json: JSONValue) {
        guard let outlet = json["outlet"]?.string, let firstTier = json["firstTier"]?.string,
            let epoch = json["epoch"]?.int,
            let certificate = json["certificate"]?.string.flatMap(bytes(hexadecimal:)),
            let indexKey = json["indexKey"]?.string,
            let settlementKey = json["settlementKey"]?.string,
            let version = json["organisationVersion"]?.int, let organisation = json["organisation"]
        else { return nil }
        self.init(
            outlet: UnitCode(outlet), firstTier: UnitCode(firstTier), epoch: epoch,
            certificate: certificate, indexKey: indexKey, settlementKey: settlementKey,
            organisationVersion: version, organisation: organisation)
    }
}
