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
        left.withBytes { left in
            right.withBytes { right in
                left.count == right.count && left.elementsEqual(right)
            }
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.withBytes { left in
            right.withBytes { left.lexicographicallyPrecedes($0) }
        }
    }

    package func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The bytes where they lie: every look-up by an identity compares them.
    private func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        var text = rawValue
        return text.withUTF8(body)
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
