/// A province with the counties that its people, addresses and outlets are of.
struct Province: Sendable {
    struct County: Sendable {
        /// Six digits of GB/T 2260, which an identity number begins with.
        let code: String
        let name: String
        /// The prefecture-level city above it; the province itself in a municipality.
        let prefecture: String

        /// The name without what kind of place it is: 永康 of 永康市.
        var stem: String { Province.stem(of: name) }
    }

    let name: String
    let counties: [County]

    /// Nil where `areas` have no province or no county under the code.
    init?(_ code: String, areas: [(code: String, name: String)]) {
        var names: [Substring: String] = [:]
        var counties: [County] = []
        var found: String?
        for area in areas where area.code.hasPrefix(code) && area.code.utf8.count == 6 {
            if area.code.hasSuffix("0000") {
                found = area.name
            } else if area.code.hasSuffix("00") {
                names[area.code.prefix(4)] = area.name
            }
        }
        guard let found else { return nil }
        for area in areas where area.code.hasPrefix(code) && !area.code.hasSuffix("00") {
            counties.append(
                County(
                    code: area.code, name: area.name,
                    prefecture: names[area.code.prefix(4)] ?? found))
        }
        guard !counties.isEmpty else { return nil }
        name = found
        self.counties = counties
    }

    /// The county of this name, or the first one of the prefecture of this name.
    func county(named name: String) -> County? {
        counties.first { $0.name == name } ?? counties.first { $0.prefecture == name }
    }

    static func stem(of name: String) -> String {
        guard let last = name.last, "省市县区".contains(last), name.count > 2 else { return name }
        return String(name.dropLast())
    }
}
