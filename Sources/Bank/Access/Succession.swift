/// What loading a newer organisation file does to the organisation that is in force.
///
/// Whoever and whatever the file no longer lists stays, inactive, since claims, records and the
/// audit name them. Parameters stay as they are: a file does not change rules.
package struct Succession: Hashable, Sendable {
    /// The organisation from then on.
    package let organisation: Organisation
    package let unitsAdded: [UnitCode]
    package let unitsClosed: [UnitCode]
    /// Outlets that come under another first-tier branch; they need a new node there.
    package let outletsMoved: [UnitCode]
    package let staffAdded: [StaffID]
    /// Who may no longer do anything.
    package let staffEnded: [StaffID]
    /// Why the file may not be loaded; empty where it may.
    package let faults: [OrganisationFault]

    package init(of held: Organisation, by newer: Organisation) {
        let organisation = held.extended(by: newer)
        self.organisation = organisation
        let (before, listed) = (held.unitsByCode, newer.unitsByCode)
        let after = organisation.unitsByCode
        let (tiersBefore, tiers) = (before.firstTiers, after.firstTiers)
        unitsAdded = after.keys.filter { before[$0] == nil }.sorted()
        unitsClosed = after.values.filter {
            !$0.active && before[$0.code]?.active == true
        }.map(\.code).sorted()
        outletsMoved = held.units.filter {
            $0.level == .outlet && tiers[$0.code] != tiersBefore[$0.code]
        }.map(\.code)
        let known = Dictionary(held.staff.map { ($0.id, $0) }) { first, _ in first }
        staffAdded = organisation.staff.filter { known[$0.id] == nil }.map(\.id)
        staffEnded = organisation.staff.filter {
            !$0.active && known[$0.id]?.active == true
        }.map(\.id)

        var faults = newer.faults
        // What either was before is no news, such as was loaded when a file was not looked at for it.
        for member in organisation.staff {
            let code = UnitCode(member.id.rawValue)
            if after[code] != nil, before[code] == nil || known[member.id] == nil {
                faults.append(.namedLikeUnit(staff: member.id))
            }
        }
        for unit in (held.units + newer.units).sorted(by: { $0.code < $1.code }) {
            let (old, new) = (before[unit.code], listed[unit.code])
            let isFixed = [old?.level, new?.level].contains {
                $0 == .headOffice || $0 == .firstTier
            }
            if isFixed, old?.level != new?.level || new?.active == false {
                faults.append(.fixedUnit(unit.code))
            } else if old?.level == .outlet, let new, new.level != .outlet {
                faults.append(.noLongerOutlet(unit.code))
            }
        }
        for code in unitsClosed
        where after[code]?.level == .outlet && tiers[code] == nil {
            faults.append(.outsideFirstTier(outlet: code))
        }
        for member in organisation.staff where member.active && after[member.unit]?.active == false
        {
            faults.append(.unknownUnit(staff: member.id))
        }
        let isAdministered = organisation.staff.contains {
            $0.active && $0.holds(.administrator) && after[$0.unit]?.level == .headOffice
        }
        if !isAdministered { faults.append(.noAdministrator) }
        var seen: Set<OrganisationFault> = []
        self.faults = faults.filter { seen.insert($0).inserted }
    }

    /// The books of customers that stand against it: their manager would no longer be active at the
    /// outlet, or the outlet no longer be one of the branch's. What was so before is no news.
    package func books(against books: [Book], before held: Organisation) -> [Book] {
        let (isKept, wasKept) = (organisation.keeping, held.keeping)
        return books.filter { !isKept($0) && wasKept($0) }
    }

    /// Such books as reasons why the file may not be loaded.
    package func faults(of books: [Book], before held: Organisation) -> [OrganisationFault] {
        self.books(against: books, before: held).map(OrganisationFault.init)
    }
}

extension OrganisationFault {
    /// A book that stands against a file.
    package init(_ book: Book) {
        self =
            book.manager.map {
                .ownsCustomers(staff: $0, outlet: book.outlet, count: book.count)
            } ?? .outletOwnsCustomers(book.outlet, count: book.count)
    }
}

extension Succession {
    /// What a member of staff may do, and where.
    package struct Rights: Hashable, Sendable {
        package let unit: UnitCode
        /// Once each, in their order.
        package let roles: [Role]
        package let isActive: Bool

        fileprivate init(_ member: Staff) {
            unit = member.unit
            roles = member.sorted.roles
            isActive = member.active
        }
    }

    /// Somebody who is new, or of whom something changed.
    package struct RightsChange: Hashable, Sendable {
        package let staff: StaffID
        /// Nil for somebody new.
        package let before: Rights?
        package let after: Rights
    }

