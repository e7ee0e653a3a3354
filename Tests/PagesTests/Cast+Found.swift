import Bank
import HeadOffice
import Pages
import Web

extension Sample {
    /// Two customers who share a key, one of them of another outlet.
    static func foundOwners(_ name: String) -> OwnerPage {
        OwnerPage(
            found: [
                .init(
                    customer: "3301000123",
                    owner: Owner(manager: name, outlet: "宁波鼓楼支行", since: .today + -90),
                    state: .confirmed, asOf: .morning, pendingHere: 0, opensCustomer: false,
                    name: name, isMasked: true),
                .init(
                    customer: "3301000124", owner: nil, state: .unowned, asOf: .morning,
                    pendingHere: 0, opensCustomer: true, name: name,
                    facts: .init(
                        idNumber: "110***********002X", mobile: "138****5678", pool: .target,
                        tier: .gold, businessDate: .today, activeCard: true,
                        isHeadOffices: true, history: [name])),
            ], asOf: .morning, hasMore: true)
    }

    static func foundAnywhere(_ name: String) -> OwnersPage {
        OwnersPage(
            found: [
                .init(
                    firstTier: "浙江省分行",
                    owner: Owner(manager: name, outlet: "宁波鼓楼支行", since: .today),
                    state: .confirmed, customer: "3301000123", name: name),
                .init(
                    firstTier: "江苏省分行", owner: nil, state: .unowned, customer: "3201000009",
                    name: "–"),
            ])
    }
}
