package import Bank

// The named cast: one first-tier branch with three outlets, a second one with one outlet.

extension ID<Unit> {
    package static var headOffice: UnitCode { "00" }
    package static var zhejiang: UnitCode { "33" }
    package static var wulin: UnitCode { "330101" }
    package static var xihu: UnitCode { "330102" }
    package static var gulou: UnitCode { "330201" }
    package static var jiangsu: UnitCode { "32" }
    package static var nanjing: UnitCode { "320101" }
}

extension ID<Staff> {
    /// Managers of Wulin; Ida is no longer active.
    package static var ada: StaffID { "ada" }
    package static var ben: StaffID { "ben" }
    package static var ida: StaffID { "ida" }
    /// Wulin's supervisor and teller.
    package static var eve: StaffID { "eve" }
    package static var tom: StaffID { "tom" }
    /// Xihu's manager and supervisor.
    package static var cai: StaffID { "cai" }
    package static var sun: StaffID { "sun" }
    /// Gulou's manager and supervisor.
    package static var dan: StaffID { "dan" }
    package static var gus: StaffID { "gus" }
    /// Nanjing's manager and supervisor.
    package static var nia: StaffID { "nia" }
    package static var oki: StaffID { "oki" }
    /// Supervisor of the first-tier branch, analyst and administrator at head office.
    package static var fay: StaffID { "fay" }
    package static var hal: StaffID { "hal" }
    package static var amy: StaffID { "amy" }
}

extension ID<Customer> {
    package static var wang: CustomerNumber { "3300000001" }
    package static var zhang: CustomerNumber { "3300000002" }
    package static var zhou: CustomerNumber { "3300000003" }
}

extension Organisation {
    package static let ofTests = made()

    package static func made(
        parameters: [ParameterSetting] = [], holidays: [Holiday] = []
    ) -> Organisation {
        Organisation(
            units: [
                Unit(code: .headOffice, name: "总行", level: .headOffice, parent: nil),
                Unit(code: .zhejiang, name: "浙江省分行", level: .firstTier, parent: .headOffice),
                Unit(code: "3301", name: "杭州分行", level: .secondTier, parent: .zhejiang),
                Unit(code: .wulin, name: "杭州武林支行", level: .outlet, parent: "3301"),
                Unit(code: .xihu, name: "杭州西湖支行", level: .outlet, parent: "3301"),
                Unit(code: .gulou, name: "宁波鼓楼支行", level: .outlet, parent: .zhejiang),
                Unit(code: .jiangsu, name: "江苏省分行", level: .firstTier, parent: .headOffice),
                Unit(code: .nanjing, name: "南京新街口支行", level: .outlet, parent: .jiangsu),
            ],
            staff: [
                staff(.ada, .wulin, .manager), staff(.ben, .wulin, .manager),
                staff(.ida, .wulin, .manager, active: false),
                staff(.eve, .wulin, .outletSupervisor), staff(.tom, .wulin, .teller),
                staff(.cai, .xihu, .manager), staff(.sun, .xihu, .outletSupervisor),
                staff(.dan, .gulou, .manager), staff(.gus, .gulou, .outletSupervisor),
                staff(.nia, .nanjing, .manager), staff(.oki, .nanjing, .outletSupervisor),
                staff(.fay, .zhejiang, .firstTierSupervisor), staff(.hal, .headOffice, .analyst),
                staff(.amy, .headOffice, .administrator),
            ],
            parameters: parameters, holidays: holidays)
    }

    private static func staff(
        _ id: StaffID, _ unit: UnitCode, _ role: Role, active: Bool = true
    ) -> Staff {
        Staff(
            id: id, name: id.rawValue.capitalized, unit: unit, roles: [role],
            mobile: "13900000000", active: active)
    }
}

extension String {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
