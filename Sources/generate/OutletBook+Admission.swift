import Bank

extension OutletBook {
    /// Writes a customer with accounts and, at the opening, cards. At the opening the accounts
    /// are of earlier years and their balances carried; later they are opened and paid into
    /// today.
    mutating func admit(_ member: Member, isOpening: Bool, _ extract: DayExtract) {
        let place = member.home * plan.serialsPerOutlet + member.serial
        var chance = Chance(plan.seed, .holdings, place, outlet.index)
        let person = people.customer(member, hasMoved: false)
        let age = plan.from.year - (person.birthDate ?? plan.from).year
        let portfolio =
            member.isAnchored
            ? Portfolio.anchored(member.rank, &chance)
            : Portfolio(worth: Worth.any(&chance), age: age, &chance)
        extract.write(person)
        let index = customers.count
        add(customer(member, portfolio, age: age, on: extract.day, &chance))
        if isOpening, customers[index].cardIssuedOn.map({ $0 <= extract.day }) == true {
            writeCard(of: index, status: "active", extract)
        }

        let main = accounts.count
        for item in portfolio.items {
            let product = Product.all[item.product]
            let openedOn =
                isOpening
                ? openingDay(of: product, age: age, before: extract.day, &chance) : extract.day
            open(
                item, customer: index, main: main, openedOn: openedOn,
                isOpening ? nil : Self.firstEntry(of: product, item.amount), extract, &chance)
        }
    }

    /// Opens an account and pays into it; without an entry it has its balance already.
    mutating func open(
        _ item: Portfolio.Item, customer: Int, main: Int, openedOn: BusinessDay, _ entry: Entry?,
        _ extract: DayExtract, _ chance: inout Chance
    ) {
        let product = Product.all[item.product]
        let maturesOn = product.months == 0 ? nil : openedOn.adding(months: product.months)
        let index = accounts.count
        accounts.append(
            BookAccount(
                customer: Int32(customer), main: Int32(main),
                product: UInt8(item.product), openedOn: openedOn, maturesOn: maturesOn,
                balance: entry == nil ? item.amount : 0,
                usual: usual(item, maturesOn: maturesOn, on: extract.day)))
        write(account: index, extract)
        guard let entry else {
            extract.write(balance: item.amount, of: number(ofAccount: index))
            return
        }
        post(entry, to: index, extract, &chance)
    }

    private func usual(_ item: Portfolio.Item, maturesOn: BusinessDay?, on day: BusinessDay)
        -> Int64
    {
        guard Product.all[item.product].kind.category == .loan, let maturesOn else {
            return max(item.amount, .yuan(1))
        }
        return max(item.amount / Int64(max(1, (maturesOn - day) / 30)), .yuan(10))
    }

    private static func firstEntry(of product: Product, _ amount: Int64) -> Entry {
        switch product.kind.category {
        case .loan: .system(amount, "贷款发放")
        case .deposit: Entry(amount: amount, channel: .counter, memo: "开户存入")
        default: Entry(amount: amount, channel: .mobile, memo: "认购")
        }
    }

    /// Within the last fifteen years, or the part of the product's term that has passed, and not
    /// before the customer was 16 (22 for a loan).
    private func openingDay(
        of product: Product, age: Int, before day: BusinessDay, _ chance: inout Chance
    ) -> BusinessDay {
        let isLoan = product.kind.category == .loan
        let years = max(1, min(15, age - (isLoan ? 22 : 16)))
        var days = years * 365
        // A month has 28 days or more: what was opened so lately matures after `day`.
        if product.months > 0 { days = min(days, product.months * 28) }
        return day + -chance.below(days)
    }

    private func customer(
        _ member: Member, _ portfolio: Portfolio, age: Int, on day: BusinessDay,
        _ chance: inout Chance
    ) -> BookCustomer {
        let worth = portfolio.worth
        let isRetired = age >= 60
        var salary = 0
        if member.rank == .home {
            switch worth {
            case _ where isRetired:
                if chance.hits(percent: 60) { salary = chance.within(2_500...6_500) }
            case .yuan(100_000)...:
                if chance.hits(percent: 75) { salary = chance.within(6_000...35_000) }
            case .yuan(10_000)...:
                if chance.hits(percent: 65) { salary = chance.within(4_000...13_000) }
            default:
                if chance.hits(percent: 30) { salary = chance.within(2_500...6_000) }
            }
        }
        var customer = BookCustomer(
            member: member, salary: .yuan(salary),
            salaryDay: chance.pick([5, 8, 10, 10, 12, 15, 15, 20, 25, 28]), isRetired: isRetired,
            movesOn: movingDay(of: member))
        decideFate(of: &customer, portfolio, on: day, &chance)
        decideCard(of: &customer, worth: worth, on: day, &chance)
        return customer
    }

    /// The same at each of the customer's outlets.
    private func movingDay(of member: Member) -> BusinessDay? {
        var chance = Chance(plan.seed, .removal, member.serial, member.home)
        return day(after: plan.from, perThousandAYear: 30, &chance)
    }

    private func decideFate(
        of customer: inout BookCustomer, _ portfolio: Portfolio, on day: BusinessDay,
        _ chance: inout Chance
    ) {
        guard !customer.member.isAnchored else { return }
        if portfolio.worth > .yuan(50_000) {
            customer.drainsOn = self.day(after: day, perThousandAYear: 60, &chance)
        } else if !portfolio.hasLoan {
            customer.leavesOn = self.day(after: day, perThousandAYear: 12, &chance)
        }
    }

    /// Two thirds of those who are worth a VIP card have one of their level, or of the one beside
    /// it; some others get one later.
    private func decideCard(
        of customer: inout BookCustomer, worth: Int64, on day: BusinessDay, _ chance: inout Chance
    ) {
        guard customer.member.rank == .home else { return }
        var level: Tier
        switch worth {
        case .yuan(1_000_000)...: level = .diamond
        case .yuan(500_000)...: level = .platinum
        case .yuan(100_000)...: level = .gold
        default: return
        }
        switch chance.below(100) {
        case 0..<8 where level > .gold: level = level == .diamond ? .platinum : .gold
        case 8..<16 where level < .diamond: level = level == .gold ? .platinum : .diamond
        default: break
        }
        let isHeld = chance.hits(percent: 62)
        let since = day + -chance.within(1...1_200)
        customer.cardIssuedOn =
            isHeld ? since : self.day(after: day, perThousandAYear: 200, &chance)
        customer.cardLevel = customer.cardIssuedOn == nil ? nil : level
    }

    /// A date after `day` on which something happens to so many of a thousand in a year.
    private func day(
        after day: BusinessDay, perThousandAYear share: Int, _ chance: inout Chance
    ) -> BusinessDay? {
        let days = plan.through - day
        guard days > 0 else { return nil }
        guard chance.hits(perMillion: share * 1_000 * days / 365) else { return nil }
        return day + chance.within(1...days)
    }
}
