/// The identity of one kind of thing, so that a staff number is never taken for an outlet's code.
///
/// Compared by bytes, as SQLite compares: two forms of one accented letter are two identities
/// here, and input is normalised before it becomes one.
package struct ID<Subject>: Sendable, RawRepresentable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(_ text: String) {
        rawValue = text
    }
}

extension ID: Hashable, Comparable {
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.elementsEqual(right.rawValue.utf8)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in rawValue.utf8 { hasher.combine(byte) }
    }
}

extension ID: Codable, CustomStringConvertible, ExpressibleByStringLiteral {
    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package init(stringLiteral value: String) {
        rawValue = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package var description: String { rawValue }
}

/// The bank's customer number (CIF): the key of a customer within a first-tier branch.
package typealias CustomerNumber = ID<Customer>
/// The code of an organisational unit; a first-tier branch and an outlet are units.
package typealias UnitCode = ID<Unit>
/// The bank's number of a member of staff.
package typealias StaffID = ID<Staff>
/// A claim's name: the hash of its canonical bytes in hexadecimal.
package typealias ClaimID = ID<Claim>
