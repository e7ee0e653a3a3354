import Bank
import Pages
import Store
import Vault

extension Door {
    /// The node's own log-ins. Whoever is of a unit that is neither the outlet nor above it has no
    /// role here, whatever they are elsewhere.
    init(_ store: BranchStore) {
        self.init(
            logIn: { staff, password, source in
                try await offLoop {
                    switch try store.logIns.logIn(
                        StaffID(staff), password: password, source: source)
                    {
                    case .admitted(let token): .admitted(token: token)
                    case .refused: .refused
                    case .locked(let minutes): .locked(minutes: minutes)
                    }
                }
            },
            session: { token in
                try await offLoop {
                    guard let logIn = try store.logIns.session(token) else { return nil }
                    let roles = try store.isUnder(logIn.staff.unit) ? logIn.staff.roles : []
                    return Session(
                        logIn.staff, unitName: logIn.unitName, roles: roles, csrf: logIn.csrf)
                }
            },
            logOut: { token in try await offLoop { try store.logIns.logOut(token) } })
    }
}
