import Pages
import Store

extension Store.LineState {
    /// Nil where there is no head office to have a line to.
    var isOnline: Bool? { condition == .alone ? nil : condition == .online }

    /// As the pages show it.
    var shown: Pages.LineState {
        Pages.LineState(
            isOnline: isOnline, since: nil, lastContact: contactedAt.map(Moment.init),
            oldestUnsent: oldestUnsentAt.map(Moment.init), pending: pending,
            quarantined: quarantined)
    }
}
