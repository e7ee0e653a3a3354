import Bank

extension OutletBook {
    /// A day of a demand account: salary, interest at a month's end, a yearly fee, and spending
    /// that keeps its balance about what is usual for it.
    mutating func liveDemand(
        _ index: Int, _ customer: BookCustomer, _ extract: DayExtract, _ chance: inout Chance
    ) {
        let isMain = Int(accounts[index].main) == index
        if isMain, customer.salary > 0, extract.dayOfMonth == customer.salaryDay {
            payIn(customer, index, extract, &chance)
        }
        if extract.isEndOfMonth {
            let balance = max(0, accounts[index].balance)
            let interest = Product.all[Product.demand].interest(on: balance, months: 1)
            post(.system(interest, "结息"), to: index, extract, &chance)
        }
        if index.isMultiple(of: 4), index / 4 % 365 == extract.day.dayOfYear - 1 {
            post(.system(-.yuan(10), "账户年费"), to: index, extract, &chance)
        }

        let account = accounts[index]
        let excess = account.balance - account.usual
        let ticket = chance.below(10_000)
        switch ticket {
        case 0..<800: spend(index, excess, extract, &chance)
        case 800..<1_500 where excess > account.usual: spend(index, excess, extract, &chance)
        case 1_500..<1_900 where isMain && excess > account.usual && excess > .yuan(30_000):
            invest(index, excess, extract, &chance)
        case 9_998... where account.usual > .yuan(5_000):
            moveMuch(index, extract, &chance)
        default: break
        }
    }

    private mutating func payIn(
        _ customer: BookCustomer, _ index: Int, _ extract: DayExtract, _ chance: inout Chance
    ) {
        let extra = extract.day.components.month == 1 ? customer.salary / 2 : 0
        let entry: Entry =
            if customer.isRetired {
                .system(customer.salary, "养老金", from: "社会保险事业管理中心")
            } else {
                .system(
                    customer.salary + extra, extra > 0 ? "代发工资,含年终奖" : "代发工资",
                    from: people.customer(customer.member, hasMoved: false).employer)
            }
        post(entry, to: index, extract, &chance)
    }

    /// Brings an unusual balance back, and lets a usual one move a little.
    private mutating func spend(
        _ index: Int, _ excess: Int64, _ extract: DayExtract, _ chance: inout Chance
    ) {
        let account = accounts[index]
        let entry: Entry
        // An overdrawn account stays so for a while.
        if account.balance < 0, chance.hits(percent: 85) { return }
        if account.balance < .yuan(10) {
            let amount = -min(0, account.balance) + .yuan(chance.within(1...8) * 50)
            entry = Entry(amount: amount, channel: .atm, memo: "现金存入")
        } else if excess > account.usual {
            entry = Entry(
                amount: -chance.part(of: excess, 20, 80), channel: .mobile, memo: "转账支出",
                counterparty: people.counterparty(&chance))
        } else if -excess > account.usual / 2 {
            entry = Entry(
                amount: chance.part(of: -excess, 50, 120), channel: .mobile, memo: "转账存入",
                counterparty: people.counterparty(&chance))
        } else if account.balance > .yuan(1_000), chance.hits(percent: 20) {
            let notes = min(50, Int(account.balance / .yuan(200)))
            entry = Entry(
                amount: -.yuan(chance.within(1...notes) * 100), channel: .atm, memo: "现金支取")
        } else {
            let most = min(account.balance / 3, .yuan(900))
            entry = Entry(
                amount: -Int64(chance.within(1...Int(most))), channel: .pos,
                memo: chance.pick(["消费", "超市购物", "餐饮", "加油", "水电煤缴费", "话费充值", "网上购物,快捷支付"]))
        }
        post(entry, to: index, extract, &chance)
    }

    /// Most of what lies idle becomes a time deposit or a wealth product.
    private mutating func invest(
        _ index: Int, _ excess: Int64, _ extract: DayExtract, _ chance: inout Chance
    ) {
        let step = Int64.yuan(1_000)
        let amount = chance.part(of: excess, 70, 95) / step * step
        let isTime = chance.hits(percent: 65)
        let product = Product.any(isTime ? .time : .wealth, &chance)
        let memo = isTime ? "转存定期" : "购买理财"
        post(.system(-amount, memo), to: index, extract, &chance)
        open(
            Portfolio.Item(product: product, amount: amount),
            customer: Int(accounts[index].customer), main: index, openedOn: extract.day,
            .system(amount, memo), extract, &chance)
    }

    /// A house sold, a firm's profit, a wedding: 50,000 yuan and more, in or out.
    private mutating func moveMuch(
        _ index: Int, _ extract: DayExtract, _ chance: inout Chance
    ) {
        let account = accounts[index]
        let counterparty = people.counterparty(&chance)
        if account.balance > .yuan(60_000), chance.hits(percent: 50) {
            let most = Int(account.balance * 8 / 10 / .yuan(1_000))
            let amount = Int64.yuan(chance.within(50...max(50, most)) * 1_000)
            post(
                Entry(
                    amount: -min(amount, account.balance), channel: .counter, memo: "大额转出",
                    counterparty: counterparty),
                to: index, extract, &chance)
        } else {
            let band = chance.pick([50...80, 50...120, 80...200, 100...600])
            let amount = Int64.yuan(chance.within(band) * 1_000)
            post(
                Entry(
                    amount: amount, channel: .counter, memo: "大额转入",
                    counterparty: counterparty),
                to: index, extract, &chance)
            if chance.hits(percent: 40) {
                accounts[index].usual += chance.part(of: amount, 20, 80)
            }
        }
    }
}
