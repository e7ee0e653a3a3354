package import Bank
import Sealing

/// Writes a core-banking extract with right hashes and totals, unless a test asks for wrong ones.
package struct ExtractBuilder: Sendable {
    private static let headers = [
        "customers.csv":
            "customer_no,name,id_type,id_number,gender,birth_date,mobile,address,employer,occupation,merged_into",
        "accounts.csv":
            "account_no,customer_no,category,subcategory,product,currency,opening_outlet,opened_on,closed_on,matures_on,status",
        "balances.csv": "account_no,balance",
        "movements.csv": "movement_id,account_no,at,amount,channel,outlet,counterparty,memo",
        "cards.csv": "card_no,customer_no,level,status,issued_on,issuing_outlet",
    ]

    package var source = "ABIS"
    package var sequence = 1
    package var date: BusinessDay
    package var firstTier: UnitCode
    package var outlet: UnitCode
    /// The last word on the manifest, after everything true was written into it.
    package var manifest: @Sendable (inout [String: JSONValue]) -> Void = { _ in }
    /// Whole files in place of the rows, with the hash of these bytes.
    package var texts: [String: [UInt8]] = [:]
    /// Files that the manifest names and that are not there.
    package var missing: Set<String> = []
    private var rows: [String: [String]] = [
        "customers.csv": [], "accounts.csv": [], "balances.csv": [],
    ]
    private var sum: Int64 = 0

    package init(_ date: BusinessDay, outlet: UnitCode = .wulin, firstTier: UnitCode = .zhejiang) {
        self.date = date
        self.outlet = outlet
        self.firstTier = firstTier
    }

    package func with(_ change: (inout ExtractBuilder) -> Void) -> ExtractBuilder {
        var copy = self
        change(&copy)
        return copy
    }

    /// The customer's row and an account of theirs with its balance.
    package func holding(
        _ customer: CustomerNumber, _ balance: String, account: String? = nil,
        category: Category = .deposit, subcategory: String = "demand",
        openedOn: String? = nil
    ) -> ExtractBuilder {
        customerRow(customer)
            .accountRow(
                account ?? "A\(customer)", of: customer, category: category,
                subcategory: subcategory, openedOn: openedOn
            )
            .balanceRow(account ?? "A\(customer)", balance)
    }

    package func customerRow(
        _ number: CustomerNumber, name: String = "王小明", idNumber: String = "11010519491231002X",
        mobile: String = "13812345678", address: String = "杭州市下城区武林路一号",
        mergedInto: CustomerNumber? = nil
    ) -> ExtractBuilder {
        row(
            "customers.csv",
            "\(number),\(name),id_card,\(idNumber),M,1949-12-31,\(mobile),\(address),,,"
                + (mergedInto?.rawValue ?? ""))
    }

    package func accountRow(
        _ number: String, of customer: CustomerNumber, category: Category = .deposit,
        subcategory: String = "demand", currency: String = "CNY", openingOutlet: UnitCode? = nil,
        openedOn: String? = nil, closedOn: String = "", status: String = "normal"
    ) -> ExtractBuilder {
        row(
            "accounts.csv",
            "\(number),\(customer),\(category.rawValue),\(subcategory),P1,\(currency),"
                + "\(openingOutlet ?? outlet),\(openedOn ?? usualOpening),\(closedOn),,\(status)")
    }

    /// Never after the extract's date.
    private var usualOpening: String { min("2020-01-01", date.description) }

    package func balanceRow(_ account: String, _ balance: String) -> ExtractBuilder {
        var copy = row("balances.csv", "\(account),\(balance)")
        copy.sum += Fen(balance)?.rawValue ?? 0
        return copy
    }

    package func movementRow(
        _ id: String, account: String, _ amount: String, counterparty: String = "",
        memo: String = ""
    ) -> ExtractBuilder {
        row(
            "movements.csv",
            "\(id),\(account),\(date)T10:00:00,\(amount),counter,\(outlet),\(counterparty),\(memo)")
    }

    package func cardRow(
        _ number: String, of customer: CustomerNumber, level: Tier = .gold,
        status: String = "active", issuedOn: String = "2020-01-01"
    ) -> ExtractBuilder {
        row(
            "cards.csv", "\(number),\(customer),\(level.rawValue),\(status),\(issuedOn),\(outlet)")
    }

    package func row(_ file: String, _ text: String) -> ExtractBuilder {
        with { $0.rows[file, default: []].append(text) }
    }

    /// Writes the extract below the directory and returns its path.
    package func write(to directory: TemporaryDirectory, as name: String? = nil) throws -> String {
        let folder = name ?? "\(outlet)-\(source)-\(date)-\(sequence)"
        var files: [JSONValue] = []
        for file in rows.keys.sorted() {
            let lines = [Self.headers[file] ?? ""] + (rows[file] ?? [])
            let bytes = texts[file] ?? Array((lines.joined(separator: "\n") + "\n").utf8)
            var entry: [String: JSONValue] = [
                "name": .string(file), "rows": .int(Int64(lines.count - 1)),
                "sha256": .string(Digest.sha256(bytes).hex),
            ]
            if file == "balances.csv" { entry["sum"] = .string(Fen(sum).description) }
            files.append(.object(entry))
            if !missing.contains(file) { try directory.write(bytes, to: "\(folder)/\(file)") }
        }
        var members: [String: JSONValue] = [
            "format": 1, "source": .string(source), "sequence": .int(Int64(sequence)),
            "business_date": JSONValue(date), "first_tier": JSONValue(firstTier),
            "outlet": JSONValue(outlet), "files": .array(files),
        ]
        manifest(&members)
        try directory.write(
            JSONValue.object(members).canonicalBytes, to: "\(folder)/manifest.json")
        return directory.path + "/" + folder
    }
}

extension [String: JSONValue] {
    /// Changes one file's entry of a manifest.
    package mutating func changeFile(_ name: String, _ field: String, to value: JSONValue) {
        self["files"] = .array(
            (self["files"]?.array ?? []).map { entry in
                guard entry["name"]?.string == name, case .object(var members) = entry else {
                    return entry
                }
                members[field] = value
                return .object(members)
            })
    }
}
