package import Bank
package import Sync

extension SettlementRecord {
    /// The record in the names of the commands' documents. The record's own `json` is what is
    /// signed, and keeps the names that its signature is over.
    package var shape: JSONValue {
        [
            "claim": JSONValue(claim), "customer": JSONValue(customer), "digest": .string(digest),
            "first_tier": JSONValue(firstTier), "manager": JSONValue(owner?.manager),
            "number": .int(number), "outlet": JSONValue(owner?.outlet),
            "previous": .string(previous), "rule": .string(rule.rawValue),
            "rules_version": .string(rulesVersion), "since": JSONValue(owner?.since),
        ]
    }
}
