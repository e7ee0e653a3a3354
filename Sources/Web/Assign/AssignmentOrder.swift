package import Bank

/// Who is to get whom, as a form carries it from the preview to the confirmation.
///
/// It is an order and no permission: the store looks at each customer anew.
package struct AssignmentOrder: Hashable, Sendable {
    /// By customer number.
    package let shares: [Share]

    package struct Share: Hashable, Sendable {
        package let customer: CustomerNumber
        package let manager: StaffID

        package init(customer: CustomerNumber, manager: StaffID) {
            self.customer = customer
            self.manager = manager
        }
    }

    package init(_ shares: [Share]) {
        self.shares = shares.sorted {
            ($0.customer, $0.manager) < ($1.customer, $1.manager)
        }
    }

    /// Canonical JSON: the customers of each manager.
    package var text: String {
        JSONValue.object(
            Dictionary(grouping: shares, by: \.manager.rawValue).mapValues { shares in
                .array(shares.map { .string($0.customer.rawValue) })
            }
        ).description
    }

    /// Nil for what is no order, or names what no identity is as long as.
    package init?(_ text: String, longest: Int) {
        guard let json = try? JSONValue(reading: Array(text.utf8)), let managers = json.object
        else { return nil }
        var shares: [Share] = []
        for (manager, customers) in managers {
            guard let customers = customers.array, manager.utf8.count <= longest else {
                return nil
            }
            for customer in customers {
                guard let number = customer.string, !number.isEmpty, number.utf8.count <= longest
                else { return nil }
                shares.append(
                    Share(customer: CustomerNumber(number), manager: StaffID(manager)))
            }
        }
        self.init(shares)
    }
}
