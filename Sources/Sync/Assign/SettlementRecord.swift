package import Bank
package import Sealing

/// What the first-tier branch signs when it has settled a customer's claims, chained to the record
/// before it. Every outlet of the branch gets it; the decision behind `digest` goes to those that
/// serve the customer.
package struct SettlementRecord: Hashable, Sendable {
    package let firstTier: UnitCode
    /// 1, 2, 3 … within the first-tier branch.
    package let number: Int64
    /// Hash of the record before; empty for the first.
    package let previous: String
    package let customer: CustomerNumber
    /// The owner's claim; nil where the customer is settled as unowned.
    package let claim: ClaimID?
    package let owner: Ownership.Owner?
    package let rule: Decision.Rule
    package let rulesVersion: String
    package let digest: String
    /// What was read, where it says more than the fields above, as a later version's does: hash and
    /// signature are over all of it.
    private var received: JSONValue?

    package init(_ decision: Decision, number: Int64, previous: String) {
        firstTier = decision.firstTier
        self.number = number
        self.previous = previous
        customer = decision.customer
        claim = decision.owner?.id
        owner = decision.owner.flatMap(Ownership.Owner.init)
        rule = decision.rule
        rulesVersion = decision.rulesVersion
        digest = decision.digest.hex
    }

    package var json: JSONValue { received ?? fields }

    /// The record without what this version does not know of it.
    package var known: SettlementRecord {
        var record = self
        record.received = nil
        return record
    }

    private var fields: JSONValue {
        [
            "claim": JSONValue(claim), "customer": JSONValue(customer), "digest": .string(digest),
            "firstTier": JSONValue(firstTier), "manager": JSONValue(owner?.manager),
            "number": .int(number), "outlet": JSONValue(owner?.outlet),
            "previous": .string(previous), "rule": .string(rule.rawValue),
            "rulesVersion": .string(rulesVersion), "since": JSONValue(owner?.since),
        ]
    }

    /// Nil where it is none, or its number is one that nobody gets to by counting.
    package init?(json: JSONValue) {
        guard let firstTier = json["firstTier"]?.string, let number = json["number"]?.int,
            let previous = json["previous"]?.string, let customer = json["customer"]?.string,
            let rule = json["rule"]?.string.flatMap(Decision.Rule.init(rawValue:)),
            let rulesVersion = json["rulesVersion"]?.string, let digest = json["digest"]?.string,
            // The numbers beside it are looked up.
            (1...(1 << 52)).contains(number)
        else { return nil }
        self.firstTier = UnitCode(firstTier)
        self.number = number
        self.previous = previous
        self.customer = CustomerNumber(customer)
        claim = json["claim"]?.string.map { ClaimID($0) }
        if let outlet = json["outlet"]?.string, let since = json["since"]?.day {
            owner = Ownership.Owner(
                manager: json["manager"]?.string.map { StaffID($0) }, outlet: UnitCode(outlet),
                since: since)
        } else {
            owner = nil
        }
        self.rule = rule
        self.rulesVersion = rulesVersion
        self.digest = digest
        if json != fields { received = json }
    }

    package var hash: Digest { Digest.sha256(json.canonicalBytes) }

    package func signature(by key: SigningKey) -> String {
        hexadecimal(key.sign(json.canonicalBytes))
    }

    package func isSigned(_ signature: String, by key: VerificationKey) -> Bool {
        guard let bytes = bytes(hexadecimal: signature) else { return false }
        return key.isValid(bytes, for: json.canonicalBytes)
    }
}
