package import Bank
import Sealing

/// A person at an outlet asks for whoever has a key among all customers of the first-tier branch:
/// `POST /v1/query`.
///
/// A customer number travels as everywhere; of any other key only blind indexes do.
package struct QueryRequest: Hashable, Sendable {
    /// What is indexed, by the names under which the indexes are made.
    package enum Index: String, Sendable, CaseIterable {
        case idNumber, mobile, account, card
        /// The last four of the identity number and the name; found with the help of `name`.
        case nameAndLastFour
        case name
    }

    /// Who asks: a staff number, or `os:NAME` for the operating system's user.
    package let actor: String
    /// Nil where the key is none.
    package let number: CustomerNumber?
    /// One for each form in which the key may be kept, in hexadecimal.
    package let indexes: [Index: [String]]
    /// The last receipt of each lane: where a copy of the node was shut out, they tell the two apart.
    package let receipts: [Lane: String]

    /// In hexadecimal digits; a receipt is as long.
    private static let indexSize = 2 * BlindIndex.size
    private static let mostForms = 4
    private static let longestName = 80

    package init(
        actor: String, number: CustomerNumber?, indexes: [Index: [String]],
        receipts: [Lane: String]
    ) {
        self.actor = actor
        self.number = number
        self.indexes = indexes
        self.receipts = receipts
    }

    package var json: JSONValue {
        [
            "actor": .string(actor),
            "indexes": .object(
                Dictionary(
                    uniqueKeysWithValues: indexes.map {
                        ($0.rawValue, .array($1.map(JSONValue.string)))
                    })),
            "number": JSONValue(number), "protocol": .int(Message.version),
            "receipts": .object(
                Dictionary(
                    uniqueKeysWithValues: receipts.map { ($0.rawValue, .string($1)) })),
        ]
    }

    package init?(json: JSONValue) {
        guard let actor = json["actor"]?.string, Self.isActor(actor),
            let named = json["indexes"]?.object, let shown = json["receipts"]?.object,
            let number = json["number"]
        else { return nil }
        if number != .null {
            guard let text = number.string, Self.isName(text) else { return nil }
        }
        var indexes: [Index: [String]] = [:]
        // One of a name that is not known is passed over.
        for (name, list) in named {
            guard let list = list.array, list.count <= Self.mostForms else { return nil }
            let texts = list.compactMap(\.string).filter(Self.isIndex)
            guard texts.count == list.count else { return nil }
            if let index = Index(rawValue: name) { indexes[index] = texts }
        }
        var receipts: [Lane: String] = [:]
        for (name, receipt) in shown {
            guard let text = receipt.string, text.isEmpty || Self.isIndex(text) else { return nil }
            if let lane = Lane(rawValue: name) { receipts[lane] = text }
        }
        self.init(
            actor: actor, number: number.string.map { CustomerNumber($0) }, indexes: indexes,
            receipts: receipts)
    }

    private static func isName(_ text: String) -> Bool {
        (1...longestName).contains(text.utf8.count)
    }

    /// What an audit may say of who asked: plain characters, and none that is not seen at an end.
    private static func isActor(_ text: String) -> Bool {
        let blank = UInt8(ascii: " ")
        return isName(text) && text.utf8.allSatisfy { (blank...UInt8(ascii: "~")).contains($0) }
            && text.utf8.first != blank && text.utf8.last != blank
    }

    private static func isIndex(_ text: String) -> Bool {
        text.utf8.count == indexSize && bytes(hexadecimal: text) != nil
    }
}

/// Everybody who has the key, as head office knows them; no balances.
package struct QueryReply: Sendable {
    /// Head office's clock, milliseconds since 1970-01-01 UTC.
    package let asOf: Int64
    /// The business date through which the first-tier branch is closed, and so of pools and tiers;
    /// nil before the first close.
    package let closedThrough: BusinessDay?
    package let found: [Found]
    /// Whether more have the key than are told; false of a head office that does not say.
    package let hasMore: Bool

    package struct Found: Sendable {
        package let customer: CustomerNumber
        /// By which key; nil for one that is not known here.
        package let by: StrongKey.Kind?
        /// Masked; nil where head office has none.
        package let name: String?
        package let idNumber: String?
        package let mobile: String?
        package let owner: Ownership.Owner?
        package let state: Ownership.State
        /// By the first-tier branch's close; nil where it knows none.
        package let standing: Standing?
        /// Who looked after the customer and when, without the claims.
        package let history: [OwnershipHistory.Period]

        package init(
            customer: CustomerNumber, by: StrongKey.Kind?, name: String?, idNumber: String?,
            mobile: String?, owner: Ownership.Owner?, state: Ownership.State, standing: Standing?,
            history: [OwnershipHistory.Period]
        ) {
            self.customer = customer
            self.by = by
            self.name = name
            self.idNumber = idNumber
            self.mobile = mobile
            self.owner = owner
            self.state = state
            self.standing = standing
            self.history = history
        }
    }

    /// Where the close put them.
    package struct Standing: Hashable, Sendable {
        package let pool: Pool
        package let poolSince: BusinessDay
        package let tier: Tier?
        /// An active VIP card of any outlet.
        package let activeCard: Bool

        package init(pool: Pool, poolSince: BusinessDay, tier: Tier?, activeCard: Bool) {
            self.pool = pool
            self.poolSince = poolSince
            self.tier = tier
            self.activeCard = activeCard
        }
    }

    /// Customers who share one key, a mobile at the most; more would be browsing.
    package static let mostFound = 20
    /// The newest of each customer's periods.
    package static let mostPeriods = 50

    package init(
        asOf: Int64, closedThrough: BusinessDay?, found: [Found], hasMore: Bool = false
    ) {
        self.asOf = asOf
        self.closedThrough = closedThrough
        self.found = found
        self.hasMore = hasMore
    }

    package var json: JSONValue {
        [
            "asOf": .int(asOf), "closedThrough": JSONValue(closedThrough),
            "found": .array(found.map(\.json)), "more": .bool(hasMore),
            "protocol": .int(Message.version),
        ]
    }

    package init?(json: JSONValue) {
        guard let asOf = json["asOf"]?.int, let list = json["found"]?.array,
            list.count <= Self.mostFound, let closedThrough = json["closedThrough"]?.optionalDay
        else { return nil }
        let found = list.compactMap(Found.init(json:))
        guard found.count == list.count else { return nil }
        self.init(
            asOf: asOf, closedThrough: closedThrough, found: found,
            hasMore: json["more"]?.bool ?? false)
    }
}

