package import Bank
import GRDB
import Sealing
import Vault

/// What a look-up by a strong key found: every customer who has it, with their owner.
package struct OwnerSearch: Sendable {
    package struct Found: Sendable {
        package let owner: OwnerAnswer
        /// Surname and stars; nil where neither this outlet nor the owner's says it.
        package let name: String?
        /// Whether the customer has, or had, an account at this outlet.
        package let isServed: Bool
    }

    package let found: [Found]
    /// Whether a customer number was asked for, so that there is one answer whoever knows it.
    package let isByNumber: Bool
    /// Whether anybody here knows of whom was found; a number that nobody knows is unowned.
    package let isKnown: Bool
    /// The instant of the last exchange with head office, milliseconds; nil where there was none.
    package let asOf: Int64?
    /// Whether more have the key than were found.
    package let hasMore: Bool
}

extension BranchStore {
    /// Answers for whoever in the first-tier branch has a key, with a line or without: this outlet's
    /// customers by its own extracts, others by what their owner's outlet said. The look is audited,
    /// whether it finds somebody or not, and never with the key.
    ///
    /// - Parameters:
    ///   - servedOnly: only customers whom this outlet serves, as at its counter.
    /// - Throws: `notAStrongKey` for what is none, a name alone among it.
    package func owners(
        by text: String, as kind: StrongKey.Kind? = nil, servedOnly: Bool = false, actor: String
    ) throws -> OwnerSearch {
        try owners(
            by: StrongKey.reading(text, as: kind), isPersonal: StrongKey.isPersonal(text),
            servedOnly: servedOnly, actor: actor)
    }

    /// The same by a name and the last four characters of the identity number.
    package func owners(
        by name: String, lastFour: String, servedOnly: Bool = false, actor: String
    ) throws -> OwnerSearch {
        try owners(
            by: StrongKey(name: name, lastFour: lastFour).map { [$0] } ?? [], isPersonal: true,
            servedOnly: servedOnly, actor: actor)
    }

    private func owners(
        by keys: [StrongKey], isPersonal: Bool, servedOnly: Bool, actor: String
    ) throws -> OwnerSearch {
        let (search, kinds) = try read { db in
            try self.search(db, keys, isPersonal: isPersonal, servedOnly: servedOnly)
        }
        for (number, kind) in kinds.sorted(by: { $0.key < $1.key }) {
            try audit(
                .lookedUpOwner, by: actor, on: number.rawValue,
                detail: kind == .customer ? [:] : ["by": .string(kind.rawValue)])
        }
        // What nobody knows may be a card's number that was taken for a customer's.
        if kinds.isEmpty {
            try audit(
                .lookedUpOwner, by: actor, on: nil,
                detail: [
                    "by": .array(keys.flatMap(secrets.published).sorted().map(JSONValue.string)),
                    "found": 0,
                ])
        }
        guard !keys.isEmpty else { throw Refusal(.notAStrongKey) }
        return search
    }

    /// And by what each of them was found.
    private func search(
        _ db: Database, _ keys: [StrongKey], isPersonal: Bool, servedOnly: Bool
    ) throws -> (OwnerSearch, [CustomerNumber: StrongKey.Kind]) {
        var numbers: [CustomerNumber] = []
        var kinds: [CustomerNumber: StrongKey.Kind] = [:]
        for key in keys {
            for asked in try db.customers(with: key, secrets) {
                let number = try db.survivor(of: asked) ?? asked
                guard kinds[number] == nil else { continue }
                guard try !servedOnly || db.customerID(number) != nil else { continue }
                numbers.append(number)
                kinds[number] = key.kind
            }
        }
        // A number that nobody knows is unowned; a person's key is no number.
        if numbers.isEmpty, !isPersonal, !servedOnly, case .customer(let number)? = keys.first {
            numbers = [number]
        }
        let isByNumber =
            numbers.count == 1 && numbers.first.map { kinds[$0] ?? .customer } == .customer
        return (
            OwnerSearch(
                found: try numbers.prefix(Self.mostFound).map { try found(db, $0) },
                isByNumber: isByNumber, isKnown: !kinds.isEmpty,
                asOf: try Int64.fetchOne(db, prepared: "SELECT contactedAt FROM line"),
                hasMore: numbers.count > Self.mostFound), kinds
        )
    }

