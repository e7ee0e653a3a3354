package import Bank
package import Vault

/// Who is signed in, as the program's store knows them for one request.
package struct Session: Sendable {
    package let staffID: StaffID
    package let name: String
    package let unit: UnitCode
    package let unitName: String
    package let roles: [Role]
    /// What every form of this session must carry; no other site can read it.
    package let csrf: String

    package init(
        staffID: StaffID, name: String, unit: UnitCode, unitName: String, roles: [Role],
        csrf: String
    ) {
        self.staffID = staffID
        self.name = name
        self.unit = unit
        self.unitName = unitName
        self.roles = roles
        self.csrf = csrf
    }

    package init(_ staff: Staff, unitName: String, roles: [Role], csrf: String) {
        self.init(
            staffID: staff.id, name: staff.name, unit: staff.unit, unitName: unitName,
            roles: roles, csrf: csrf)
    }

    package func reach(for function: Function) -> Reach {
        Permissions.reach(of: roles, for: function)
    }
}

/// How the pages ask a program's store about sessions; each program brings its own.
package struct Door: Sendable {
    package let logIn:
        @Sendable (_ staff: String, _ password: String, _ source: String) async throws
            -> LogInOutcome
    package let session: @Sendable (_ token: String) async throws -> Session?
    package let logOut: @Sendable (_ token: String) async throws -> Void

    package init(
        logIn: @escaping @Sendable (String, String, String) async throws -> LogInOutcome,
        session: @escaping @Sendable (String) async throws -> Session?,
        logOut: @escaping @Sendable (String) async throws -> Void
    ) {
        self.logIn = logIn
        self.session = session
        self.logOut = logOut
    }
}