    /// Everybody who is new or changed, with what they could do and can do now; also those of whom
    /// the name or the number alone changed, who show the same twice. In the order of numbers.
    package func rightsChanged(since held: Organisation) -> [RightsChange] {
        let known = Dictionary(held.staff.map { ($0.id, $0) }) { first, _ in first }
        return organisation.staff.filter { $0 != known[$0.id]?.sorted }.map {
            RightsChange(staff: $0.id, before: known[$0.id].map(Rights.init), after: Rights($0))
        }
    }
}

extension Succession {
    /// The outlets with a node that stand against it: what such a node has yet to send goes to the
    /// first-tier branch that it was enrolled in, which the outlet would have left.
    package func faults(ofNodesAt outlets: Set<UnitCode>) -> [OrganisationFault] {
        outletsMoved.filter(outlets.contains).map { .nodeWouldMove($0) }
    }
}

/// How many customers somebody looks after in a first-tier branch.
package struct Book: Hashable, Sendable {
    package let firstTier: UnitCode
    package let outlet: UnitCode
    /// Nil where they await assignment at the outlet.
    package let manager: StaffID?
    package let count: Int

    package init(firstTier: UnitCode, outlet: UnitCode, manager: StaffID?, count: Int) {
        self.firstTier = firstTier
        self.outlet = outlet
        self.manager = manager
        self.count = count
    }
}

/// A newer organisation file that may not be loaded, and why.
package struct OrganisationRefused: Error, Hashable, Sendable {
    package let faults: [OrganisationFault]

    package init(_ faults: [OrganisationFault]) {
        self.faults = faults
    }
}

extension Organisation {
    /// The outlets that are closed, or under another first-tier branch than this one. One that the
    /// organisation does not list is not among them: nobody knows what it is.
    package func outlets(notOpenIn firstTier: UnitCode) -> Set<UnitCode> {
        let tiers = unitsByCode.firstTiers
        return Set(
            units.lazy.filter {
                $0.level == .outlet && (!$0.active || tiers[$0.code] != firstTier)
            }.map(\.code))
    }

    fileprivate var unitsByCode: [UnitCode: Unit] {
        Dictionary(units.map { ($0.code, $0) }) { first, _ in first }
    }

    /// Whether a book's outlet is open in its branch, and its manager active there.
    fileprivate var keeping: (Book) -> Bool {
        let units = unitsByCode
        let tiers = units.firstTiers
        let staff = Dictionary(staff.map { ($0.id, $0) }) { first, _ in first }
        return { book in
            guard units[book.outlet]?.active == true, tiers[book.outlet] == book.firstTier else {
                return false
            }
            guard let manager = book.manager else { return true }
            return staff[manager].map { $0.active && $0.unit == book.outlet } ?? false
        }
    }

    /// What the newer file lists, and inactive what this one has beside that; in the order in which
    /// it is kept.
    fileprivate func extended(by newer: Organisation) -> Organisation {
        let codes = Set(newer.units.map(\.code))
        let ids = Set(newer.staff.map(\.id))
        let gone = units.filter { !codes.contains($0.code) }.map {
            Unit(code: $0.code, name: $0.name, level: $0.level, parent: $0.parent, active: false)
        }
        let left = staff.filter { !ids.contains($0.id) }.map {
            Staff(
                id: $0.id, name: $0.name, unit: $0.unit, roles: $0.roles, mobile: nil,
                active: false)
        }
        let holidays = Dictionary(newer.holidays.map { ($0.date, $0) }) { _, last in last }
        return Organisation(
            units: (newer.units + gone).sorted { $0.code < $1.code },
            staff: (newer.staff.map(\.sorted) + left).sorted { $0.id < $1.id },
            parameters: parameters, holidays: holidays.values.sorted { $0.date < $1.date })
    }
}

extension Staff {
    /// With its roles once each, in their order.
    fileprivate var sorted: Staff {
        Staff(
            id: id, name: name, unit: unit,
            roles: Set(roles).sorted { $0.rawValue < $1.rawValue }, mobile: mobile, active: active)
    }
}

extension [UnitCode: Unit] {
    /// The first-tier branch above each unit, where there is one.
    fileprivate var firstTiers: [UnitCode: UnitCode] {
        compactMapValues { unit in
            var here: Unit? = unit
            // No chain is longer than there are levels and some more; a ring ends too.
            for _ in 0..<16 {
                guard let current = here else { return nil }
                if current.level == .firstTier { return current.code }
                here = current.parent.flatMap { self[$0] }
            }
            return nil
        }
    }
}
