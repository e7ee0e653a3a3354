import Bank
import GRDB
import Sealing
package import Sync
import Vault

extension BankStore {
    /// Whoever has the key among the customers of the asking node's first-tier branch, with owner,
    /// pool and tier, and no balances. The look is audited under the node with who asked there,
    /// whether it finds somebody or not, and never with the key.
    ///
    /// - Throws: `busy` on a full disk: the room that is kept is for the looks of people here.
    package func query(_ request: QueryRequest, from node: EnrolledNode) throws -> QueryReply {
        guard !reserve.isFull else { throw ExchangeError.busy }
        let tier = try firstTier(node.firstTier)
        let calendar = try TierCalendar(of: node.firstTier, bank: bank, now: world.now())
        // One made before the branch was has no indexes of its own.
        let indexing = ring["index-\(node.firstTier)"].map { secrets.indexing(under: $0) }
        let reply = try translating {
            try tier.database.readState { db in
                try refuseCopy(db, request, node)
                let (customers, hasMore) = try customers(db, request, indexing)
                return QueryReply(
                    asOf: world.now(), closedThrough: try db.lastTierClose(),
                    found: try customers.map {
                        try found(db, tier, calendar, $0.number, by: $0.kind)
                    }, hasMore: hasMore)
            }
        }
        let entries = entries(request, node, reply, indexing)
        do {
            try inBank { db in for entry in entries { try db.audit(entry) } }
        } catch StoreError.diskFull {
            throw ExchangeError.busy
        }
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

    /// In the order of their numbers, and whether there are more; whom CIF has merged into another is
    /// that other.
    private func customers(
        _ db: Database, _ request: QueryRequest, _ indexing: Secrets?
    ) throws -> ([(number: CustomerNumber, kind: StrongKey.Kind)], hasMore: Bool) {
        var kinds: [CustomerNumber: StrongKey.Kind] = [:]
        var hasMore = false
        func note(_ numbers: [CustomerNumber], _ kind: StrongKey.Kind) throws {
            hasMore = hasMore || numbers.count >= Self.mostRead
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
                try note(db.customers(with: value, index, atMost: Self.mostRead), kind)
                try note(
                    db.owned(with: Secrets.published(value, of: kind), atMost: Self.mostRead), kind)
            }
        }
        if let indexing {
            for text in request.indexes[.name] ?? [] {
                let (numbers, isCut) = try named(db, text, request, indexing)
                try note(numbers, .name)
                hasMore = hasMore || isCut
            }
        }
        let found = kinds.sorted { $0.key < $1.key }.prefix(QueryReply.mostFound)
        return (
            found.map { (number: $0.key, kind: $0.value) },
            hasMore: hasMore || kinds.count > QueryReply.mostFound
        )
    }

    /// By one index: some more than are told, since two numbers may be one customer's.
    private static let mostRead = 100
    /// Of one name, whose identity numbers are opened.
    private static let mostNamesakes = 5_000

    /// Of everybody of the name those whose identity number ends so, and whether not all were looked
    /// at.
    private func named(
        _ db: Database, _ name: String, _ request: QueryRequest, _ indexing: Secrets
    ) throws -> ([CustomerNumber], isCut: Bool) {
        let wanted = Set(request.indexes[.nameAndLastFour] ?? [])
        guard !wanted.isEmpty else { return ([], isCut: false) }
        let rows = try Row.fetchAll(
            db,
            prepared: """
                SELECT outlet, number, name, idNumber FROM customer WHERE nameIndex = ? LIMIT ?
                """,
            arguments: [Blob(bytes(hexadecimal: name) ?? []), Self.mostNamesakes])
        var found: Set<CustomerNumber> = []
        for row in rows {
            guard let name = try opened(row, "name"), let idNumber = try opened(row, "idNumber")
            else { continue }
            let keys = IdentityNumber.lastFours(of: IdentityNumber.normal(idNumber))
                .compactMap { StrongKey(name: name, lastFour: $0) }
            let isWanted = keys.contains { key in
                indexing.indexes(of: key).contains { wanted.contains(hexadecimal($0.bytes)) }
            }
            if isWanted { found.insert(try row.value("number")) }
            if found.count >= Self.mostRead { break }
        }
        return (found.sorted(), isCut: rows.count >= Self.mostNamesakes)
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
        let identity = try row.map {
            (
                name: try opened($0, "name"), idNumber: try opened($0, "idNumber"),
                mobile: try opened($0, "mobile")
            )
        }
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

    private func opened(_ row: Row, _ column: String) throws -> String? {
        let (outlet, number): (String, String) = (try row.value("outlet"), try row.value("number"))
        return try secrets.open(try row.value(column), "customer", "\(outlet)/\(number)", column)
    }

    /// What the audit keeps of it: an entry for each who was found, or one that nobody was.
    private func entries(
        _ request: QueryRequest, _ node: EnrolledNode, _ reply: QueryReply, _ indexing: Secrets?
    ) -> [AuditEntry] {
        func entry(_ subject: String?, _ detail: [String: JSONValue]) -> AuditEntry {
            let asked: [String: JSONValue] = [
                "as": .string(request.actor), "outlet": JSONValue(node.outlet),
            ]
            return AuditEntry(
                at: world.now(), actor: "node:\(node.name)", action: .lookedUpOwner,
                subject: subject, detail: .object(detail.merging(asked) { $1 }))
        }
        guard reply.found.isEmpty else {
            return reply.found.map { found in
                entry(
                    found.customer.rawValue,
                    found.by == .customer ? [:] : ["by": JSONValue(found.by?.rawValue)])
            }
        }
        // What nobody knows may be a card's number that was taken for a customer's.
        var keys = request.indexes.flatMap { index, texts in
            index.kind.map { kind in
                texts.map { Secrets.published(Blob(bytes(hexadecimal: $0) ?? []), of: kind) }
            } ?? []
        }
        if let number = request.number, let indexing {
            keys += indexing.published(.customer(number))
        }
        return [entry(nil, ["by": .array(keys.sorted().map(JSONValue.string)), "found": 0])]
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
        with value: Blob, _ index: QueryRequest.Index, atMost limit: Int
    ) throws -> [CustomerNumber] {
        guard index == .idNumber || index == .mobile else { return [] }
        return try CustomerNumber.fetchAll(
            self,
            prepared: index == .mobile
                ? "SELECT DISTINCT number FROM customer WHERE mobileIndex = ? LIMIT ?"
                : "SELECT DISTINCT number FROM customer WHERE idNumberIndex = ? LIMIT ?",
            arguments: [value, limit])
    }

    /// By what the outlets that own them say; without `limit` all of them.
    func owned(with published: String, atMost limit: Int = -1) throws -> [CustomerNumber] {
        try CustomerNumber.fetchAll(
            self,
            prepared: """
                SELECT DISTINCT customerKey.customer FROM customerKeyIndex
                JOIN customerKey USING (outlet, id)
                JOIN ownership ON ownership.customer = customerKey.customer
                    AND ownership.outlet = customerKey.outlet
                WHERE customerKeyIndex.value = ? LIMIT ?
                """,
            arguments: [published, limit])
    }
}
