import Bank
import HeadOfficeStore
import Pages

/// The part of the bank that somebody's role reaches for one purpose.
enum Scope: Sendable {
    case bank
    case firstTier(UnitCode)
    case subtree(UnitCode)

    /// Refuses those whose reach ends at their outlet: their node answers them. A first-tier
    /// branch's staff see that branch, whichever of its units they sit in.
    init(_ store: BankStore, _ session: Session, for function: Function) throws {
        switch session.reach(for: function) {
        case .bank: self = .bank
        case .firstTier:
            let organisation = Organisation(units: try store.units(), staff: [])
            guard let code = organisation.firstTier(of: session.unit) else {
                throw Trouble.forbidden
            }
            self = .firstTier(code)
        case .subtree: self = .subtree(session.unit)
        case .outlet, .own, .none: throw Trouble.forbidden
        }
    }

    /// The unit at its top; nil for the whole bank.
    var unit: UnitCode? {
        switch self {
        case .bank: nil
        case .firstTier(let code), .subtree(let code): code
        }
    }
}
