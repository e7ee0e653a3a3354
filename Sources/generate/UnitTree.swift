import Bank

/// The units of a first-tier branch: second-tier branches by prefecture, sub-branches by county,
/// outlets.
///
/// An outlet's code is its second-tier branch's (the first-tier branch's and two digits) and two
/// digits; a sub-branch's is that of the second-tier branch, `S` and a number. The first outlet
/// of a second-tier branch stands under it without a sub-branch.
struct UnitTree: Sendable {
    static let headOffice: UnitCode = "00"
    /// As many as two digits number.
    private static let mostOutlets = 99
    private static let mostOutletsOfSubBranch = 8

    let units: [Unit]
    let outlets: [Outlet]
    let secondTiers: [UnitCode]
    let subBranches: [UnitCode]

    init(firstTier: String, province: Province, sites: [Site]) {
        var tree = Builder(firstTier: firstTier)
        tree.add(Self.headOffice, "总行", .headOffice, under: nil)
        tree.add(UnitCode(firstTier), province.name + "分行", .firstTier, under: Self.headOffice)
        for site in sites { tree.add(site) }
        units = tree.units
        outlets = tree.outlets
        secondTiers = tree.units.filter { $0.level == .secondTier }.map(\.code)
        subBranches = tree.units.filter { $0.level == .subBranch }.map(\.code)
    }

    /// Where the next outlet goes, site after site.
    private struct Builder {
        let firstTier: String
        var units: [Unit] = []
        var outlets: [Outlet] = []
        private var prefecture = ""
        private var secondTier: UnitCode = ""
        private var secondTiers = 0
        private var outletsOfSecondTier = 0
        private var county = ""
        private var subBranch: UnitCode?
        private var subBranches = 0
        private var outletsOfSubBranch = 0
        private var names: [String: Int] = [:]

        init(firstTier: String) {
            self.firstTier = firstTier
        }

        mutating func add(_ code: UnitCode, _ name: String, _ level: Unit.Level, under: UnitCode?) {
            units.append(Unit(code: code, name: name, level: level, parent: under))
        }

        mutating func add(_ site: Site) {
            if site.county.prefecture != prefecture || outletsOfSecondTier == mostOutlets {
                startSecondTier(site.county.prefecture)
            } else if site.county.code != county || subBranch == nil
                || outletsOfSubBranch == mostOutletsOfSubBranch
            {
                startSubBranch(site.county)
            }
            outletsOfSecondTier += 1
            outletsOfSubBranch += 1
            let code = UnitCode(secondTier.rawValue + padded(outletsOfSecondTier, 2))
            let parent = subBranch ?? secondTier
            add(code, site.name, .outlet, under: parent)
            outlets.append(
                Outlet(
                    index: outlets.count, code: code, name: site.name, parent: parent,
                    county: site.county))
        }

        private mutating func startSecondTier(_ prefecture: String) {
            self.prefecture = prefecture
            secondTiers += 1
            precondition(secondTiers < 100, "two digits number the second-tier branches")
            secondTier = UnitCode(firstTier + padded(secondTiers, 2))
            (subBranch, subBranches, outletsOfSecondTier, outletsOfSubBranch) = (nil, 0, 0, 0)
            add(
                secondTier, numbered(Province.stem(of: prefecture), "分行"), .secondTier,
                under: UnitCode(firstTier))
        }

        private mutating func startSubBranch(_ county: Province.County) {
            self.county = county.code
            subBranches += 1
            outletsOfSubBranch = 0
            let code = UnitCode("\(secondTier.rawValue)S\(subBranches)")
            subBranch = code
            add(code, numbered(county.name, "支行"), .subBranch, under: secondTier)
        }

        /// 金华分行, 金华第二分行 …
        private mutating func numbered(_ place: String, _ kind: String) -> String {
            let number = names[place + kind, default: 0] + 1
            names[place + kind] = number
            if number == 1 { return place + kind }
            let numerals = Array("一二三四五六七八九十")
            let numeral =
                number <= numerals.count ? String(numerals[number - 1]) : String(number)
            return "\(place)第\(numeral)\(kind)"
        }
    }
}
