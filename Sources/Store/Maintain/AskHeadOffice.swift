import Bank
import GRDB
import Sealing
package import Sync
import Vault

// The single-customer query with a line: head office knows everybody of the first-tier branch.

extension BranchStore {
    /// What to ask head office about a key; nil where the outlet serves whoever was found, where
    /// there is nobody to ask, and where head office has shut this node out.
    func question(
        by keys: [StrongKey], saysNumber: Bool, about search: OwnerSearch, actor: String
    ) throws -> QueryRequest? {
        guard node.headOffice != nil, !search.found.contains(where: \.isServed) else { return nil }
        var number: CustomerNumber?
        var indexes: [QueryRequest.Index: [String]] = [:]
        for key in keys {
            if case .customer(let asked) = key {
                if saysNumber { number = asked }
                continue
            }
            guard let index = QueryRequest.Index(rawValue: key.indexed.kind) else { continue }
            indexes[index] = secrets.indexes(of: key).map { hexadecimal($0.bytes) }
            if case .name(let name, _) = key {
                indexes[.name] = [hexadecimal(secrets.blind.index("name", name))]
            }
        }
        guard number != nil || !indexes.isEmpty else { return nil }
        let (failure, receipts) = try read { db in
            (
                try String.fetchOne(db, prepared: "SELECT failure FROM line"),
                try Dictionary(
                    uniqueKeysWithValues: Lane.allCases.map { ($0, try db.lane($0).receipt) })
            )
        }
        switch failure.flatMap(ExchangeError.init(rawValue:)) {
        case .suspectedCopy, .corrupted, .revoked, .replaced: return nil
        default: break
        }
        return QueryRequest(actor: actor, number: number, indexes: indexes, receipts: receipts)
    }

    /// A query with head office's answer in the place of what is known here of others' customers;
    /// each look at what came is audited.
    package func complete(
        _ known: CustomerSearch, by reply: QueryReply, actor: String
    ) throws -> CustomerSearch {
        for found in reply.found {
            try audit(
                .lookedUpOwner, by: actor, on: found.customer.rawValue,
                detail: ["answeredBy": "head-office"])
        }
        var completed = known
        completed.reply = reply
        guard !reply.found.isEmpty else { return completed }
        completed.customers = try read { db in
            try reply.found.map { try told($0, by: reply, db) }
        }
        completed.search = OwnerSearch(
            found: completed.customers.map(\.found),
            isByNumber: reply.found.count == 1 && reply.found.first?.by == .customer,
            isKnown: true, asOf: reply.asOf)
        return completed
    }

    private func told(
        _ found: QueryReply.Found, by reply: QueryReply, _ db: Database
    ) throws -> CustomerQuery {
        CustomerQuery(
            found: OwnerSearch.Found(
                owner: OwnerAnswer(
                    customer: found.customer, firstTier: node.firstTier,
                    ownership: Ownership(owner: found.owner, state: found.state, claim: nil),
                    asOf: reply.asOf, pendingHere: 0,
                    managerName: try found.owner?.manager.flatMap { try db.member($0)?.name },
                    outletName: try found.owner.flatMap { try db.unit($0.outlet)?.name }),
                name: found.name, isServed: try db.customerID(found.customer) != nil),
            facts: CustomerQuery.Facts(
                idNumber: found.idNumber, mobile: found.mobile, pool: found.standing?.pool,
                poolSince: found.standing?.poolSince, tier: found.standing?.tier,
                businessDate: reply.closedThrough, cards: nil,
                activeCard: found.standing?.activeCard, isOfFirstTier: true),
            history: OwnershipHistory(periods: found.history))
    }
}
