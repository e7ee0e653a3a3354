package import Bank
package import Pages
import Texts

extension CustomerPage {
    /// What the customer holds, by category; nil on the page of one whose balances are not
    /// this reader's to see.
    package struct Holdings: Sendable {
        package let groups: [Group]
        package let hasGroups: Bool

        package init(_ groups: [Group]) {
            self.groups = groups
            hasGroups = !groups.isEmpty
        }
    }

    package struct Group: Sendable {
        package let category: Category
        package let accounts: [Account]
        /// Of those in yuan.
        package let total: Fen
        /// What it counts as in financial assets, where that is not its balance.
        package let counted: Fen?
        package let hasForeign: Bool

        package init(
            _ category: Category, _ accounts: [Account],
            weights: CategoryWeights = CategoryWeights()
        ) {
            self.category = category
            self.accounts = accounts
            hasForeign = accounts.contains { $0.currency != nil }
            total = accounts.reduce(.zero) { $1.currency == nil ? $0 + $1.balance : $0 }
            let weight = weights[category]
            let countsWhole = weight == 2 || category == .other && weight == 0
            counted = countsWhole ? nil : HalfFen(total.rawValue * weight).rounded
        }
    }

    package struct Account: Sendable {
        /// Masked.
        package let number: String
        package let product: String
        package let openedOn: BusinessDay?
        package let maturesOn: BusinessDay?
        package let balance: Fen
        /// What the balance is in; nil: yuan.
        package let currency: String?

        package init(
            number: String, product: String, openedOn: BusinessDay?, maturesOn: BusinessDay?,
            balance: Fen, currency: String? = nil
        ) {
            self.number = number
            self.product = product
            self.openedOn = openedOn
            self.maturesOn = maturesOn
            self.balance = balance
            self.currency = currency
        }
    }

    package struct Card: Sendable {
        /// Masked.
        package let number: String
        package let level: Badge
        /// In words where we know it, else as the core system writes it.
        package let status: any Speakable
        package let issuedOn: BusinessDay?

        package init(number: String, level: Tier, status: String, issuedOn: BusinessDay?) {
            self.number = number
            self.level = Badge(level)
            let key = "card.\(status)"
            self.status = Words.table[key] == nil ? status : Text(key)
            self.issuedOn = issuedOn
        }
    }
}
