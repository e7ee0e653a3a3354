import Bank
import Feed
import Testing
import generate

struct PeopleTests {
    @Test func `every customer has a valid identity number, name and mobile number`() throws {
        let branch = try MadeBranch(customers: 200)

        for outlet in branch.summary.outlets {
            for row in try branch.extracts(of: outlet).flatMap(\.customers) {
                let customer = row.customer
                let number = try #require(customer.idNumber)
                let birthDate = try #require(customer.birthDate)
                let sequence = try #require(Int(number.dropFirst(14).prefix(3)))
                #expect(number.utf8.count == 18)
                #expect(number.hasPrefix("33"))
                #expect(CheckDigit.identity(of: String(number.dropLast())) == number.last)
                #expect(
                    number.dropFirst(6).prefix(8) == birthDate.description.filter { $0 != "-" })
                #expect(customer.gender == (sequence.isMultiple(of: 2) ? "F" : "M"))
                #expect(birthDate.adding(months: 18 * 12) <= .newYear)
                #expect(birthDate.adding(months: 91 * 12) > .newYear)
                #expect((2...4).contains(customer.name.count))
                let mobile = try #require(customer.mobile)
                #expect(mobile.utf8.count == 11 && mobile.allSatisfy(\.isNumber))
                #expect(("13"..."19").contains(mobile.prefix(2)))
                #expect(customer.number.rawValue.utf8.count == 12)
            }
        }
    }

    @Test func `no two customers have one identity number`() throws {
        let branch = try MadeBranch(outlets: 2, customers: 2_000)

        let numbers = try branch.summary.outlets.flatMap { outlet in
            try branch.extracts(of: outlet).flatMap(\.customers).map(\.customer)
        }

        #expect(Set(numbers.compactMap(\.idNumber)).count == branch.summary.customers)
        #expect(Set(numbers.map(\.number)).count == branch.summary.customers)
    }

    @Test func `a shared customer is the same person at each outlet`() throws {
        let branch = try MadeBranch()
        var seen: [CustomerNumber: Customer] = [:]

        for outlet in branch.summary.outlets {
            for row in try branch.extracts(of: outlet)[0].customers {
                let known = seen.updateValue(row.customer, forKey: row.customer.number)
                #expect(known == nil || known == row.customer)
            }
        }

        #expect(seen.count < branch.summary.outlets.count * 60)
    }
}
