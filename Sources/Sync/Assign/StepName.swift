package import Bank
import Sealing

extension DisputeStep {
    /// The step under the name that its content gives it.
    package var named: DisputeStep {
        DisputeStep(
            id: Self.name(of: content), begins: begins, customer: customer, firstTier: firstTier,
            author: author, kind: kind, outlet: outlet, manager: manager,
            counterParty: counterParty, against: against, claim: claim, evidence: evidence,
            opinion: opinion, newEvidence: newEvidence, businessDate: businessDate, stamp: stamp,
            enteredBy: enteredBy)
    }

    /// Nil unless `id` is the hash of the content and the content is that of a step.
    package init?(verifying id: DisputeStepID, content: JSONValue) {
        guard Self.name(of: content) == id else { return nil }
        self.init(id: id, content: content)
    }

    private static func name(of content: JSONValue) -> DisputeStepID {
        DisputeStepID(Digest.sha256(content.canonicalBytes).hex)
    }
}
