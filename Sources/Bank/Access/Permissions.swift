/// What people do with the product, as the permission matrix names it (`domain.md` 3.3).
package enum Function: String, Sendable, CaseIterable {
    case profile, profileUpdate, holdings, customerQuery, ownerLookUp, assign, marketingRecord,
        readMarketingRecords
    case reminders, outletReports, consolidatedViews, nodes, unmask
    case requestTransfer, answerTransfer, rule, disputes
    case settleNow, organisation
    case parameters, parameterApproval, readParameters, addTarget, delegate
}

/// How far a role reaches; the wider ones contain the narrower.
package enum Reach: Int, Sendable, Comparable {
    case none, own, outlet, subtree, firstTier, bank

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The permission matrix: deny by default.
package enum Permissions {
    private static let matrix: [Function: [Role: Reach]] = [
        .profile: [
            .teller: .outlet, .manager: .own, .outletSupervisor: .outlet, .supervisor: .subtree,
            .firstTierSupervisor: .firstTier, .analyst: .bank, .auditor: .firstTier,
        ],
        .profileUpdate: [.teller: .outlet, .manager: .own, .outletSupervisor: .outlet],
        .holdings: [
            .manager: .own, .outletSupervisor: .outlet, .supervisor: .subtree,
            .firstTierSupervisor: .firstTier,
        ],
        .customerQuery: [
            .manager: .firstTier, .outletSupervisor: .firstTier, .supervisor: .firstTier,
            .firstTierSupervisor: .firstTier, .analyst: .bank, .auditor: .bank,
        ],
        .ownerLookUp: [
            .teller: .outlet, .manager: .firstTier, .outletSupervisor: .firstTier,
            .supervisor: .firstTier, .firstTierSupervisor: .firstTier, .analyst: .bank,
            .auditor: .bank,
        ],
        .assign: [.outletSupervisor: .outlet],
        .marketingRecord: [.teller: .outlet, .manager: .own],
        .readMarketingRecords: [
            .manager: .own, .outletSupervisor: .outlet, .supervisor: .subtree,
            .firstTierSupervisor: .firstTier, .auditor: .firstTier,
        ],
        .reminders: [.manager: .own, .outletSupervisor: .outlet, .teller: .own],
        .outletReports: [
            .manager: .own, .outletSupervisor: .outlet, .supervisor: .subtree,
            .firstTierSupervisor: .firstTier, .analyst: .bank, .auditor: .bank,
        ],
        .consolidatedViews: [
            .supervisor: .subtree, .firstTierSupervisor: .firstTier, .analyst: .bank,
            .auditor: .bank,
        ],
        .nodes: [.firstTierSupervisor: .firstTier, .administrator: .bank, .auditor: .bank],
        .unmask: [.manager: .own, .outletSupervisor: .outlet, .firstTierSupervisor: .firstTier],
        .requestTransfer: [.manager: .own, .outletSupervisor: .outlet],
        .answerTransfer: [.outletSupervisor: .outlet, .supervisor: .subtree],
        .rule: [.firstTierSupervisor: .firstTier],
        .disputes: [
            .manager: .own, .outletSupervisor: .outlet, .supervisor: .subtree,
            .firstTierSupervisor: .firstTier, .auditor: .bank,
        ],
        .settleNow: [.firstTierSupervisor: .firstTier],
        .addTarget: [.manager: .outlet, .outletSupervisor: .outlet],
        .parameters: [.firstTierSupervisor: .firstTier, .analyst: .bank],
        .parameterApproval: [
            .firstTierSupervisor: .firstTier, .analyst: .bank, .administrator: .bank,
        ],
        .readParameters: [
            .firstTierSupervisor: .firstTier, .analyst: .bank, .administrator: .bank,
            .auditor: .bank,
        ],
        .organisation: [.administrator: .bank],
        .delegate: [.manager: .own, .outletSupervisor: .outlet],
    ]

    /// The widest reach that any of the roles gives.
    package static func reach(of roles: some Sequence<Role>, for function: Function) -> Reach {
        roles.compactMap { matrix[function]?[$0] }.max() ?? .none
    }
}

extension Staff {
    package func reach(for function: Function) -> Reach {
        Permissions.reach(of: roles, for: function)
    }

    /// Throws the refusal unless some role of theirs reaches at least so far.
    package func require(_ function: Function, atLeast reach: Reach) throws(Refusal) {
        guard self.reach(for: function) >= reach else {
            throw Refusal(.notAllowed, ["staff": id.rawValue])
        }
    }
}