extension QueryReply.Found {
    fileprivate var json: JSONValue {
        [
            "by": JSONValue(by?.rawValue), "customer": JSONValue(customer),
            "history": .array(history.map(\.wire)), "idNumber": JSONValue(idNumber),
            "mobile": JSONValue(mobile), "name": JSONValue(name),
            "owner": owner.map {
                [
                    "manager": JSONValue($0.manager), "outlet": JSONValue($0.outlet),
                    "since": JSONValue($0.since),
                ]
            } ?? .null,
            "standing": standing.map {
                [
                    "activeCard": .bool($0.activeCard), "pool": .string($0.pool.rawValue),
                    "poolSince": JSONValue($0.poolSince), "tier": JSONValue($0.tier?.rawValue),
                ]
            } ?? .null,
            "state": .string(state.rawValue),
        ]
    }

    fileprivate init?(json: JSONValue) {
        guard let customer = json["customer"]?.shortText,
            let state = json["state"]?.string.flatMap(Ownership.State.init(rawValue:)),
            let list = json["history"]?.array, list.count <= QueryReply.mostPeriods,
            let owner = json["owner"], let standing = json["standing"],
            let name = json["name"]?.optionalText, let idNumber = json["idNumber"]?.optionalText,
            let mobile = json["mobile"]?.optionalText
        else { return nil }
        let history = list.compactMap(OwnershipHistory.Period.init(wire:))
        guard history.count == list.count,
            owner == .null || Ownership.Owner(wire: owner) != nil,
            standing == .null || QueryReply.Standing(json: standing) != nil
        else { return nil }
        self.init(
            customer: CustomerNumber(customer),
            by: json["by"]?.string.flatMap(StrongKey.Kind.init(rawValue:)), name: name,
            idNumber: idNumber, mobile: mobile, owner: Ownership.Owner(wire: owner), state: state,
            standing: QueryReply.Standing(json: standing), history: history)
    }
}

extension QueryReply.Standing {
    fileprivate init?(json: JSONValue) {
        guard let pool = json["pool"]?.string.flatMap(Pool.init(rawValue:)),
            let poolSince = json["poolSince"]?.string.flatMap({ BusinessDay($0) }),
            let activeCard = json["activeCard"]?.bool
        else { return nil }
        self.init(
            pool: pool, poolSince: poolSince,
            tier: json["tier"]?.string.flatMap(Tier.init(rawValue:)), activeCard: activeCard)
    }
}

extension Ownership.Owner {
    fileprivate init?(wire json: JSONValue) {
        guard let outlet = json["outlet"]?.shortText, let manager = json["manager"]?.optionalText,
            let since = json["since"]?.string.flatMap({ BusinessDay($0) })
        else { return nil }
        self.init(
            manager: manager.map { StaffID($0) }, outlet: UnitCode(outlet), since: since)
    }
}

extension OwnershipHistory.Period {
    fileprivate var wire: JSONValue {
        [
            "ending": JSONValue(ending?.rawValue), "from": JSONValue(from),
            "manager": JSONValue(manager), "outlet": JSONValue(outlet), "over": .bool(isOver),
            "record": JSONValue(record), "rule": JSONValue(rule?.rawValue), "to": JSONValue(to),
        ]
    }

    fileprivate init?(wire json: JSONValue) {
        guard let from = json["from"]?.string.flatMap({ BusinessDay($0) }),
            let to = json["to"]?.optionalDay, let isOver = json["over"]?.bool,
            let outlet = json["outlet"]?.shortText, let manager = json["manager"]?.optionalText
        else { return nil }
        self.init(
            from: from, to: to, isOver: isOver, outlet: UnitCode(outlet),
            manager: manager.map { StaffID($0) },
            rule: json["rule"]?.string.flatMap(Decision.Rule.init(rawValue:)),
            record: json["record"]?.int,
            ending: json["ending"]?.string.flatMap(Claim.Kind.init(rawValue:)))
    }
}

extension JSONValue {
    /// What names something, or a masked identity; nil for anything else.
    fileprivate var shortText: String? {
        string.flatMap { (1...256).contains($0.utf8.count) ? $0 : nil }
    }

    /// Nil inside where there is none; nil for what is no such text.
    fileprivate var optionalText: String?? {
        self == .null ? .some(nil) : shortText.map { .some($0) }
    }

    fileprivate var optionalDay: BusinessDay?? {
        self == .null ? .some(nil) : string.flatMap { BusinessDay($0) }.map { .some($0) }
    }
}
