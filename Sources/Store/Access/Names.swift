package import Bank
import GRDB
import Vault

extension BranchStore {
    /// The names of members of staff; one who is not known here any more has none.
    package func names(of staff: some Sequence<StaffID>) throws -> [StaffID: String] {
        try read { db in
            try Set(staff).reduce(into: [:]) { names, id in names[id] = try db.member(id)?.name }
        }
    }

    /// The names of this outlet's customers, in clear: whoever shows them masks them.
    package func names(
        of customers: some Sequence<CustomerNumber>
    ) throws -> [CustomerNumber: String] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT number, name FROM customer WHERE number = ?")
            return try Set(customers).reduce(into: [:]) { names, number in
                names[number] = try Row.fetchOne(statement, arguments: [number]).map(name)
            }
        }
    }
}
