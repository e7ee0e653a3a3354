package import Bank
package import Vault

extension Door {
    /// A database's own log-ins. `roles` says what a member of staff may be at this program.
    package init(
        _ logIns: LogIns, roles: @escaping @Sendable (Staff) throws -> [Role] = { $0.roles }
    ) {
        self.init(
            logIn: { staff, password, source in
                try await offLoop {
                    try logIns.logIn(StaffID(staff), password: password, source: source)
                }
            },
            session: { token in
                try await offLoop {
                    try logIns.session(token).map {
                        Session(
                            $0.staff, unitName: $0.unitName, roles: try roles($0.staff),
                            csrf: $0.csrf)
                    }
                }
            },
            logOut: { token in try await offLoop { try logIns.logOut(token) } })
    }
}
