package import Bank
package import GRDB
package import Sealing

extension Database {
    /// Replaces the organisation as a whole. Credentials stay with their staff numbers.
    package func replaceOrganisation(
        with organisation: Organisation, sealedBy cipher: FieldCipher
    ) throws {
        try execute(
            sql: """
                DELETE FROM staffRole;
                DELETE FROM staff;
                DELETE FROM unit;
                DELETE FROM parameter;
                DELETE FROM holiday;
                """)
        for unit in organisation.units {
            try execute(
                prepared: "INSERT INTO unit (code, name, level, parent) VALUES (?, ?, ?, ?)",
                arguments: [unit.code, unit.name, unit.level, unit.parent])
            guard !unit.active else { continue }
            try execute(
                prepared: "UPDATE unit SET active = 0 WHERE code = ?", arguments: [unit.code])
        }
        for member in organisation.staff {
            let mobile = member.mobile.map {
                Blob(
                    cipher.seal(
                        $0, table: "staff", row: member.id.rawValue, column: "mobile"))
            }
            try execute(
                prepared:
                    "INSERT INTO staff (id, name, unit, mobile, active) VALUES (?, ?, ?, ?, ?)",
                arguments: [member.id, member.name, member.unit, mobile, member.active])
            for role in Set(member.roles) {
                try execute(
                    prepared: "INSERT INTO staffRole (staff, role) VALUES (?, ?)",
                    arguments: [member.id, role])
            }
        }
        for setting in organisation.parameters {
            try execute(
                prepared: """
                    INSERT OR REPLACE INTO parameter (name, scope, effectiveFrom, value)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    setting.name, setting.scope.rawValue, setting.effectiveFrom, setting.value,
                ])
        }
        for holiday in organisation.holidays {
            try execute(
                prepared: "INSERT OR REPLACE INTO holiday (date, kind) VALUES (?, ?)",
                arguments: [holiday.date, holiday.kind])
        }
    }

    /// The organisation as it was loaded, in the order of codes.
    package func organisation(openedBy cipher: FieldCipher) throws -> Organisation {
        Organisation(
            units: try units(),
            staff: try members(of: nil).map { member in
                let sealed = try Blob.fetchOne(
                    self, prepared: "SELECT mobile FROM staff WHERE id = ?", arguments: [member.id])
                let mobile = try sealed.map {
                    try cipher.open(
                        $0.bytes, table: "staff", row: member.id.rawValue, column: "mobile")
                }
                return Staff(
                    id: member.id, name: member.name, unit: member.unit, roles: member.roles,
                    mobile: mobile, active: member.active)
            },
            parameters: try parameterSettings(),
            holidays: try Row.fetchAll(
                self, prepared: "SELECT date, kind FROM holiday ORDER BY date"
            )
            .map { Holiday(date: try $0.value("date"), kind: try $0.value("kind")) })
    }

    package func units() throws -> [Unit] {
        try Row.fetchAll(
            self, prepared: "SELECT code, name, level, parent, active FROM unit ORDER BY code"
        ).map(Self.unit(from:))
    }

    package func unit(_ code: UnitCode) throws -> Unit? {
        try Row.fetchOne(
            self, prepared: "SELECT code, name, level, parent, active FROM unit WHERE code = ?",
            arguments: [code]
        ).map(Self.unit(from:))
    }

    private static func unit(from row: Row) throws -> Unit {
        Unit(
            code: try row.value("code"), name: try row.value("name"),
            level: try row.value("level"), parent: try row.value("parent"),
            active: try row.value("active"))
    }

    package func parameterSettings() throws -> [ParameterSetting] {
        try Row.fetchAll(
            self,
            prepared: "SELECT name, scope, effectiveFrom, value FROM parameter ORDER BY 1, 2, 3"
        ).map {
            ParameterSetting(
                name: try $0.value("name"),
                scope: ParameterSetting.Scope(rawValue: try $0.value("scope")),
                value: try $0.value("value"), effectiveFrom: try $0.value("effectiveFrom"))
        }
    }

    /// Staff without their mobile numbers, in the order of their numbers.
    package func members(of unit: UnitCode?) throws -> [Staff] {
        try Row.fetchAll(
            self,
            prepared: """
                SELECT id, name, unit, active,
                    (SELECT group_concat(role) FROM staffRole WHERE staff = staff.id) AS roles
                FROM staff
                WHERE ?1 IS NULL OR unit = ?1
                ORDER BY id
                """,
            arguments: [unit]
        ).map(Self.staff(from:))
    }

    package func member(_ id: StaffID) throws -> Staff? {
        try Row.fetchOne(
            self,
            prepared: """
                SELECT id, name, unit, active,
                    (SELECT group_concat(role) FROM staffRole WHERE staff = staff.id) AS roles
                FROM staff
                WHERE id = ?
                """,
            arguments: [id]
        ).map(Self.staff(from:))
    }

    /// The active member of staff who acts, or the refusal.
    package func actor(_ id: StaffID) throws -> Staff {
        guard let member = try member(id) else {
            throw Refusal(.unknownStaff, ["staff": id.rawValue])
        }
        guard member.active else { throw Refusal(.inactiveStaff, ["staff": id.rawValue]) }
        return member
    }

    private static func staff(from row: Row) throws -> Staff {
        let roles = (try row.value("roles") as String?)?.split(separator: ",") ?? []
        return Staff(
            id: try row.value("id"), name: try row.value("name"), unit: try row.value("unit"),
            roles: roles.compactMap { Role(rawValue: String($0)) }.sorted {
                $0.rawValue < $1.rawValue
            },
            active: try row.value("active"))
    }
}
