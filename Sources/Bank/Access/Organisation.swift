/// A unit of the bank, from head office down to an outlet (`domain.md` 3.1).
package struct Unit: Codable, Hashable, Sendable {
    package enum Level: String, Codable, Sendable {
        case headOffice = "head-office"
        case firstTier = "first-tier"
        case secondTier = "second-tier"
        case subBranch = "sub-branch"
        case outlet
    }

    package let code: UnitCode
    package let name: String
    package let level: Level
    package let parent: UnitCode?
    /// Whether it is open; a closed one is kept because claims and records name it.
    package let active: Bool

    package init(
        code: UnitCode, name: String, level: Level, parent: UnitCode?, active: Bool = true
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.parent = parent
        self.active = active
    }

    private enum CodingKeys: CodingKey { case code, name, level, parent, active }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        code = try fields.decode(UnitCode.self, forKey: .code)
        name = try fields.decode(String.self, forKey: .name)
        level = try fields.decode(Level.self, forKey: .level)
        parent = try fields.decodeIfPresent(UnitCode.self, forKey: .parent)
        active = try fields.decodeIfPresent(Bool.self, forKey: .active) ?? true
    }

    /// An open unit is written as it was before units could be closed.
    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(code, forKey: .code)
        try fields.encode(name, forKey: .name)
        try fields.encode(level, forKey: .level)
        try fields.encodeIfPresent(parent, forKey: .parent)
        if !active { try fields.encode(active, forKey: .active) }
    }
}

/// A member of staff and what they may be. An inactive one can own and do nothing.
package struct Staff: Codable, Hashable, Sendable {
    package let id: StaffID
    package let name: String
    package let unit: UnitCode
    package let roles: [Role]
    package let mobile: String?
    package let active: Bool

    package init(
        id: StaffID, name: String, unit: UnitCode, roles: [Role], mobile: String? = nil,
        active: Bool = true
    ) {
        self.id = id
        self.name = name
        self.unit = unit
        self.roles = roles
        self.mobile = mobile
        self.active = active
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(StaffID.self, forKey: .id)
        name = try fields.decode(String.self, forKey: .name)
        unit = try fields.decode(UnitCode.self, forKey: .unit)
        roles = try fields.decode([Role].self, forKey: .roles)
        mobile = try fields.decodeIfPresent(String.self, forKey: .mobile)
        active = try fields.decodeIfPresent(Bool.self, forKey: .active) ?? true
    }

    package func holds(_ role: Role) -> Bool { roles.contains(role) }
}

/// A public holiday or a make-up working day.
package struct Holiday: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable { case holiday, workday }

    package let date: BusinessDay
    package let kind: Kind

    package init(date: BusinessDay, kind: Kind) {
        self.date = date
        self.kind = kind
    }
}

/// The bank as `org.json` describes it (`interfaces.md` 4): loaded at head office, replicated
/// to nodes; a node without a head office loads it itself.
package struct Organisation: Codable, Hashable, Sendable {
    package let units: [Unit]
    package let staff: [Staff]
    package let parameters: [ParameterSetting]
    package let holidays: [Holiday]

    package init(
        units: [Unit], staff: [Staff], parameters: [ParameterSetting] = [],
        holidays: [Holiday] = []
    ) {
        self.units = units
        self.staff = staff
        self.parameters = parameters
        self.holidays = holidays
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        units = try fields.decode([Unit].self, forKey: .units)
        staff = try fields.decode([Staff].self, forKey: .staff)
        parameters =
            try fields.decodeIfPresent([ParameterSetting].self, forKey: .parameters) ?? []
        holidays = try fields.decodeIfPresent([Holiday].self, forKey: .holidays) ?? []
    }

    package func unit(_ code: UnitCode) -> Unit? { units.first { $0.code == code } }

    /// The first-tier branch that a unit belongs to; nil at head office.
    package func firstTier(of code: UnitCode) -> UnitCode? {
        var unit = unit(code)
        for _ in units {
            guard let here = unit else { return nil }
            if here.level == .firstTier { return here.code }
            unit = here.parent.flatMap(self.unit)
        }
        return nil
    }

    /// Whether `unit` is `code` itself or one of the units above it.
    package func `is`(_ unit: UnitCode, above code: UnitCode) -> Bool {
        var here = self.unit(code)
        for _ in units {
            guard let current = here else { return false }
            if current.code == unit { return true }
            here = current.parent.flatMap(self.unit)
        }
        return false
    }

    /// What one node needs to know of the bank: its own first-tier branch, whole, and head office.
    package func scoped(to firstTier: UnitCode) -> Organisation {
        let units = units.filter {
            $0.level == .headOffice || self.firstTier(of: $0.code) == firstTier
        }
        let codes = Set(units.map(\.code))
        return Organisation(
            units: units, staff: staff.filter { codes.contains($0.unit) },
            parameters: parameters.filter {
                $0.scope == .bank || $0.scope == .firstTier(firstTier)
            },
            holidays: holidays)
    }
}

