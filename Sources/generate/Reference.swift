import Bank

/// What names, places and holidays are drawn from.
package struct Reference: Sendable {
    var surnames: WeightedList<String>
    var maleCharacters: WeightedList<String>
    var femaleCharacters: WeightedList<String>
    /// Codes and names of GB/T 2260.
    var areas: [(code: String, name: String)]
    /// Names of real outlets with the city or county they are in.
    var outlets: [(name: String, city: String)]
    var holidays: [Holiday]

    /// The program's own short lists.
    package static let own = Reference(
        surnames: WeightedList(
            words(OwnLists.surnames).map { (String($0.prefix(1)), Int($0.dropFirst()) ?? 0) }),
        characters: words(OwnLists.givenNameCharacters).map { word in
            let weights = word.dropFirst().split(separator: "/").map { Int($0) ?? 0 }
            return (String(word.prefix(1)), weights[0], weights[1])
        },
        areas: words(OwnLists.areas).map { (String($0.prefix(6)), String($0.dropFirst(6))) },
        outlets: words(OwnLists.outlets).map { word in
            let parts = word.split(separator: "/")
            return (String(parts[0]), String(parts[1]))
        },
        holidays: (days(OwnLists.holidays, .holiday) + days(OwnLists.workdays, .workday))
            .sorted { $0.date < $1.date })

    init(
        surnames: WeightedList<String>, characters: [(text: String, male: Int, female: Int)],
        areas: [(code: String, name: String)], outlets: [(name: String, city: String)],
        holidays: [Holiday]
    ) {
        self.surnames = surnames
        maleCharacters = WeightedList(characters.map { ($0.text, $0.male) })
        femaleCharacters = WeightedList(characters.map { ($0.text, $0.female) })
        self.areas = areas
        self.outlets = outlets
        self.holidays = holidays
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { $0.isWhitespace }
    }

    private static func days(_ text: String, _ kind: Holiday.Kind) -> [Holiday] {
        words(text).compactMap { BusinessDay(String($0)) }.map { Holiday(date: $0, kind: kind) }
    }

    /// A surname and one or two characters of a given name.
    func name(isMale: Bool, _ chance: inout Chance) -> String {
        let characters = isMale ? maleCharacters : femaleCharacters
        var name = surnames.pick(&chance) + characters.pick(&chance)
        if chance.hits(percent: 78) { name += characters.pick(&chance) }
        return name
    }
}
