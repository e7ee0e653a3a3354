import Bank

extension OutletBook {
    /// A customer's own changes: a new address, a card, the end of one.
    func changeCustomer(_ index: Int, _ extract: DayExtract) {
        let customer = customers[index]
        if customer.movesOn == extract.day {
            extract.write(people.customer(customer.member, hasMoved: true))
        }
        guard let issuedOn = customer.cardIssuedOn else { return }
        if customer.leavesOn == extract.day {
            if issuedOn < extract.day { writeCard(of: index, status: "cancelled", extract) }
        } else if issuedOn == extract.day {
            writeCard(of: index, status: "active", extract)
        }
    }

    func writeCard(of index: Int, status: String, _ extract: DayExtract) {
        let customer = customers[index]
        guard let level = customer.cardLevel, let issuedOn = customer.cardIssuedOn else { return }
        extract.writeCard(
            number(ofCardOf: index), of: people.number(of: customer.member), level,
            status: status, issuedOn: issuedOn)
    }

    /// What the day does to one open account.
    mutating func live(_ index: Int, _ extract: DayExtract, _ chance: inout Chance) {
        let account = accounts[index]
        let customer = customers[Int(account.customer)]
        if customer.leavesOn == extract.day {
            close(index, paying: "销户转出", extract, &chance)
        } else if customer.drainsOn == extract.day {
            drain(index, extract, &chance)
        } else {
            switch account.kind {
            case .demand: liveDemand(index, customer, extract, &chance)
            case .housingLoan, .consumerLoan: repay(index, extract, &chance)
            case .fund: liveFund(index, extract, &chance)
            case .other: revalue(index, percent: 3, "估值变动", extract, &chance)
            case .time, .certificateBond, .savingsBond, .wealth:
                if account.maturesOn == extract.day {
                    mature(index, customer, extract, &chance)
                }
            }
        }
    }

    private mutating func close(
        _ index: Int, paying memo: String, _ extract: DayExtract, _ chance: inout Chance
    ) {
        post(
            Entry(amount: -accounts[index].balance, channel: .counter, memo: memo), to: index,
            extract, &chance)
        accounts[index].closedOn = extract.day
        write(account: index, extract)
    }

    /// Nearly everything goes to another bank; loans stay.
    private mutating func drain(_ index: Int, _ extract: DayExtract, _ chance: inout Chance) {
        let account = accounts[index]
        if account.kind.category == .loan { return }
        guard account.kind == .demand else {
            close(index, paying: "提前支取,转账至他行", extract, &chance)
            return
        }
        lowerExpectations(of: index)
        let left = accounts[index].usual
        guard account.balance > left else { return }
        post(
            Entry(amount: left - account.balance, channel: .mobile, memo: "转账至他行"), to: index,
            extract, &chance)
    }

    /// The monthly instalment, for which the customer first pays in what is missing.
    private mutating func repay(_ index: Int, _ extract: DayExtract, _ chance: inout Chance) {
        let loan = accounts[index]
        let dueDay = min(loan.openedOn.components.day, 28)
        guard extract.dayOfMonth == dueDay, loan.openedOn < extract.day, loan.balance > 0
        else { return }
        let isLast = loan.maturesOn.map { $0 - extract.day < 28 } ?? false
        let principal = isLast ? loan.balance : min(loan.usual, loan.balance)
        let interest = Product.all[Int(loan.product)].interest(on: loan.balance, months: 1)
        let main = Int(loan.main)
        let missing = principal + interest - accounts[main].balance
        if missing > 0 {
            post(
                Entry(
                    amount: missing + .yuan(chance.within(10...300)), channel: .mobile,
                    memo: "转入还贷"),
                to: main, extract, &chance)
        }
        post(.system(-principal - interest, "贷款扣款"), to: main, extract, &chance)
        post(.system(-principal, "归还本金"), to: index, extract, &chance)
        if accounts[index].balance == 0 {
            accounts[index].closedOn = extract.day
            write(account: index, extract)
        }
    }

    /// Revalued at each month's end, bought and sold between.
    private mutating func liveFund(_ index: Int, _ extract: DayExtract, _ chance: inout Chance) {
        let fund = accounts[index]
        let product = Product.all[Int(fund.product)]
        if extract.isEndOfMonth, product.rate > 0 {
            let gain = product.interest(on: fund.balance, months: 1)
            post(.system(gain, "收益结转"), to: index, extract, &chance)
        } else if extract.isEndOfMonth {
            revalue(index, percent: 4, "净值变动", extract, &chance)
        } else if chance.hits(perMillion: 4_000) {
            let main = Int(fund.main)
            let amount =
                chance.hits(percent: 50)
                ? -chance.part(of: fund.balance, 10, 50)
                : chance.part(of: max(0, accounts[main].balance), 5, 20)
            post(.system(-amount, amount > 0 ? "基金申购" : "基金赎回"), to: main, extract, &chance)
            post(.system(amount, amount > 0 ? "申购" : "赎回"), to: index, extract, &chance)
        }
    }

    /// Up or down by at most so many percent, at a month's end.
    private mutating func revalue(
        _ index: Int, percent: Int, _ memo: String, _ extract: DayExtract, _ chance: inout Chance
    ) {
        guard extract.isEndOfMonth else { return }
        let change = chance.part(of: accounts[index].balance, 0, percent)
        let isGain = chance.hits(percent: 54)
        post(.system(isGain ? change : -change, memo), to: index, extract, &chance)
    }

    /// Goes on for another term, or is paid into the demand account with its interest and closed.
    /// An anchored customer's goes on, so that the amount stays.
    private mutating func mature(
        _ index: Int, _ customer: BookCustomer, _ extract: DayExtract, _ chance: inout Chance
    ) {
        let account = accounts[index]
        let product = Product.all[Int(account.product)]
        let interest = product.interest(on: account.balance, months: product.months)
        let goesOn =
            customer.member.isAnchored
            || product.kind.category == .deposit && chance.hits(percent: 45)
        if goesOn {
            accounts[index].maturesOn = extract.day.adding(months: product.months)
            post(.system(interest, "到期转存利息"), to: index, extract, &chance)
        } else {
            let paid = account.balance + interest
            post(.system(-account.balance, "到期支取"), to: index, extract, &chance)
            post(.system(paid, "到期转入"), to: Int(account.main), extract, &chance)
            accounts[index].closedOn = extract.day
        }
        write(account: index, extract)
    }
}