    /// Customers who share one key, a mobile at the most; more would be browsing.
    private static let mostFound = 20

    private func found(_ db: Database, _ number: CustomerNumber) throws -> OwnerSearch.Found {
        let served = try db.customer(number, secrets)
        return OwnerSearch.Found(
            owner: try owner(db, of: number),
            name: try served.map { Mask.name($0.name) } ?? publishedName(db, of: number),
            isServed: served != nil)
    }

    /// As the owner's outlet says it.
    private func publishedName(_ db: Database, of number: CustomerNumber) throws -> String? {
        let row = try Row.fetchOne(
            db,
            prepared: """
                SELECT id, name FROM customerKey
                JOIN holder ON holder.customer = customerKey.customer
                    AND holder.outlet = customerKey.author
                WHERE customerKey.customer = ? AND sequence = 0
                """,
            arguments: [number])
        guard let row else { return nil }
        return try secrets.open(
            try row.value("name"), "customerKey", try row.value("id"), "name")
    }
}

extension Database {
    /// Customers who have a key by what this node knows, in the order of their numbers: by this
    /// outlet's extracts, and by what the outlets that own them say. What an outlet says of another
    /// one's customer is not believed.
    fileprivate func customers(
        with key: StrongKey, _ secrets: Secrets
    ) throws -> [CustomerNumber] {
        if case .customer(let number) = key { return try knows(number) ? [number] : [] }
        var found = Set(try served(with: key, secrets))
        for value in secrets.published(key) {
            found.formUnion(
                try CustomerNumber.fetchAll(
                    self,
                    prepared: """
                        SELECT customerKey.customer FROM customerKeyIndex
                        JOIN customerKey ON customerKey.number = customerKeyIndex.record
                        JOIN holder ON holder.customer = customerKey.customer
                            AND holder.outlet = customerKey.author
                        WHERE customerKeyIndex.value = ?
                        """,
                    arguments: [value]))
        }
        return found.sorted()
    }

    private func knows(_ number: CustomerNumber) throws -> Bool {
        try Bool.fetchOne(
            self,
            prepared: """
                SELECT EXISTS (SELECT 1 FROM customer WHERE number = ?1)
                    OR EXISTS (SELECT 1 FROM directory WHERE customer = ?1)
                    OR EXISTS (SELECT 1 FROM claim WHERE customer = ?1)
                """,
            arguments: [number]) ?? false
    }

    /// Of the outlet's own, by the numbers of their rows.
    private func served(with key: StrongKey, _ secrets: Secrets) throws -> [CustomerNumber] {
        switch key {
        case .customer: return []
        case .name(let name, let lastFour): return try served(named: name, lastFour, secrets)
        case .identity, .mobile, .account, .card: break
        }
        return try secrets.indexes(of: key).flatMap { index in
            try CustomerNumber.fetchAll(
                self, prepared: Self.servedByKey[key.kind] ?? "", arguments: [index])
        }
    }

    private static let servedByKey: [StrongKey.Kind: String] = [
        .identity: "SELECT number FROM customer WHERE idNumberIndex = ?",
        .mobile: "SELECT number FROM customer WHERE mobileIndex = ?",
        .account: """
        SELECT customer.number FROM account
        JOIN customer ON customer.id = account.customer
        WHERE account.numberIndex = ?
        """,
        .card: """
        SELECT customer.number FROM card
        JOIN cardFact ON cardFact.card = card.id AND cardFact.date = (
            SELECT max(date) FROM cardFact AS later WHERE later.card = card.id)
        JOIN customer ON customer.id = cardFact.customer
        WHERE card.numberIndex = ?
        """,
    ]

    /// Everybody of the name, of whom the number is opened: few have one name at one outlet.
    private func served(
        named name: String, _ lastFour: String, _ secrets: Secrets
    ) throws -> [CustomerNumber] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT number, idNumber FROM customer WHERE nameIndex = ?
                """,
            arguments: [secrets.index("name", name)]
        ).compactMap { row in
            let number: CustomerNumber = try row.value("number")
            let sealed = try secrets.open(
                try row.value("idNumber"), "customer", number.rawValue, "idNumber")
            guard let sealed,
                IdentityNumber.lastFours(of: IdentityNumber.normal(sealed)).contains(lastFour)
            else { return nil }
            return number
        }
    }
}
