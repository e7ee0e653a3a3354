/// A personal customer as the customer information file (CIF) has them.
package struct Customer: Hashable, Sendable {
    package let number: CustomerNumber
    package let name: String
    package let idType: String
    package let idNumber: String?
    package let gender: String?
    package let birthDate: BusinessDay?
    package let mobile: String?
    package let address: String?
    package let employer: String?
    package let occupation: String?
    package let mergedInto: CustomerNumber?

    package init(
        number: CustomerNumber, name: String, idType: String, idNumber: String?,
        gender: String? = nil, birthDate: BusinessDay? = nil, mobile: String? = nil,
        address: String? = nil, employer: String? = nil, occupation: String? = nil,
        mergedInto: CustomerNumber? = nil
    ) {
        self.number = number
        self.name = name
        self.idType = idType
        self.idNumber = idNumber
        self.gender = gender
        self.birthDate = birthDate
        self.mobile = mobile
        self.address = address
        self.employer = employer
        self.occupation = occupation
        self.mergedInto = mergedInto
    }
}
