package import Bank

/// A node asks to come in: `POST /v1/enrolment`.
package struct EnrolmentRequest: Sendable {
    package let token: String
    package let outlet: UnitCode
    /// Made by the node for itself.
    package let nodeName: String

    package init(token: String, outlet: UnitCode, nodeName: String) {
        self.token = token
        self.outlet = outlet
        self.nodeName = nodeName
    }

    package var json: JSONValue {
        [
            "node": .string(nodeName), "outlet": JSONValue(outlet),
            "protocol": .int(Message.version), "token": .string(token),
        ]
    }

    package init?(json: JSONValue) {
        guard let token = json["token"]?.string, let outlet = json["outlet"]?.string,
            let nodeName = json["node"]?.string, !nodeName.isEmpty
        else { return nil }
        self.init(token: token, outlet: UnitCode(outlet), nodeName: nodeName)
    }
}

/// What a node needs to know and to keep once it is in.
package struct EnrolmentReply: Sendable {
    package let outlet: UnitCode
    package let firstTier: UnitCode
    package let epoch: Int64
    /// What the node shows from now on.
    package let accessKey: String
    /// Key of the first-tier branch's blind indexes, hexadecimal.
    package let indexKey: String
    /// Public key that signs the first-tier branch's settlements, hexadecimal.
    package let settlementKey: String
    package let organisationVersion: Int64
    package let organisation: JSONValue

    package init(
        outlet: UnitCode, firstTier: UnitCode, epoch: Int64, accessKey: String, indexKey: String,
        settlementKey: String, organisationVersion: Int64, organisation: JSONValue
    ) {
        self.outlet = outlet
        self.firstTier = firstTier
        self.epoch = epoch
        self.accessKey = accessKey
        self.indexKey = indexKey
        self.settlementKey = settlementKey
        self.organisationVersion = organisationVersion
        self.organisation = organisation
    }

    package var json: JSONValue {
        [
            "accessKey": .string(accessKey), "epoch": .int(epoch),
            "firstTier": JSONValue(firstTier), "indexKey": .string(indexKey),
            "organisation": organisation, "organisationVersion": .int(organisationVersion),
            "outlet": JSONValue(outlet), "protocol": .int(Message.version),
            "settlementKey": .string(settlementKey),
        ]
    }

    package init?(json: JSONValue) {
        guard let outlet = json["outlet"]?.string, let firstTier = json["firstTier"]?.string,
            let epoch = json["epoch"]?.int, let accessKey = json["accessKey"]?.string,
            let indexKey = json["indexKey"]?.string,
            let settlementKey = json["settlementKey"]?.string,
            let version = json["organisationVersion"]?.int, let organisation = json["organisation"]
        else { return nil }
        self.init(
            outlet: UnitCode(outlet), firstTier: UnitCode(firstTier), epoch: epoch,
            accessKey: accessKey, indexKey: indexKey, settlementKey: settlementKey,
            organisationVersion: version, organisation: organisation)
    }
}