/// What is wrong with an organisation file, one sentence's worth each.
package enum OrganisationFault: Error, Hashable, Sendable {
    case duplicateUnit(UnitCode)
    case unknownParent(unit: UnitCode)
    case outsideFirstTier(outlet: UnitCode)
    case duplicateStaff(StaffID)
    case unknownUnit(staff: StaffID)
    /// What a rule writes is entered by its unit's code.
    case namedLikeUnit(staff: StaffID)
    case unknownParameter(String)
    case parameterOutOfRange(String, value: String)
    /// Two values of one scope from one date on.
    case parameterOverlaps(String, from: BusinessDay)
    /// Head office and first-tier branches are what they were when head office was made.
    case fixedUnit(UnitCode)
    /// What was an outlet would be a unit of another level.
    case noLongerOutlet(UnitCode)
    /// Nobody at head office could load the next file.
    case noAdministrator
    /// Whoever looks after customers neither leaves nor moves before their book is handed over.
    case ownsCustomers(staff: StaffID, outlet: UnitCode, count: Int)
    /// Customers await assignment at an outlet that would close or move.
    case outletOwnsCustomers(UnitCode, count: Int)
    /// What the outlet's node has yet to send would have nowhere to go.
    case nodeWouldMove(UnitCode)
}

extension OrganisationFault {
    /// Whether another version lets it in: a node takes such an organisation from head office
    /// rather than hear nothing. A later one may have meant it, and until the node is updated it
    /// closes by the rules that it knows; an earlier one may have loaded it.
    package var isOfAnotherVersion: Bool {
        switch self {
        case .unknownParameter, .namedLikeUnit: true
        default: false
        }
    }
}

extension Organisation {
    /// Everything that is wrong with the file; empty where it may be loaded.
    package var faults: [OrganisationFault] {
        var faults: [OrganisationFault] = []
        let codes = Set(units.map(\.code))
        var seenUnits: Set<UnitCode> = []
        for unit in units {
            if !seenUnits.insert(unit.code).inserted { faults.append(.duplicateUnit(unit.code)) }
            if unit.level != .headOffice, unit.parent.map(codes.contains) != true {
                faults.append(.unknownParent(unit: unit.code))
            } else if unit.level == .outlet, firstTier(of: unit.code) == nil {
                faults.append(.outsideFirstTier(outlet: unit.code))
            }
        }
        var seenStaff: Set<StaffID> = []
        for member in staff {
            if !seenStaff.insert(member.id).inserted { faults.append(.duplicateStaff(member.id)) }
            if !codes.contains(member.unit) { faults.append(.unknownUnit(staff: member.id)) }
            if codes.contains(UnitCode(member.id.rawValue)) {
                faults.append(.namedLikeUnit(staff: member.id))
            }
        }
        var seenSettings: Set<[String]> = []
        for setting in parameters {
            let place = [
                setting.name, setting.scope.rawValue, setting.effectiveFrom.description,
            ]
            if !seenSettings.insert(place).inserted {
                faults.append(.parameterOverlaps(setting.name, from: setting.effectiveFrom))
            }
            guard let parameter = Parameter.all[setting.name] else {
                faults.append(.unknownParameter(setting.name))
                continue
            }
            if !parameter.admits(setting.value) {
                faults.append(.parameterOutOfRange(setting.name, value: setting.value))
            }
        }
        return faults
    }
}
