import Bank
import GRDB
import Sealing
import Sync
import Vault

/// What head office sent is not what it may send; nothing of it is kept.
package enum UntrustedDelta: Error, Hashable, Sendable {
    case signature(record: Int64)
    case digest(record: Int64)
    case doesNotFollow(record: Int64)
    /// It is not the one that the records beside it are chained to.
    case chain(record: Int64)
    case anotherFirstTier
    case organisation
    /// A new epoch does not begin as one does.
    case epoch
    /// What was to be given back is not the outlet's own.
    case recovery
    /// A snapshot with the hashes that head office named, which is none.
    case snapshot
}

extension BranchStore {
    /// Looks at everything that came together, and writes nothing: so it holds no lock, and of what
    /// is not to be trusted nothing is kept.
    func verify(
        _ db: Database, claims: [Delta.ClaimChange], settled: [Delta.Settled],
        steps: [DisputeStep]
    ) throws {
        guard claims.allSatisfy({ $0.claim.firstTier == node.firstTier }),
            settled.allSatisfy({ $0.record.firstTier == node.firstTier }),
            steps.allSatisfy({ $0.firstTier == node.firstTier })
        else { throw UntrustedDelta.anotherFirstTier }
        let key = node.settlementKey.flatMap(VerificationKey.init(hex:))
        let came = Dictionary(grouping: claims.map(\.claim), by: \.customer)
        var chain = RecordChain()
        for entry in settled {
            let record = entry.record
            guard let key, record.isSigned(entry.signature, by: key) else {
                throw UntrustedDelta.signature(record: record.number)
            }
            try chain.add(record, db)
            if let decision = entry.decision {
                guard Digest.sha256(decision.canonicalBytes).hex == record.digest else {
                    throw UntrustedDelta.digest(record: record.number)
                }
                try runAgain(decision, of: record, db, with: came[record.customer] ?? [])
            }
        }
        for (customer, claims) in came.sorted(by: { $0.key < $1.key }) {
            try runAgain(decisionsOn: customer, with: claims, db)
        }
    }

    /// A decision of rules that this program knows follows from the claims that it names: those
    /// here and those that came with it. Where one of them has not come yet, that is looked at when
    /// it comes: a claim whose outcome changed later than the decision was made may be on a later
    /// page.
    private func runAgain(
        _ decision: JSONValue, of record: SettlementRecord, _ db: Database, with came: [Claim]
    ) throws {
        guard Settlement.isRunnable(decision) else { return }
        guard try db.follows(decision, record, with: came) != false else {
            throw UntrustedDelta.doesNotFollow(record: record.number)
        }
    }

    /// Runs again the decisions here that were waiting for claims. One that is not what was signed
    /// was damaged here: a comparison puts it right, and runs it.
    private func runAgain(
        decisionsOn customer: CustomerNumber, with came: [Claim], _ db: Database
    ) throws {
        let new = try Set(
            came.map(\.id).filter {
                try Row.fetchOne(db, prepared: "SELECT 1 FROM claim WHERE id = ?", arguments: [$0])
                    == nil
            })
        guard !new.isEmpty,
            let key = node.settlementKey.flatMap(VerificationKey.init(hex:))
        else { return }
        let rows = try Row.fetchAll(
            db,
            prepared: """
                SELECT decision.content, coalesce(directory.record, pastRecord.record) AS record,
                    coalesce(directory.signature, pastRecord.signature) AS signature
                FROM decision
                LEFT JOIN directory ON directory.customer = decision.customer
                    AND directory.number = decision.number
                LEFT JOIN pastRecord ON pastRecord.number = decision.number
                WHERE decision.customer = ?
                ORDER BY decision.number
                """,
            arguments: [customer])
        for row in rows {
            guard
                let decision = try? JSONValue(
                    reading: Array((row.value("content") as String).utf8)),
                let text = try row.value("record") as String?,
                let record = (try? JSONValue(reading: Array(text.utf8)))
                    .flatMap(SettlementRecord.init(json:)),
                Digest.sha256(decision.canonicalBytes).hex == record.digest,
                record.isSigned(try row.value("signature"), by: key),
                !new.isDisjoint(with: Settlement.claims(namedIn: decision))
            else { continue }
            try runAgain(decision, of: record, db, with: came)
        }
    }
}
