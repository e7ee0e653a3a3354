package import Bank
package import Sealing

// What a stored claim, decision or settlement record has to be, wherever it lies.

extension Claim {
    /// Whether a stored text is the claim that its name says.
    package static func isWhole(_ content: String, named id: ClaimID) -> Bool {
        guard let json = try? JSONValue(reading: Array(content.utf8)) else { return false }
        // Bytes and value: the name is the hash of the canonical bytes that are stored.
        return json.description == content && Claim(verifying: id, content: json) != nil
    }
}

extension SettlementRecord {
    /// The record of a stored text, where it is one in canonical form and the key signed it.
    package static func verified(
        _ text: String, signature: String, by key: VerificationKey
    ) -> SettlementRecord? {
        guard let json = try? JSONValue(reading: Array(text.utf8)), json.description == text,
            let record = SettlementRecord(json: json), record.isSigned(signature, by: key)
        else { return nil }
        return record
    }
}
