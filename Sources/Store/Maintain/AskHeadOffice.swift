import Bank
import GRDB
import Sealing
package import Sync
import Vault

// The single-customer query with a line: head office knows everybody of the first-tier branch.

extension BranchStore {
    /// What to ask head office about a key; nil where a customer number was asked for whom the outlet
    /// serves, and where there is nobody to ask. Any other key may be somebody else's too.
    func question(
        by keys: [StrongKey], saysNumber: Bool, about search: OwnerSearch, actor: String
    ) throws -> QueryRequest? {
        let isWhole = search.isByNumber && search.found.contains(where: \.isServed)
        guard node.headOffice != nil, !isWhole else { return nil }
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
        let receipts = try read { db in
            try Dictionary(
                uniqueKeysWithValues: Lane.allCases.map { ($0, try db.lane($0).receipt) })
        }
        return QueryRequest(actor: actor, number: number, indexes: indexes, receipts: receipts)
    }

    /// Why there is no use in asking now, by how the last exchange ended: head office has shut this
    /// node out, or there was no line a moment ago, on which nobody shall wait again.
    func whyNotAsk() throws -> Unanswered? {
        let row = try read { try Row.fetchOne($0, prepared: "SELECT * FROM line") }
        guard let code = try row?.value("failure") as String? else { return nil }
        let failure = Unanswered(code: code)
        switch failure.cause {
        case .shutOut: return failure
        case .line:
            // Where no exchange comes by, nobody would say that the line is back.
            let attemptedAt = try row?.value("attemptedAt") as Int64? ?? 0
            return attemptedAt + Self.staysDown > world.now() ? failure : nil
        case .headOffice: return nil
        }
    }

    /// The longest pause between two tries to exchange, and as long again.
    private static let staysDown: Int64 = 10 * 60_000

    /// A query with head office's answer in the place of what is known here of others' customers, and
    /// beside those whom the outlet serves; each look at what came is audited.
    package func complete(
        _ known: CustomerSearch, by reply: QueryReply, actor: String
    ) throws -> CustomerSearch {
        let own = known.customers.filter(\.found.isServed)
        let numbers = Set(own.map(\.found.owner.customer))
        let others = reply.found.filter { !numbers.contains($0.customer) }
        for found in others {
            try audit(
                .lookedUpOwner, by: actor, on: found.customer.rawValue,
                detail: ["answeredBy": "head-office"])
        }
        var completed = known
        completed.reply = reply
        guard !reply.found.isEmpty else { return completed }
        let answered = try read { db in try others.map { try told($0, by: reply, db) } }
        completed.customers = (own + answered).sorted {
            $0.found.owner.customer < $1.found.owner.customer
        }
        completed.search = OwnerSearch(
            found: completed.customers.map(\.found),
            isByNumber: completed.customers.count == 1
                && (own.isEmpty ? others.first?.by == .customer : known.search.isByNumber),
            isKnown: true, asOf: reply.asOf, hasMore: reply.hasMore || known.search.hasMore)
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
