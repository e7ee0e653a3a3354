package import Bank

/// A row of `customers.csv`: a new or changed customer.
package struct CustomerRow: ExtractRow {
    package static let file = "customers.csv"
    package static let columns = ["customer_no", "name", "id_type", "id_number"]

    package let customer: Customer

    package init(_ fields: borrowing Fields) throws(InvalidField) {
        let name = try fields.required("name")
        guard name.count <= 80 else { throw InvalidField(column: "name") }
        let gender = try fields.text("gender")
        guard gender.map(["M", "F"].contains) ?? true else { throw InvalidField(column: "gender") }
        let merged = try fields.text("merged_into")
        customer = Customer(
            number: CustomerNumber(try fields.identifier("customer_no")), name: name,
            idType: try fields.text("id_type") ?? "other",
            idNumber: try fields.text("id_number")?.uppercased(), gender: gender,
            birthDate: try fields.day("birth_date"),
            mobile: Mobile.normal(try fields.text("mobile")),
            address: try fields.text("address"), employer: try fields.text("employer"),
            occupation: try fields.text("occupation"),
            mergedInto: merged.map { CustomerNumber($0) })
    }
}

/// A row of `accounts.csv`: a new or changed account.
package struct AccountRow: ExtractRow {
    package static let file = "accounts.csv"
    package static let columns = [
        "account_no", "customer_no", "category", "subcategory", "opening_outlet", "opened_on",
        "status",
    ]

    package let number: String
    package let customer: CustomerNumber
    package let category: Category
    package let subcategory: String
    package let product: String
    package let currency: String
    package let openingOutlet: UnitCode
    package let openedOn: BusinessDay
    package let closedOn: BusinessDay?
    package let maturesOn: BusinessDay?
    package let status: String

    package init(_ fields: borrowing Fields) throws(InvalidField) {
        number = try fields.identifier("account_no")
        customer = CustomerNumber(try fields.identifier("customer_no"))
        guard let category = Category(rawValue: try fields.required("category")) else {
            throw InvalidField(column: "category")
        }
        self.category = category
        subcategory = try fields.text("subcategory") ?? ""
        product = try fields.text("product") ?? ""
        currency = try fields.text("currency") ?? "CNY"
        openingOutlet = UnitCode(try fields.identifier("opening_outlet"))
        openedOn = try fields.requiredDay("opened_on")
        closedOn = try fields.day("closed_on")
        if let closedOn, closedOn < openedOn { throw InvalidField(column: "closed_on") }
        maturesOn = try fields.day("matures_on")
        status = try fields.text("status") ?? "normal"
    }
}

/// A row of `balances.csv`: an account whose end-of-day balance changed.
package struct BalanceRow: ExtractRow {
    package static let file = "balances.csv"
    package static let columns = ["account_no", "balance"]

    package let account: String
    package let balance: Fen
    package var amountSummed: Fen? { balance }

    package init(_ fields: borrowing Fields) throws(InvalidField) {
        account = try fields.identifier("account_no")
        balance = try fields.amount("balance")
    }
}

/// A row of `movements.csv`: one entry on an account.
package struct MovementRow: ExtractRow {
    package static let file = "movements.csv"
    package static let columns = ["movement_id", "account_no", "at", "amount"]

    package let id: String
    package let account: String
    package let at: String
    package let amount: Fen
    package let channel: String
    package let outlet: String?
    package let counterparty: String?
    package let memo: String?

    package init(_ fields: borrowing Fields) throws(InvalidField) {
        id = try fields.identifier("movement_id")
        account = try fields.identifier("account_no")
        at = try fields.required("at")
        amount = try fields.amount("amount")
        channel = try fields.text("channel") ?? ""
        outlet = try fields.text("outlet")
        counterparty = try fields.text("counterparty")
        memo = try fields.text("memo")
    }
}

/// A row of `cards.csv`: a VIP card.
package struct CardRow: ExtractRow {
    package static let file = "cards.csv"
    package static let columns = [
        "card_no", "customer_no", "level", "status", "issued_on", "issuing_outlet",
    ]

    package let number: String
    package let customer: CustomerNumber
    package let level: Tier
    package let status: String
    package let issuedOn: BusinessDay
    package let issuingOutlet: UnitCode

    package init(_ fields: borrowing Fields) throws(InvalidField) {
        number = try fields.identifier("card_no")
        customer = CustomerNumber(try fields.identifier("customer_no"))
        guard let level = Tier(rawValue: try fields.required("level")) else {
            throw InvalidField(column: "level")
        }
        self.level = level
        status = try fields.required("status")
        issuedOn = try fields.requiredDay("issued_on")
        issuingOutlet = UnitCode(try fields.identifier("issuing_outlet"))
    }
}
