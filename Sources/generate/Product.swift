import Bank

/// A product as the core system's account carries it, and how its balance moves.
struct Product: Sendable {
    /// The raw value is the extract's subcategory.
    enum Kind: String, Sendable {
        case demand, time
        case housingLoan = "housing_loan"
        case consumerLoan = "consumer_loan"
        case fund
        case certificateBond = "certificate_bond"
        case savingsBond = "savings_bond"
        case wealth, other

        var category: Category {
            switch self {
            case .demand, .time: .deposit
            case .housingLoan, .consumerLoan: .loan
            case .fund: .fund
            case .certificateBond, .savingsBond: .bond
            case .wealth: .wealth
            case .other: .other
            }
        }
    }

    let kind: Kind
    let name: String
    /// 0 for what has no end.
    let months: Int
    /// Interest a year in hundredths of a percent.
    let rate: Int64

    /// An account stores its product's place in this list.
    static let all: [Product] = [
        Product(kind: .demand, name: "活期储蓄", months: 0, rate: 5),
        Product(kind: .time, name: "整存整取三个月", months: 3, rate: 65),
        Product(kind: .time, name: "整存整取六个月", months: 6, rate: 85),
        Product(kind: .time, name: "整存整取一年", months: 12, rate: 95),
        Product(kind: .time, name: "整存整取三年", months: 36, rate: 125),
        Product(kind: .housingLoan, name: "个人住房贷款", months: 240, rate: 310),
        Product(kind: .consumerLoan, name: "个人消费贷款", months: 36, rate: 345),
        Product(kind: .fund, name: "货币市场基金", months: 0, rate: 130),
        Product(kind: .fund, name: "混合型基金", months: 0, rate: 0),
        Product(kind: .certificateBond, name: "凭证式国债三年", months: 36, rate: 163),
        Product(kind: .certificateBond, name: "凭证式国债五年", months: 60, rate: 170),
        Product(kind: .savingsBond, name: "储蓄国债(电子式)三年", months: 36, rate: 163),
        Product(kind: .savingsBond, name: "储蓄国债(电子式)五年", months: 60, rate: 170),
        Product(kind: .wealth, name: "固定收益类理财一百八十天", months: 6, rate: 240),
        Product(kind: .wealth, name: "固定收益类理财一年", months: 12, rate: 270),
        Product(kind: .other, name: "个人贵金属账户", months: 0, rate: 0),
    ]

    static let demand = places(of: .demand)[0]

    static func places(of kind: Kind) -> [Int] {
        all.indices.filter { all[$0].kind == kind }
    }

    static func any(_ kind: Kind, _ chance: inout Chance) -> Int {
        let first = all.firstIndex { $0.kind == kind } ?? 0
        return first + chance.below(all.count { $0.kind == kind })
    }

    /// Interest on an amount of fen for so many months, cut to the fen.
    func interest(on amount: Int64, months: Int) -> Int64 {
        amount / 100 * rate * Int64(months) / 1_200
    }
}

extension Int64 {
    /// So many yuan, in fen.
    static func yuan(_ amount: Int) -> Int64 { Int64(amount) * 100 }
}
