/// What a customer does for a living, and where.
struct Work {
    let employer: String?
    let occupation: String

    private static let occupations = WeightedList<String>([
        ("职员", 26), ("工人", 20), ("个体工商户", 13), ("农民", 9), ("教师", 6), ("工程师", 6),
        ("企业主", 5), ("司机", 4), ("医生", 3), ("会计", 4), ("公务员", 3), ("护士", 1),
    ])

    init(age: Int, county: Province.County, _ chance: inout Chance) {
        if age >= 60, chance.hits(percent: 85) {
            (employer, occupation) = (nil, "退休")
        } else if age <= 22, chance.hits(percent: 50) {
            (employer, occupation) = (county.stem + "职业技术学院", "学生")
        } else {
            let occupation = Self.occupations.pick(&chance)
            self.occupation = occupation
            employer = Self.employer(of: occupation, in: county.stem, &chance)
        }
    }

    private static let firms = [
        "宏达", "恒泰", "金鑫", "永盛", "华丰", "东方", "瑞祥", "联创", "新世纪", "正大", "天成",
        "百川", "飞跃", "鼎力", "三联", "海纳", "嘉禾", "万通", "同创", "博远",
    ]
    private static let trades = [
        "五金制品", "机械", "服饰", "电器", "工贸", "电子商务", "食品", "塑料制品", "建筑工程", "物流",
        "门业", "日用品", "汽车零部件", "纺织", "工艺品",
    ]

    private static func employer(of occupation: String, in place: String, _ chance: inout Chance)
        -> String?
    {
        switch occupation {
        case "农民": nil
        case "教师": place + chance.pick(["第一中学", "实验小学", "第二中学", "职业技术学校", "外国语学校"])
        case "医生", "护士": place + chance.pick(["人民医院", "中医院", "妇幼保健院", "第一医院"])
        case "公务员": place + chance.pick(["财政局", "教育局", "税务局", "人民政府", "市场监督管理局"])
        case "个体工商户": place + chance.pick(firms) + chance.pick(trades) + "经营部(个体,一般纳税人)"
        default: place + chance.pick(firms) + chance.pick(trades) + "有限公司"
        }
    }
}
