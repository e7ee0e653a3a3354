import Bank
import Foundation
import Sealing

/// Writes one outlet's extract of a day as the core system would (`interfaces.md` 3).
struct ExtractFiles {
    private static let customers =
        "customer_no,name,id_type,id_number,gender,birth_date,mobile,address,employer,occupation,merged_into"
    private static let accounts =
        "account_no,customer_no,category,subcategory,product,currency,opening_outlet,opened_on,closed_on,matures_on,status"
    private static let cards = "card_no,customer_no,level,status,issued_on,issuing_outlet"

    let directory: String

    /// The path of the extract; nil where the day brings nothing.
    func write(
        _ scenario: Scenario, outlet: Int, day: Int, sequence: Int = 1
    ) throws -> String? {
        let code = scenario.outlets[outlet]
        var rows: (customers: [String], accounts: [String], balances: [String], cards: [String]) =
            ([Self.customers], [Self.accounts], ["account_no,balance"], [Self.cards])
        var sum: Int64 = 0
        for (index, client) in scenario.clients.enumerated() {
            guard let place = client.outlets.firstIndex(of: outlet) else { continue }
            let account = "A\(code)\(index)"
            if day == 0 {
                rows.customers.append(
                    "\(client.number),客户\(index),id_card,3301011980010\(1000 + index)X,M,1980-01-01,1380000\(1000 + index),杭州,,,"
                )
                rows.accounts.append(
                    "\(account),\(client.number),deposit,demand,P1,CNY,\(code),\(client.openedOn[place]),,,normal"
                )
                if client.hasCard[place] {
                    rows.cards.append(
                        "C\(code)\(index),\(client.number),gold,active,2020-01-01,\(code)")
                }
            }
            let balance = scenario.balances[outlet][index][day]
            let isNews = day == 0 || balance != scenario.balances[outlet][index][day - 1]
            if isNews || sequence > 1 {
                rows.balances.append("\(account),\(balance)")
                sum += Int64(balance) * 100
            }
        }
        guard day == 0 || sequence > 1 || rows.balances.count > 1 else { return nil }
        var files = [
            ("accounts.csv", rows.accounts), ("balances.csv", rows.balances),
            ("customers.csv", rows.customers),
        ]
        if rows.cards.count > 1 { files.append(("cards.csv", rows.cards)) }
        let path = "\(directory)/\(code)-\(day)-\(sequence)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        var entries: [JSONValue] = []
        for (name, lines) in files {
            let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
            var entry: [String: JSONValue] = [
                "name": .string(name), "rows": .int(Int64(lines.count - 1)),
                "sha256": .string(Digest.sha256(bytes).hex),
            ]
            if name == "balances.csv" { entry["sum"] = .string(Fen(sum).description) }
            entries.append(.object(entry))
            try write(bytes, to: path + "/" + name)
        }
        let manifest: JSONValue = [
            "business_date": JSONValue(Scenario.day(day)), "files": .array(entries),
            "first_tier": JSONValue(Scenario.firstTier), "format": 1,
            "outlet": JSONValue(code), "sequence": JSONValue(sequence), "source": "ABIS",
        ]
        try write(manifest.canonicalBytes, to: path + "/manifest.json")
        return path
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }
}
