import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// Whoever has the key among the customers of the asking node's first-tier branch, with owner,
    /// pool and tier, and no balances. The look is audited under the node with who asked there,
    /// whether it finds somebody or not, and never with the key.
    package func query(_ request: QueryRequest, from node: EnrolledNode) throws -> QueryReply {
        let tier = try firstTier(node.firstTier)
        let calendar = try TierCalendar(of: node.firstTier, bank: bank, now: world.now())
        // One made before the branch was has no indexes of its own.
        let indexing = ring["index-\(node.firstTier)"].map { secrets.indexing(under: $0) }
        let reply = try translating {
            try tier.database.readState { db in
                try refuseCopy(db, request, node)
                return QueryReply(
                    asOf: world.now(), closedThrough: try db.lastTierClose(),
                    found: try customers(db, request, indexing).prefix(QueryReply.mostFound).map {
                        try found(db, tier, calendar, $0.number, by: $0.kind)
                    })
            }
        }
        try audit(request, node, reply, indexing)
        return reply
    }

    /// While a copy of the outlet's node is shut out, an answer is for the node that has what head
    /// office said last: both show one certificate.
    private func refuseCopy(
        _ db: Database, _ request: QueryRequest, _ node: EnrolledNode
    ) throws {
        let fenced = try String.fetchOne(
            db, prepared: "SELECT fencedAs FROM nodeState WHERE outlet = ?",
            arguments: [node.outlet])
        guard let fenced else { return }
        for lane in Lane.allCases {
            let kept = receipt(try db.checkpoint(of: node, on: lane), of: node, on: lane)
            guard request.receipts[lane] == kept else {
                throw ExchangeError(rawValue: fenced) ?? .suspectedCopy
            }
        }
    }

    /// In the order of their numbers; whom CIF has merged into another is that other.
    private func customers(
        _ db: Database, _ request: QueryRequest, _ indexing: Secrets?
    ) throws -> [(number: CustomerNumber, kind: StrongKey.Kind)] {
        var kinds: [CustomerNumber: StrongKey.Kind] = [:]
        func note(_ numbers: [CustomerNumber], _ kind: StrongKey.Kind) throws {
            for number in numbers {
                let number = try db.survivor(of: number)
                kinds[number] = kinds[number] ?? kind
            }
        }
        if let number = request.number, try db.knows(number) { try note([number], .customer) }
        for index in QueryRequest.Index.allCases {
            guard let kind = index.kind else { continue }
            for text in request.indexes[index] ?? [] {
                let value = Blob(bytes(hexadecimal: text) ?? [])
                try note(db.customers(with: value, index), kind)
                try note(db.owned(with: Secrets.published(value, of: kind)), kind)
            }
        }
        if let indexing {
            for text in request.indexes[.name] ?? [] {
                try note(named(db, text, request, indexing), .name)
            }
        }
        return kinds.sorted { $0.key < $1.key }.map { (number: $0.key, kind: $0.value) }
    }

    /// Of everybody of the name those whose identity number ends so: few have one name.
    private func named(
        _ db: Database, _ name: String, _ request: QueryRequest, _ indexing: Secrets
    ) throws -> [CustomerNumber] {
        let wanted = Set(request.indexes[.nameAndLastFour] ?? [])
        return try Row.fetchAll(
            db, prepared: "SELECT * FROM customer WHERE nameIndex = ?",
            arguments: [Blob(bytes(hexadecimal: name) ?? [])]
        ).compactMap { row -> CustomerNumber? in
            let identity = try opened(row)
            guard let name = identity.name, let idNumber = identity.idNumber else { return nil }
            let keys = IdentityNumber.lastFours(of: IdentityNumber.normal(idNumber))
                .compactMap { StrongKey(name: name, lastFour: $0) }
            guard
                keys.contains(where: { key in
                    indexing.indexes(of: key).contains { wanted.contains(hexadecimal($0.bytes)) }
                })
            else { return nil }
            return try row.value("number") as CustomerNumber
        }
    }

    private func found(
        _ db: Database, _ tier: FirstTier, _ calendar: TierCalendar, _ number: CustomerNumber,
        by kind: StrongKey.Kind
    ) throws -> QueryReply.Found {
        let row = try Row.fetchOne(
            db,
            prepared: """
                SELECT * FROM customer WHERE number = ? ORDER BY factsFrom DESC, outlet LIMIT 1
                """,
            arguments: [number])
        let identity = try row.map(opened)
        let unsettled = try openClaims(db, tier, calendar, on: number)
        let settled = try db.settledClaim(on: number)
        let ownership = Ownership(settled: settled, unsettled: unsettled)
        let history = OwnershipHistory(
            claims: try db.knownClaims(on: number), settled: try db.settledHistory(of: number),
            provisional: unsettled.isEmpty
                ? nil
                : Settlement(
                    customer: number, firstTier: tier.code, previous: settled, claims: unsettled
                ).decide())
        return QueryReply.Found(
            customer: number, by: kind, name: identity?.name.map { Mask.name($0) },
            idNumber: identity?.idNumber.map { Mask.idNumber($0) },
            mobile: identity?.mobile.map { Mask.mobile($0) }, owner: ownership.owner,
            state: ownership.state,
            standing: try db.latestTierStanding(of: number).map {
                QueryReply.Standing(
                    pool: $0.standing.pool, poolSince: $0.standing.poolSince,
                    tier: $0.standing.tier, activeCard: $0.activeCard)
            }, history: history.periods.suffix(QueryReply.mostPeriods))
    }

    private func opened(
        _ row: Row
    ) throws -> (name: String?, idNumber: String?, mobile: String?) {
        let (outlet, number): (String, String) = (try row.value("outlet"), try row.value("number"))
        func open(_ column: String) throws -> String? {
            try secrets.open(try row.value(column), "customer", "\(outlet)/\(number)", column)
        }
        return (try open("name"), try open("idNumber"), try open("mobile"))
    }

    private func audit(
        _ request: QueryRequest, _ node: EnrolledNode, _ reply: QueryReply, _ indexing: Secrets?
    ) throws {
        func note(_ subject: String?, _ detail: [String: JSONValue]) throws {
            let asked: [String: JSONValue] = [
                "as": .string(request.actor), "outlet": JSONValue(node.outlet),
            ]
            try audit(
                .lookedUpOwner, by: "node:\(node.name)", on: subject,
                detail: .object(detail.merging(asked) { $1 }))
        }
        for found in reply.found {
            try note(
                found.customer.rawValue,
                found.by == .customer ? [:] : ["by": JSONValue(found.by?.rawValue)])
        }
        guard reply.found.isEmpty else { return }
        // What nobody knows may be a card's number that was taken for a customer's.
        var keys = request.indexes.flatMap { index, texts in
            index.kind.map { kind in
                texts.map { Secrets.published(Blob(bytes(hexadecimal: $0) ?? []), of: kind) }
            } ?? []
        }
        if let number = request.number, let indexing {
            keys += indexing.published(.customer(number))
        }
        try note(nil, ["by": .array(keys.sorted().map(JSONValue.string)), "found": 0])
    }
}

