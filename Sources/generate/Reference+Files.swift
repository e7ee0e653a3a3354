import Bank
import FoundationEssentials

extension Reference {
    /// The lists in `directory`, and our own for each file that it does not have.
    package init(directory: String) throws(WorldFailure) {
        guard FileManager.default.fileExists(atPath: directory) else {
            throw WorldFailure("there is no reference directory \(directory)")
        }
        self = .own
        if let table = try ReferenceTable(directory, "surnames.csv") {
            surnames = WeightedList(
                try table.rows("surname", "mingzi_share").map { ($0[0], Self.weight($0[1])) })
        }
        if let table = try ReferenceTable(directory, "given_name_char_gender_freq.csv") {
            let rows = try table.rows("char", "male", "female")
            maleCharacters = WeightedList(rows.map { ($0[0], Int($0[1]) ?? 0) })
            femaleCharacters = WeightedList(rows.map { ($0[0], Int($0[2]) ?? 0) })
        }
        if let table = try ReferenceTable(directory, "gb2260_201904.csv") {
            areas = try table.rows("code", "name").map { ($0[0], $0[1]) }
        }
        if let table = try ReferenceTable(directory, "cnaps_abc_zhejiang_part.csv") {
            outlets = try table.rows("branch_name", "city").compactMap { row in
                Self.outletName(row[0]).map { ($0, row[1]) }
            }
        }
        if let table = try ReferenceTable(directory, "cn_holidays.csv") {
            holidays = try table.rows("date", "kind").compactMap { row in
                guard let date = BusinessDay(row[0]) else { return nil }
                // A day in lieu is in the list as a holiday, too.
                switch row[1] {
                case "holiday": return Holiday(date: date, kind: .holiday)
                case "workday_on_weekend": return Holiday(date: date, kind: .workday)
                default: return nil
                }
            }
        }
    }

    /// `0.07690073` as an integer; a surname without a share is not drawn.
    private static func weight(_ share: String) -> Int {
        guard let point = share.firstIndex(of: ".") else { return 0 }
        let digits = share[point...].dropFirst().prefix(8)
        return Int(digits + String(repeating: "0", count: 8 - digits.count)) ?? 0
    }

    /// The name behind the bank's own; nil for offices that are no outlets.
    private static func outletName(_ name: String) -> String? {
        let short = name.split(separator: "公司", maxSplits: 1).last.map { String($0) } ?? name
        return short.hasSuffix("支行") && short.count > 2 ? short : nil
    }
}

/// A plain CSV file of the reference: a header and rows, without line breaks in fields.
private struct ReferenceTable {
    private let file: String
    private let columns: [String]
    private let lines: [[String]]

    /// Nil where the directory has no such file.
    init?(_ directory: String, _ name: String) throws(WorldFailure) {
        let path = directory + "/" + name
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw WorldFailure("cannot read \(path): it is no UTF-8 text file") }
        let lines = text.split { $0.isNewline }.map(Self.fields)
        file = path
        columns = lines.first ?? []
        self.lines = Array(lines.dropFirst())
    }

    /// The named columns of every row that has them.
    func rows(_ names: String...) throws(WorldFailure) -> [[String]] {
        var places: [Int] = []
        for name in names {
            guard let place = columns.firstIndex(of: name) else {
                throw WorldFailure("\(file) has no column \(name)")
            }
            places.append(place)
        }
        let rows = lines.filter { $0.count == columns.count }
            .map { line in places.map { line[$0] } }
        guard !rows.isEmpty else { throw WorldFailure("\(file) has no rows") }
        return rows
    }

    private static func fields(_ line: Substring) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false).map { field in
            field.hasPrefix("\"") && field.hasSuffix("\"") && field.count > 1
                ? String(field.dropFirst().dropLast()) : String(field)
        }
    }
}
