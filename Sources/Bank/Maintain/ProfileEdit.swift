/// A field of a customer's profile that the bank's people keep, beside what CIF says (`domain.md`
/// item 20).
package enum ProfileField: String, Sendable, CaseIterable {
    /// Where the customer is reached, where that is not what CIF says.
    case mobile, address
    case employer, family, hobbies, preferences
    /// Whether marketing messages may be sent.
    case marketing

    /// Longest value and longest note, in characters.
    package static let longestValue = 200

    /// Whether it identifies the customer, so that it is masked where it is shown.
    package var isMasked: Bool { self == .mobile || self == .address }

    /// As it is shown by default.
    package func masked(_ value: String) -> String {
        switch self {
        case .mobile: Mask.mobile(value)
        case .address: Mask.address(value)
        case .employer, .family, .hobbies, .preferences, .marketing: value
        }
    }
}

/// What a customer said of marketing messages; the value of the field `marketing`.
package enum MarketingChoice: String, Sendable, CaseIterable {
    case refused, agreed
}

/// One change of one field by one outlet. Edits are added and never replace one another, so that
/// both values of a conflict stay in the history; `Profile` says which one counts.
package struct ProfileEdit: Hashable, Sendable {
    /// Begins with the author, so that no outlet can take another's.
    package let id: ProfileEditID
    /// The outlet that made it.
    package let author: UnitCode
    package let customer: CustomerNumber
    /// A field's name; one that only a later version knows is kept and counts for nothing here.
    package let field: String
    /// Nil where the field was emptied.
    package let value: String?
    /// How the customer said so, or why; in free words.
    package let note: String?
    /// Of a new agreement to marketing: the refusals that its author knew and that it lifts. Of a
    /// refusal: the one under a merged number that it says again.
    package let lifts: Set<ProfileEditID>
    /// The stamp that counts: as written, or as head office capped it.
    package let stamp: HybridStamp
    /// The stamp that the node gave it.
    package let written: HybridStamp
    package let staff: StaffID
    package let date: BusinessDay

    package init(
        id: ProfileEditID, author: UnitCode, customer: CustomerNumber, field: String,
        value: String?, note: String?, lifts: Set<ProfileEditID>, stamp: HybridStamp,
        written: HybridStamp, staff: StaffID, date: BusinessDay
    ) {
        self.id = id
        self.author = author
        self.customer = customer
        self.field = field
        self.value = value
        self.note = note
        self.lifts = lifts
        self.stamp = stamp
        self.written = written
        self.staff = staff
        self.date = date
    }

    /// The lifted refusals as a column and a message carry them: by spaces.
    package var liftedText: String? {
        lifts.isEmpty ? nil : lifts.sorted().map(\.rawValue).joined(separator: " ")
    }

    package static func lifts(_ text: String?) -> Set<ProfileEditID> {
        Set((text ?? "").split(separator: " ").map { ProfileEditID(String($0)) })
    }

    /// Whether it counts before another edit of the same field. Of what one clock ahead of all wrote
    /// and head office capped at one instant, the later written counts.
    fileprivate func isNewer(than other: ProfileEdit) -> Bool {
        if stamp != other.stamp { return stamp > other.stamp }
        if written != other.written { return written > other.written }
        return id > other.id
    }
}

/// An edit's name.
package typealias ProfileEditID = ID<ProfileEdit>

/// A customer's profile as one place knows it: a pure function of the set of edits, whatever their
/// order (`sync.md`, who may write what).
package struct Profile: Hashable, Sendable {
    /// The edit that counts for each field.
    package let current: [ProfileField: ProfileEdit]
    /// All edits, the newest first; both values of a conflict are among them.
    package let history: [ProfileEdit]
    /// The refusals of marketing that no agreement lifts.
    package let refusals: Set<ProfileEditID>
    /// The refusals that no agreement lifts, the newest first, each with the one that it says again.
    private let standing: [Standing]

    private struct Standing: Hashable {
        let origin: ProfileEditID
        let edit: ProfileEdit
    }

    /// The standing refusals that were written under another number than `customer` alone.
    package func refusals(notUnder customer: CustomerNumber) -> [ProfileEdit] {
        var seen = Set(standing.filter { $0.edit.customer == customer }.map(\.origin))
        return standing.filter { seen.insert($0.origin).inserted }.map(\.edit)
    }

    package init(_ edits: some Sequence<ProfileEdit>) {
        let history = edits.sorted { $0.isNewer(than: $1) }
        var current: [ProfileField: ProfileEdit] = [:]
        for edit in history {
            guard let field = ProfileField(rawValue: edit.field), current[field] == nil else {
                continue
            }
            current[field] = edit
        }
        // A refusal wins every merge, whatever the clocks say (R15): it falls only where an
        // agreement was written by somebody who knew of it.
        let marketing = history.filter { $0.field == ProfileField.marketing.rawValue }
        let refused = marketing.filter { $0.value == MarketingChoice.refused.rawValue }
        // Said again for the number that CIF left, it is one refusal, and falls as one.
        let saidAgain = Dictionary(
            refused.compactMap { edit in edit.lifts.min().map { (edit.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        func origin(_ id: ProfileEditID) -> ProfileEditID {
            var last = id
            for _ in 0..<saidAgain.count {
                guard let before = saidAgain[last] else { break }
                last = before
            }
            return last
        }
        let lifted = marketing.filter { $0.value == MarketingChoice.agreed.rawValue }
            .reduce(into: Set<ProfileEditID>()) { $0.formUnion($1.lifts.map(origin)) }
        let standing = refused.map { Standing(origin: origin($0.id), edit: $0) }
            .filter { !lifted.contains($0.origin) }
        self.standing = standing
        current[.marketing] =
            standing.first?.edit
            ?? marketing.first { $0.value == MarketingChoice.agreed.rawValue }
        self.current = current
        self.history = history
        refusals = Set(standing.map(\.edit.id))
    }

    package subscript(field: ProfileField) -> String? { current[field]?.value }

    /// What the customer said of marketing messages; nil where nobody asked.
    package var marketing: MarketingChoice? {
        self[.marketing].flatMap(MarketingChoice.init(rawValue:))
    }
}

/// Why marketing messages to a customer pause.
package enum MarketingHold: String, Sendable, CaseIterable {
    /// The customer does not want any.
    case refused
    /// Several outlets claim the customer, and nothing is settled.
    case contested

    /// Nil where they may be sent.
    package init?(_ profile: Profile, _ ownership: Ownership) {
        if profile.marketing == .refused {
            self = .refused
        } else if ownership.holdsMarketing {
            self = .contested
        } else {
            return nil
        }
    }
}
