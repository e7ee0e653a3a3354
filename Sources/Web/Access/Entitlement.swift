import Bank
import Hummingbird
import Pages
import Store
import Vault

extension Session {
    /// Whether what they may do reaches a customer of this outlet who has that owner.
    ///
    /// - Parameters:
    ///   - isDeputy: whether they stand in for that owner.
    ///   - ownsMerged: whether they own the customer under a number that was merged into this one.
    func reaches(
        _ ownership: Ownership, for function: Function, isDeputy: Bool = false,
        ownsMerged: Bool = false
    ) -> Bool {
        switch reach(for: function) {
        case .none: false
        case .own:
            ownership.owner?.manager == staffID || ownsMerged || isDeputy && function.isDeputys
        case .outlet, .subtree, .firstTier, .bank: true
        }
    }
}

extension BranchSite {
    /// The choke point of every page about one customer: who asks, and that the customer is theirs
    /// to see. A refusal is written down on its way out.
    func session(
        _ context: PageContext, for function: Function, on customer: CustomerNumber
    ) async throws -> (Session, Ownership) {
        let session = try context.session(for: function)
        let (ownership, isReached) = try await ask { store in
            let ownership = try store.ownership(of: customer)
            let isDeputy = try store.looksAfter(
                session.staffID, customersOf: ownership.owner?.manager)
            let ownsMerged = try store.ownsMerged(session.staffID, customer)
            return (
                ownership,
                session.reaches(
                    ownership, for: function, isDeputy: isDeputy, ownsMerged: ownsMerged)
            )
        }
        guard isReached else { throw Trouble.forbidden }
        return (session, ownership)
    }
}
