package import Bank
import GRDB
import Sealing
import Vault

/// What a look-up by a strong key found at head office: an entry for every customer who has the key
/// in each first-tier branch.
package struct OwnersSearch: Sendable {
    package struct Found: Sendable {
        package let owner: OwnerEntry
        /// Surname and stars; nil where nobody says it.
        package let name: String?
    }

    package let found: [Found]
    /// The customer number, where that was asked for and it alone has an answer.
    package let number: CustomerNumber?
}

extension BankStore {
    /// Answers by customers' strong keys as the outlets' extracts have them, and by the accounts and
    /// cards that owners' outlets say. The look is audited, whether it finds somebody or not, and
    /// never with the key.
    ///
    /// - Parameters:
    ///   - firstTier: one branch; nil: all of them.
    /// - Throws: `notAStrongKey` for what is none, a name alone among it.
    package func owners(
        by text: String, as kind: StrongKey.Kind? = nil, firstTier: UnitCode? = nil, actor: String
    ) throws -> OwnersSearch {
        try owners(
            by: StrongKey.reading(text, as: kind), isPersonal: StrongKey.isPersonal(text),
            firstTier: firstTier, actor: actor)
    }

    /// The same by a name and the last four characters of the identity number.
    package func owners(
        by name: String, lastFour: String, firstTier: UnitCode? = nil, actor: String
    ) throws -> OwnersSearch {
        try owners(
            by: StrongKey(name: name, lastFour: lastFour).map { [$0] } ?? [], isPersonal: true,
            firstTier: firstTier, actor: actor)
    }

    private func owners(
        by keys: [StrongKey], isPersonal: Bool, firstTier: UnitCode?, actor: String
    ) throws -> OwnersSearch {
        var found: [OwnersSearch.Found] = []
        var kinds: [CustomerNumber: StrongKey.Kind] = [:]
        for code in firstTier.map({ [$0] }) ?? firstTierCodes {
            for (number, kind) in try customers(with: keys, in: code) {
                kinds[number] = kinds[number] ?? kind
                if let entry = try named(number, in: code) { found.append(entry) }
            }
        }
        for number in kinds.keys.sorted() {
            try audit(
                .lookedUpOwner, by: actor, on: number.rawValue,
                detail: kinds[number] == .customer
                    ? [:] : ["by": JSONValue(kinds[number]?.rawValue)])
        }
        var number = kinds.count == 1 ? kinds.first { $0.value == .customer }?.key : nil
        if kinds.isEmpty, !isPersonal, case .customer(let unknown)? = keys.first {
            number = unknown
        }
        // What nobody knows may be a card's number that was taken for a customer's. Under head
        // office's own key: which branch's it would be is what nobody knows.
        if kinds.isEmpty {
            try audit(
                .lookedUpOwner, by: actor, on: nil,
                detail: [
                    "by": .array(keys.flatMap(secrets.published).sorted().map(JSONValue.string)),
                    "found": 0,
                ])
        }
        guard !keys.isEmpty else { throw Refusal(.notAStrongKey) }
        return OwnersSearch(found: found, number: number)
    }

    /// Customers who share one key, a mobile at the most; more would be browsing.
    private static let mostFound = 20

    /// Whoever has one of the keys in a first-tier branch, and by which they were found.
    private func customers(
        with keys: [StrongKey], in code: UnitCode
    ) throws -> [(CustomerNumber, StrongKey.Kind)] {
        // One made before the branch was has no indexes of its own.
        guard let key = ring["index-\(code)"] else { return [] }
        let indexing = secrets.indexing(under: key)
        let tier = try firstTier(code)
        return try translating {
            try tier.database.readState { db in
                var found: [(CustomerNumber, StrongKey.Kind)] = []
                for key in keys {
                    for number in try db.customers(with: key, indexing)
                    where !found.contains(where: { $0.0 == number }) {
                        found.append((number, key.kind))
                    }
                }
                return Array(found.prefix(Self.mostFound))
            }
        }
    }

    private func named(_ number: CustomerNumber, in code: UnitCode) throws -> OwnersSearch.Found? {
        guard let owner = try owner(of: number, in: code) else { return nil }
        let tier = try firstTier(code)
        let name = try translating {
            try tier.database.readState { db in
                try Row.fetchOne(
                    db,
                    prepared: """
                        SELECT outlet, name FROM customer WHERE number = ?
                        ORDER BY factsFrom DESC, outlet LIMIT 1
                        """,
                    arguments: [number]
                ).flatMap { row in
                    try secrets.open(
                        try row.value("name"), "customer",
                        "\(try row.value("outlet") as UnitCode)/\(number)", "name")
                }
            }
        }
        return OwnersSearch.Found(owner: owner, name: name.map { Mask.name($0) })
    }
}

extension Database {
    /// In the order of their numbers; whom CIF has merged into another is that other.
    fileprivate func customers(
        with key: StrongKey, _ secrets: Secrets
    ) throws -> [CustomerNumber] {
        let indexes = secrets.indexes(of: key)
        var found: Set<CustomerNumber> = []
        switch key {
        case .customer(let number): return try knows(number) ? [survivor(of: number)] : []
        case .identity, .mobile:
            let column = key.kind == .mobile ? "mobileIndex" : "idNumberIndex"
            for index in indexes {
                found.formUnion(
                    try CustomerNumber.fetchAll(
                        self,
                        prepared:
                            "SELECT number FROM customer WHERE \(column) = ?",
                        arguments: [index]))
            }
        case .name(let name, let lastFour):
            found.formUnion(try customers(named: name, lastFour, secrets))
        case .account, .card: break
        }
        for value in secrets.published(key) {
            found.formUnion(try owned(with: value))
        }
        return try Set(found.map { try survivor(of: $0) }).sorted()
    }

    /// The number that a customer has now, as far as it is known here.
    func survivor(of number: CustomerNumber) throws -> CustomerNumber {
        var seen: Set<CustomerNumber> = [number]
        var last = number
        while let next = try CustomerNumber.fetchOne(
            self,
            prepared: """
                SELECT mergedInto FROM customer WHERE number = ? AND mergedInto IS NOT NULL
                ORDER BY factsFrom DESC, outlet LIMIT 1
                """,
            arguments: [last]), try knows(next), seen.insert(next).inserted
        {
            last = next
        }
        return last
    }

    private func customers(
        named name: String, _ lastFour: String, _ secrets: Secrets
    ) throws -> [CustomerNumber] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT outlet, number, idNumber FROM customer WHERE nameIndex = ?
                """,
            arguments: [secrets.index("name", name)]
        ).compactMap { row in
            let number: CustomerNumber = try row.value("number")
            let outlet: UnitCode = try row.value("outlet")
            let sealed = try secrets.open(
                try row.value("idNumber"), "customer", "\(outlet)/\(number)", "idNumber")
            guard let sealed,
                IdentityNumber.lastFours(of: IdentityNumber.normal(sealed)).contains(lastFour)
            else { return nil }
            return number
        }
    }
}
