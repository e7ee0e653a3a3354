import Bank

/// An outlet of the branch with its place among the units.
struct Outlet: Sendable {
    /// Among the branch's outlets, from 0.
    let index: Int
    let code: UnitCode
    let name: String
    let parent: UnitCode
    let county: Province.County
}

/// Where an outlet is and what it is called, before it has a code.
struct Site {
    /// Parts of a county's town that outlets are named for.
    private static let quarters = [
        "城东", "城西", "城南", "城北", "中山", "人民路", "解放路", "建设路", "新城", "湖滨", "江南",
        "开发区", "科技园", "南门", "朝阳", "广场",
    ]

    let name: String
    let county: Province.County

    /// The named outlets that lie in the province, and then made ones, county after county.
    static func all(in province: Province, named: [(name: String, city: String)], count: Int)
        -> [Site]
    {
        var sites: [Site] = []
        var seen: Set<String> = []
        func add(_ name: String, _ county: Province.County) {
            if sites.count < count, seen.insert(name).inserted {
                sites.append(Site(name: name, county: county))
            }
        }
        for outlet in named {
            if let county = province.county(named: outlet.city) { add(outlet.name, county) }
        }
        var round = 1
        while sites.count < count {
            let ordinal = round == 1 ? "" : "第\(round)"
            for county in province.counties {
                for quarter in quarters { add("\(county.stem)\(quarter)\(ordinal)支行", county) }
            }
            round += 1
        }
        return sites
    }
}
