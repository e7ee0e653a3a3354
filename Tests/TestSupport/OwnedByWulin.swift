package import Bank
package import HeadOfficeStore
package import Store

extension ThreeOutlets {
    /// Wang has accounts at Wulin, which owns the customer by settlement, and at Xihu; Gulou serves
    /// somebody else. 2025-03-03 is a Monday, the date being worked.
    package static func ownedByWulin(
        at bank: BankStore? = nil, organisation: Organisation = .ofTests
    ) throws -> ThreeOutlets {
        let outlets = try ThreeOutlets(at: bank, organisation: organisation)
        try outlets.close("2025-03-02", [.wulin: "300000", .xihu: "200000"])
        try outlets.close("2025-03-02", [.gulou: "1"], of: .zhang)
        try outlets.claim(at: .wulin)
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()
        try outlets.exchange()
        return outlets
    }

    /// Xihu asks for Wang, and all have heard of it.
    @discardableResult
    package func request(
        because reason: String = "家庭账户均在本网点", new evidence: String? = nil
    ) throws -> DisputeStepID {
        let outcome = try self[.xihu].take(
            .request(to: .cai, newEvidence: evidence), about: .wang, by: .sun, because: reason)
        try exchange()
        try exchange()
        return outcome.step.id
    }

    /// A supervisor's act at an outlet, and all have heard of it.
    package func take(_ act: DisputeAct, at outlet: UnitCode, by staff: StaffID) throws {
        _ = try self[outlet].take(act, about: .wang, by: staff, because: "意见")
        try exchange()
        try exchange()
    }

    package func owner(at outlet: UnitCode) throws -> StaffID? {
        try self[outlet].ownership(of: .wang).owner?.manager
    }
}
