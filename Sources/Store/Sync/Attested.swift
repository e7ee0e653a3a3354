import Bank
import GRDB
package import Sync
import Vault

// What others wrote and head office vouched for goes back to a head office that lost it.

extension BranchStore {
    /// Whether a recovery of head office's has yet to be offered what others wrote.
    package func isToOffer(to recovery: String) throws -> Bool {
        try read { try $0.gaveBackTo() != recovery }
    }

    /// The next names after one, in the order of all names; nil where there are no more.
    package func offer(after name: String) throws -> (offer: Offer, last: String)? {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                prepared: """
                    SELECT id, 1 AS isClaim FROM claim
                    WHERE id > ?1 AND attestation IS NOT NULL
                    UNION ALL
                    SELECT id, 0 FROM disputeStep WHERE id > ?1 AND attestation IS NOT NULL
                    ORDER BY id
                    LIMIT ?2
                    """,
                arguments: [name, Offer.mostNames])
            guard let last = rows.last else { return nil }
            return (
                Offer(
                    claims: try rows.filter { try $0.value("isClaim") }.map { try $0.value("id") },
                    steps: try rows.filter { try !$0.value("isClaim") }
                        .map { try $0.value("id") }), try last.value("id")
            )
        }
    }

    /// What head office lacks of an offer, in messages of a size that it takes.
    package func attested(_ lacking: Offer) throws -> [GivenBack] {
        try read { db in
            var messages: [GivenBack] = []
            var claims: [Claim] = []
            var steps: [DisputeStep] = []
            var attestations: [String: String] = [:]
            var size = 0
            func close() {
                guard !attestations.isEmpty else { return }
                messages.append(
                    GivenBack(
                        settled: [], claims: claims, steps: steps, attestations: attestations,
                        isLast: false))
                (claims, steps, attestations, size) = ([], [], [:], 0)
            }
            func add(_ id: String, _ row: Row, _ content: JSONValue) throws {
                let length = content.description.utf8.count + 300
                if size + length > GivenBack.mostBytes { close() }
                size += length
                attestations[id] = try row.value("attestation")
            }
            for id in lacking.claims {
                let row = try Row.fetchOne(
                    db,
                    prepared: """
                        SELECT id, content, attestation FROM claim
                        WHERE id = ? AND attestation IS NOT NULL
                        """,
                    arguments: [id])
                guard let row else { continue }
                let claim = try db.claim(row)
                try add(id.rawValue, row, claim.content)
                claims.append(claim)
            }
            for id in lacking.steps {
                let row = try Row.fetchOne(
                    db,
                    prepared: """
                        SELECT id, content, attestation FROM disputeStep
                        WHERE id = ? AND attestation IS NOT NULL
                        """,
                    arguments: [id])
                guard let row else { continue }
                let step = try step(row)
                try add(id.rawValue, row, step.content)
                steps.append(step)
            }
            close()
            return messages
        }
    }

    package func rememberGivenBack(to recovery: String) throws {
        try write {
            try $0.execute(prepared: "UPDATE line SET gaveBackTo = ?", arguments: [recovery])
            try $0.tellDiscardedAgain()
        }
    }
}

extension Database {
    /// The last recovery of head office's that got everything from here; empty where none did.
    func gaveBackTo() throws -> String {
        try String.fetchOne(
            self, prepared: "SELECT gaveBackTo FROM line WHERE gaveBackTo IS NOT NULL")
            ?? ""
    }
}
