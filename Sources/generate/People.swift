import Bank

/// Makes customers from their place in the branch: the same one each time, so that nobody has to
/// be kept in memory.
struct People: Sendable {
    /// Half of the three-digit sequence numbers go to men, half to women.
    private static let sequences = 499
    /// 29 February is nobody's birthday.
    private static let birthdays = 365
    /// Prime, and so without a divisor in common with any number of identities.
    private static let stride = 9_999_991

    private let plan: BranchPlan
    private let reference: Reference
    private let province: Province
    private let outlets: [Outlet]

    init(plan: BranchPlan, reference: Reference, province: Province, outlets: [Outlet]) {
        self.plan = plan
        self.reference = reference
        self.province = province
        self.outlets = outlets
    }

    /// As many customers as can be made without two having one identity number.
    static func most(in province: Province) -> Int {
        province.counties.count * sequences * birthdays
    }

    /// First-tier branch, place of the home outlet, serial: 2, 4 and 6 digits.
    func number(of member: Member) -> CustomerNumber {
        CustomerNumber(plan.firstTier + padded(member.home + 1, 4) + padded(member.serial, 6))
    }

    /// The customer before or after they moved house and took a new mobile number.
    func customer(_ member: Member, hasMoved: Bool) -> Customer {
        var chance = Chance(plan.seed, .person, member.home, member.serial)
        let isMale = chance.hits(percent: 50)
        let name = reference.name(isMale: isMale, &chance)
        let identity = identity(of: member, isMale: isMale, age: Self.age(&chance))
        let county = outlets[member.home].county
        let work = Work(age: plan.from.year - identity.birthDate.year, county: county, &chance)
        if hasMoved { chance = Chance(plan.seed, .removal, member.home, member.serial) }
        return Customer(
            number: number(of: member), name: name, idType: "resident",
            idNumber: identity.number, gender: isMale ? "M" : "F",
            birthDate: identity.birthDate, mobile: Self.mobile(&chance),
            address: address(in: county, &chance), employer: work.employer,
            occupation: work.occupation)
    }

    /// The name of somebody whom a customer pays or is paid by.
    func counterparty(_ chance: inout Chance) -> String {
        reference.name(isMale: chance.hits(percent: 50), &chance)
    }

    private static let ages = WeightedList<ClosedRange<Int>>([
        (18...24, 9), (25...34, 20), (35...44, 21), (45...54, 20), (55...64, 16), (65...74, 10),
        (75...89, 4),
    ])

    private static func age(_ chance: inout Chance) -> Int {
        chance.within(ages.pick(&chance))
    }

    /// County, birthday and sequence number follow from the customer's place: every place has
    /// another combination (multiplying by `stride` only reorders them), so that no two customers
    /// have one identity number whatever their years of birth.
    private func identity(of member: Member, isMale: Bool, age: Int) -> (
        number: String, birthDate: BusinessDay
    ) {
        let combinations = Self.most(in: province)
        let place = member.home * plan.serialsPerOutlet + member.serial - 1
        var chance = Chance(plan.seed, .identity)
        var rest = (chance.below(combinations) + place % combinations * Self.stride) % combinations
        let county = province.counties[rest % province.counties.count]
        rest /= province.counties.count
        let sequence = rest % Self.sequences * 2 + (isMale ? 1 : 2)
        rest /= Self.sequences
        // 2001 has no leap day; the year before last is the latest in which someone turned `age`.
        let birthday = (BusinessDay(daysSinceEpoch: 11_323) + rest).components
        let birthDate =
            BusinessDay(
                year: plan.from.year - age - 1, month: birthday.month, day: birthday.day)
            ?? plan.from.adding(months: -12 * (age + 1))
        let (year, month, day) = birthDate.components
        let digits =
            county.code + padded(year, 4) + padded(month, 2) + padded(day, 2)
            + padded(sequence, 3)
        return (digits + String(CheckDigit.identity(of: digits)), birthDate)
    }

    private static let mobilePrefixes = [
        "130", "131", "133", "135", "136", "137", "138", "139", "150", "151", "152", "155", "157",
        "158", "159", "166", "177", "180", "182", "186", "187", "188", "189", "198", "199",
    ]

    static func mobile(_ chance: inout Chance) -> String {
        chance.pick(mobilePrefixes) + padded(chance.below(100_000_000), 8)
    }

    private static let roads = [
        "人民路", "解放路", "中山路", "建设路", "文化路", "新华路", "和平路", "胜利路", "朝阳路", "东风路",
        "南苑路", "北环路", "金城路", "学院路", "滨江路", "湖滨路", "西门街", "东门街", "府前街", "站前路",
        "望春路", "丽州路", "香樟路", "五金大道", "花川路", "紫薇路",
    ]

    private func address(in county: Province.County, _ chance: inout Chance) -> String {
        let city = county.prefecture == province.name ? "" : county.prefecture
        let street = "\(chance.pick(Self.roads))\(chance.within(1...680))号"
        let door =
            "\(chance.within(1...38))幢\(chance.within(1...4))单元"
            + "\(chance.within(1...18))0\(chance.within(1...4))室"
        return province.name + city + county.name + street + door
    }
}