extension QueryRequest.Index {
    /// The kind of key that finds somebody by itself; nil for a name.
    fileprivate var kind: StrongKey.Kind? {
        switch self {
        case .idNumber: .identity
        case .mobile: .mobile
        case .account: .account
        case .card: .card
        case .nameAndLastFour: .name
        case .name: nil
        }
    }
}

extension Database {
    /// By the outlets' extracts, which bring no accounts and cards here.
    fileprivate func customers(
        with value: Blob, _ index: QueryRequest.Index
    ) throws -> [CustomerNumber] {
        guard index == .idNumber || index == .mobile else { return [] }
        return try CustomerNumber.fetchAll(
            self,
            prepared: index == .mobile
                ? "SELECT number FROM customer WHERE mobileIndex = ?"
                : "SELECT number FROM customer WHERE idNumberIndex = ?",
            arguments: [value])
    }

    /// By what the outlets that own them say.
    func owned(with published: String) throws -> [CustomerNumber] {
        try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT customerKey.customer FROM customerKeyIndex
                JOIN customerKey USING (outlet, id)
                JOIN ownership ON ownership.customer = customerKey.customer
                    AND ownership.outlet = customerKey.outlet
                WHERE customerKeyIndex.value = ?
                """,
            arguments: [published])
    }
}
