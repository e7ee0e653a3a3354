import Bank
import Pages
import Store

extension CustomerPage {
    /// As much of the customer as the reader's role reaches.
    init(
        _ store: BranchStore, _ number: CustomerNumber, for session: Session,
        clear: (Identity.Field, String)?, recording: Recording?, editing: Profile.Editing? = nil
    ) throws {
        let view = try store.customer(number, by: session.staffID.rawValue)
        let (position, customer) = (view.position, view.customer)
        let isDeputy = try store.looksAfter(
            session.staffID, customersOf: position.ownership.owner?.manager)
        let ownsMerged = try store.ownsMerged(session.staffID, number)
        func may(_ function: Function) -> Bool {
            session.reaches(
                position.ownership, for: function, isDeputy: isDeputy, ownsMerged: ownsMerged)
        }
        self.init(
            number: number, name: Mask.name(customer.name),
            identity: Identity.Field.ofCIF.map {
                Identity(
                    $0, masked: customer.masked($0), clear: clear?.0 == $0 ? clear?.1 : nil,
                    canUnmask: may(.unmask))
            },
            standing: Standing(
                pool: position.standing.pool, poolSince: position.standing.poolSince,
                tier: position.standing.tier, tierSince: position.standing.tierSince,
                origin: position.standing.origin, belowSince: position.standing.belowSince,
                reasons: may(.holdings) ? view.reasons : [], history: view.history,
                voided: view.voided, decidedBy: position.decidedBy,
                provisionalOn: position.isProvisional ? position.businessDate : nil),
            measures: may(.holdings) ? Self.measures(of: position) : [],
            holdings: may(.holdings)
                ? Holdings(view.accounts, at: position.businessDate, weights: view.weights) : nil,
            owner: try store.shown(position.ownership.owner), state: position.ownership.state,
            cards: view.cards.map {
                Card(
                    number: Mask.card($0.number), level: $0.level, status: $0.status,
                    issuedOn: $0.issuedOn)
            },
            contacts: may(.readMarketingRecords) ? try store.shown(view.contacts) : nil,
            recording: may(.marketingRecord) ? recording ?? Recording() : nil,
            profile: try store.shown(
                view.profile, hold: view.marketingHold, clear: clear, canUnmask: may(.unmask),
                editing: may(.profileUpdate) ? editing ?? Profile.Editing() : nil,
                canRefuse: session.reach(for: .profileUpdate) > .none),
            businessDate: position.businessDate,
            isEstimated: try store.isEstimated(position.businessDate),
            formerly: try store.shown(store.formerOwner(of: position.number)),
            merged: view.mergedNumbers,
            byHand: session.reach(for: .addTarget) >= .outlet
                ? try ByHand(store, position) : nil)
    }
}

extension CustomerPage {
    /// What the whole first-tier branch holds stands beside what this outlet does where it is more.
    private static func measures(of position: CustomerStanding) -> [Measure] {
        let whole = position.standing.assets.financial
        return [.here(position.here)] + (whole == position.here ? [] : [.assets(whole)]) + [
            .average(
                accumulated: position.accumulated, days: position.days,
                isYears: position.isOfTheYear)
        ]
    }
}

extension CustomerPage.ByHand {
    /// Nil where the customer is neither added by hand nor to be added.
    fileprivate init?(_ store: BranchStore, _ position: CustomerStanding) throws {
        if let addition = try store.pendingAddition(of: position.number) {
            self = .pending(after: addition.date)
        } else if position.standing.pool != .target, position.ownership.owner == nil {
            self = .entry(of: position.number)
        } else if position.standing.pool == .target, position.standing.origin != .rule {
            self = .keep
        } else {
            return nil
        }
    }
}

extension Customer {
    fileprivate func masked(_ field: CustomerPage.Identity.Field) -> String {
        switch field {
        case .name: Mask.name(name)
        case .idNumber: idNumber.map(Mask.idNumber) ?? ""
        case .mobile: mobile.map(Mask.mobile) ?? ""
        case .address: address.map(Mask.address) ?? ""
        case .profileMobile, .profileAddress: ""
        }
    }
}

extension CustomerPage.Holdings {
    /// The accounts that were open at the close, by category.
    fileprivate init(
        _ accounts: [AccountView], at day: BusinessDay, weights: CategoryWeights
    ) {
        let open = accounts.filter { $0.closedOn.map { $0 > day } ?? true }
        self.init(
            Category.allCases.compactMap { category in
                let accounts = open.filter { $0.category == category }
                guard !accounts.isEmpty else { return nil }
                return CustomerPage.Group(
                    category,
                    accounts.map {
                        CustomerPage.Account(
                            number: Mask.card($0.number), product: $0.product,
                            openedOn: $0.openedOn, maturesOn: $0.maturesOn, balance: $0.balance,
                            currency: $0.isForeign ? $0.currency : nil)
                    }, weights: weights)
            })
    }
}

extension BranchStore {
    /// Who owns a customer, by name.
    func shown(_ owner: Ownership.Owner?) throws -> Owner? {
        try owner.map { owner in
            let name = try owner.manager.flatMap { try names(of: [$0])[$0] }
            return Owner(
                manager: name ?? owner.manager?.rawValue, outlet: try unitName(owner.outlet),
                since: owner.since)
        }
    }

    /// Who looked after a customer last, in a sentence.
    fileprivate func shown(_ former: FormerOwner?) throws -> Text? {
        try former.map { former in
            let name = try former.manager.flatMap { try names(of: [$0])[$0] ?? $0.rawValue }
            return Text(
                "period.former",
                [
                    "manager": name ?? Text("owner.awaiting"),
                    "outlet": try unitName(former.outlet), "since": former.since,
                    "until": former.until ?? Text("period.unknown"),
                    "reason": Text(
                        former.ending.map { "claim.\($0.rawValue)" } ?? "period.unknown"),
                ])
        }
    }

    fileprivate func shown(_ contacts: [Contact]) throws -> [CustomerPage.Contact] {
        let names = try names(of: contacts.map(\.staff))
        return try contacts.map { contact in
            let name = names[contact.staff] ?? contact.staff.rawValue
            let outlet = try contact.outlet.map { " · " + (try unitName($0)) }
            return CustomerPage.Contact(
                date: contact.date, way: contact.way, note: contact.note,
                by: name + (outlet ?? ""), followUp: contact.followUpOn)
        }
    }
}
