import Bank
import GRDB
import Vault

extension Database {
    func customerID(_ number: CustomerNumber) throws -> Int64? {
        let statement = try cachedStatement(sql: "SELECT id FROM customer WHERE number = ?")
        return try Int64.fetchOne(statement, arguments: [number])
    }

    /// Keeps the newest word of CIF on a customer; an older extract's is passed over. A merge lasts.
    func save(_ customer: Customer, from date: BusinessDay, _ secrets: Secrets) throws {
        let number = customer.number.rawValue
        func seal(_ text: String?, _ column: String) -> Blob? {
            secrets.seal(text, "customer", number, column)
        }
        try cachedStatement(
            sql: """
                INSERT INTO customer (
                    number, name, nameIndex, idType, idNumber, idNumberIndex, gender, birthDate,
                    mobile, mobileIndex, address, employer, occupation, mergedInto, factsFrom,
                    knownFrom)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15)
                ON CONFLICT (number) DO UPDATE
                SET name = excluded.name, nameIndex = excluded.nameIndex,
                    idType = excluded.idType, idNumber = excluded.idNumber,
                    idNumberIndex = excluded.idNumberIndex, gender = excluded.gender,
                    birthDate = excluded.birthDate, mobile = excluded.mobile,
                    mobileIndex = excluded.mobileIndex, address = excluded.address,
                    employer = excluded.employer, occupation = excluded.occupation,
                    mergedInto = coalesce(excluded.mergedInto, mergedInto), factsFrom = excluded.factsFrom
                WHERE factsFrom <= excluded.factsFrom
                """
        ).execute(arguments: [
            customer.number, seal(customer.name, "name"), secrets.index("name", customer.name),
            customer.idType, seal(customer.idNumber, "idNumber"),
            secrets.index("idNumber", customer.idNumber), customer.gender,
            seal(customer.birthDate?.description, "birthDate"), seal(customer.mobile, "mobile"),
            secrets.index("mobile", customer.mobile), seal(customer.address, "address"),
            seal(customer.employer, "employer"), customer.occupation, customer.mergedInto, date,
        ])
        try cachedStatement(
            sql: "UPDATE customer SET knownFrom = ?1 WHERE number = ?2 AND knownFrom > ?1"
        ).execute(arguments: [date, customer.number])
    }

    func customer(_ number: CustomerNumber, _ secrets: Secrets) throws -> Customer? {
        guard
            let row = try Row.fetchOne(
                self,
                prepared: """
                    SELECT name, idType, idNumber, gender, birthDate, mobile, address, employer,
                        occupation, mergedInto
                    FROM customer
                    WHERE number = ?
                    """,
                arguments: [number])
        else { return nil }
        func open(_ column: String) throws -> String? {
            try secrets.open(try row.value(column), "customer", number.rawValue, column)
        }
        return Customer(
            number: number, name: try open("name") ?? "", idType: try row.value("idType"),
            idNumber: try open("idNumber"), gender: try row.value("gender"),
            birthDate: try open("birthDate").flatMap { BusinessDay($0) },
            mobile: try open("mobile"), address: try open("address"),
            employer: try open("employer"), occupation: try row.value("occupation"),
            mergedInto: try row.value("mergedInto"))
    }
}
