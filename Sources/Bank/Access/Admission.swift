/// The limits of a log-in (`reliability.md`): what a password must be, how long a session lasts,
/// how long failures keep a source out.
package enum Admission {
    /// A session ends after fifteen minutes without use, and after eight hours in any case.
    package static let idleMilliseconds: Int64 = 15 * 60 * 1000
    package static let longestMilliseconds: Int64 = 8 * 60 * 60 * 1000
    private static let freeFailures = 4

    /// How long an account refuses one source after so many failures in a row: nothing for the
    /// first few, then a minute, doubling up to an hour. Another source is not affected, so that
    /// nobody can lock a colleague out.
    package static func lockMilliseconds(afterFailures failures: Int) -> Int64 {
        guard failures > freeFailures else { return 0 }
        return min(60_000 << min(failures - freeFailures - 1, 6), 3_600_000)
    }

    /// Ten to 128 characters of at least three kinds (capital, small, digit, other), as MLPS
    /// level 3 asks of passwords; and not the staff number.
    package static func isStrong(_ password: String, for staff: StaffID) -> Bool {
        let kinds: [(Character) -> Bool] = [
            { $0.isUppercase }, { $0.isLowercase }, { $0.isNumber },
            { !$0.isUppercase && !$0.isLowercase && !$0.isNumber },
        ]
        return (10...128).contains(password.count)
            && kinds.count { password.contains(where: $0) } >= 3
            && !password.lowercased().contains(staff.rawValue.lowercased())
    }
}
