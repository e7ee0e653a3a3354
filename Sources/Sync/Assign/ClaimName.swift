package import Bank
package import Sealing

extension Claim {
    /// A new claim, named by the SHA-256 of its canonical bytes.
    package static func make(
        customer: CustomerNumber, firstTier: UnitCode, author: UnitCode, kind: Kind,
        base: ClaimID?, outlet: UnitCode?, manager: StaffID?, evidence: Evidence,
        businessDate: BusinessDay, stamp: HybridStamp, enteredBy: StaffID
    ) -> Claim {
        func claim(_ id: ClaimID) -> Claim {
            Claim(
                id: id, customer: customer, firstTier: firstTier, author: author, kind: kind,
                base: base, outlet: outlet, manager: manager, evidence: evidence,
                businessDate: businessDate, stamp: stamp.description, enteredBy: enteredBy)
        }
        return claim(name(of: claim("").content))
    }

    /// Nil unless `id` is the hash of the content and the content is that of a claim.
    package init?(verifying id: ClaimID, content: JSONValue) {
        guard Self.name(of: content) == id else { return nil }
        self.init(id: id, content: content)
    }

    /// Whether the name is the hash of what is kept and sent under it.
    package var hasItsName: Bool { Self.name(of: content) == id }

    private static func name(of content: JSONValue) -> ClaimID {
        ClaimID(Digest.sha256(content.canonicalBytes).hex)
    }
}

extension Decision {
    /// Names the decision; equal wherever the same claims were decided by the same rules.
    package var digest: Digest { Digest.sha256(content.canonicalBytes) }
}
