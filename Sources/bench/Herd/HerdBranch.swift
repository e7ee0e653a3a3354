import Bank
import Foundation
import Sealing

/// A first-tier branch of many small outlets, each with a teller, the first one with a manager and a
/// supervisor as well, and what its core system knows.
struct HerdBranch {
    static let firstTier: UnitCode = "33"
    /// A Monday; what is written is of the next day.
    static let day = BusinessDay(daysSinceEpoch: 20_150)

    let outlets: [UnitCode]

    init(_ count: Int) {
        precondition(count <= 9000, "an outlet's code has six digits")
        outlets = (0..<count).map { UnitCode("33\(1000 + $0)") }
    }

    /// Who settles at the first-tier branch.
    static let judge: StaffID = "33-J"
    static func teller(_ outlet: UnitCode) -> StaffID { StaffID("\(outlet)-T") }
    static func manager(_ outlet: UnitCode) -> StaffID { StaffID("\(outlet)-M") }
    static func supervisor(_ outlet: UnitCode) -> StaffID { StaffID("\(outlet)-S") }
    static func customer(_ outlet: UnitCode, _ index: Int) -> CustomerNumber {
        CustomerNumber("\(outlet)0\(10_000 + index)")
    }

    var organisation: Organisation {
        Organisation(
            units: [
                Unit(code: "00", name: "总行", level: .headOffice, parent: nil),
                Unit(code: Self.firstTier, name: "浙江省分行", level: .firstTier, parent: "00"),
            ]
                + outlets.map {
                    Unit(code: $0, name: "网点\($0)", level: .outlet, parent: Self.firstTier)
                },
            // Every node keeps all of it, so there are no more people than are needed.
            staff: [
                Staff(
                    id: Self.judge, name: "J", unit: Self.firstTier, roles: [.firstTierSupervisor])
            ]
                + outlets.map {
                    Staff(id: Self.teller($0), name: "T", unit: $0, roles: [.teller])
                }
                + outlets.prefix(1).flatMap { outlet in
                    [
                        Staff(
                            id: Self.manager(outlet), name: "M", unit: outlet, roles: [.manager]),
                        Staff(
                            id: Self.supervisor(outlet), name: "S", unit: outlet,
                            roles: [.outletSupervisor]),
                    ]
                })
    }

    /// Writes an outlet's first extract (`interfaces.md` 3): so many customers, every one a target.
    static func writeExtract(of outlet: UnitCode, customers: Int, to directory: String) throws {
        var lists: [String: [String]] = [
            "accounts.csv": [
                "account_no,customer_no,category,subcategory,product,currency,opening_outlet,opened_on,closed_on,matures_on,status"
            ],
            "balances.csv": ["account_no,balance"],
            "customers.csv": [
                "customer_no,name,id_type,id_number,gender,birth_date,mobile,address,employer,occupation,merged_into"
            ],
        ]
        for index in 0..<customers {
            let (number, account) = (customer(outlet, index), "A\(outlet)\(index)")
            lists["customers.csv"]?.append(
                "\(number),客户\(index),id_card,3301011980\(1_000_000 + index)X,M,1980-01-01,138\(10_000_000 + index),杭州,,,"
            )
            lists["accounts.csv"]?.append(
                "\(account),\(number),deposit,demand,P1,CNY,\(outlet),2019-01-01,,,normal")
            lists["balances.csv"]?.append("\(account),500000")
        }
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        var entries: [JSONValue] = []
        for (name, lines) in lists.sorted(by: { $0.key < $1.key }) {
            let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
            var entry: [String: JSONValue] = [
                "name": .string(name), "rows": .int(Int64(lines.count - 1)),
                "sha256": .string(Digest.sha256(bytes).hex),
            ]
            if name == "balances.csv" {
                entry["sum"] = .string(Fen(Int64(customers) * 50_000_000).description)
            }
            entries.append(.object(entry))
            try Data(bytes).write(to: URL(filePath: "\(directory)/\(name)"))
        }
        let manifest: JSONValue = [
            "business_date": JSONValue(day), "files": .array(entries),
            "first_tier": JSONValue(firstTier), "format": 1, "outlet": JSONValue(outlet),
            "sequence": 1, "source": "ABIS",
        ]
        try Data(manifest.canonicalBytes).write(to: URL(filePath: "\(directory)/manifest.json"))
    }
}
