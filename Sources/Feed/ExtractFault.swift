/// One thing that is wrong with an extract, with the file and line where it stands.
package struct ExtractFault: Error, Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        // What arrived is not what was sent.
        case manifestUnreadable = "manifest-unreadable"
        case manifestField = "manifest-field"
        case fileMissing = "file-missing"
        case fileUnreadable = "file-unreadable"
        case wrongHash = "wrong-hash"
        case wrongRowCount = "wrong-row-count"
        case wrongSum = "wrong-sum"
        case columnMissing = "column-missing"
        case notUTF8 = "not-utf8"
        case brokenRow = "broken-row"
        case wrongFieldCount = "wrong-field-count"
        case invalidField = "invalid-field"
        // What was sent cannot be.
        case unknownFile = "unknown-file"
        case anotherOutlet = "another-outlet"
        case anotherFirstTier = "another-first-tier"
        case olderSequence = "older-sequence"
        case otherContent = "other-content"
        case duplicateRow = "duplicate-row"
        case unknownCustomer = "unknown-customer"
        case unknownAccount = "unknown-account"
        case futureDate = "future-date"
        case accountChanged = "account-changed"
        case accountOfAnotherCustomer = "account-of-another-customer"
        case accountOfAnotherSource = "account-of-another-source"
        case negativeBalance = "negative-balance"
        case listedBefore = "listed-before"
        case mergedInCircle = "merged-in-circle"
        case mergedElsewhere = "merged-elsewhere"

        /// Whether the bytes are damaged, rather than their content refused.
        package var isDamage: Bool {
            switch self {
            case .manifestUnreadable, .manifestField, .fileMissing, .fileUnreadable, .wrongHash,
                .wrongRowCount, .wrongSum, .columnMissing, .notUTF8, .brokenRow, .wrongFieldCount,
                .invalidField:
                true
            default: false
            }
        }
    }

    package let file: String
    /// 1 is the header; nil where the fault is of the whole file.
    package let line: Int?
    package let kind: Kind
    /// What the fault's sentence names; never a customer's identity.
    package let facts: [String: String]

    package init(_ file: String, _ line: Int?, _ kind: Kind, _ facts: [String: String] = [:]) {
        self.file = file
        self.line = line
        self.kind = kind
        self.facts = facts
    }

    /// The key of the fault's sentence in the table of texts.
    package var key: String { "fault.\(kind.rawValue)" }
}

/// The faults of one extract, every one of them up to a bound.
package struct ExtractFaults: Error, Sendable {
    /// A broken file may have a fault on every line; the first thousand tell what is wrong.
    private static let most = 1000

    package private(set) var list: [ExtractFault] = []
    package private(set) var count = 0
    package private(set) var isDamage = false

    package init() {}

    package init(_ fault: ExtractFault) {
        add(fault)
    }

    package mutating func add(_ fault: ExtractFault) {
        count += 1
        isDamage = isDamage || fault.kind.isDamage
        if list.count < Self.most { list.append(fault) }
    }

    package mutating func add(_ others: ExtractFaults) {
        for fault in others.list { add(fault) }
        count += others.count - others.list.count
        isDamage = isDamage || others.isDamage
    }

    package var isEmpty: Bool { count == 0 }
}
