package import Bank

/// What an extract says of itself in `manifest.json` (`interfaces.md` 3).
package struct Manifest: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        package let name: String
        package let rows: Int
        /// Sum of the balances, of `balances.csv` alone.
        package let sum: Fen?
        package let sha256: String
    }

    package let source: String
    package let sequence: Int
    package let businessDate: BusinessDay
    package let firstTier: UnitCode
    package let outlet: UnitCode
    package let files: [File]

    /// Throws the fault that a reader of the file can mend.
    init(_ json: JSONValue) throws(ExtractFault) {
        func missing(_ field: String) -> ExtractFault {
            ExtractFault("manifest.json", nil, .manifestField, ["field": field])
        }
        guard json["format"]?.int == 1 else { throw missing("format") }
        guard let source = json["source"]?.string, !source.isEmpty else { throw missing("source") }
        guard let sequence = json["sequence"]?.int, (1...1_000_000).contains(sequence)
        else { throw missing("sequence") }
        guard let date = json["business_date"]?.day else { throw missing("business_date") }
        guard let firstTier = json["first_tier"]?.string else { throw missing("first_tier") }
        guard let outlet = json["outlet"]?.string else { throw missing("outlet") }
        guard let list = json["files"]?.array else { throw missing("files") }
        var files: [File] = []
        for entry in list {
            guard let name = entry["name"]?.string, let rows = entry["rows"]?.int, rows >= 0,
                let sha256 = entry["sha256"]?.string
            else { throw missing("files") }
            let sum = entry["sum"]?.string
            if let sum, Fen(sum) == nil, Self.largeSum(sum) == nil { throw missing("sum") }
            files.append(
                File(
                    name: name, rows: Int(clamping: rows),
                    sum: sum.flatMap { Fen($0) ?? Self.largeSum($0) }, sha256: sha256))
        }
        self.source = source
        self.sequence = Int(sequence)
        self.businessDate = date
        self.firstTier = UnitCode(firstTier)
        self.outlet = UnitCode(outlet)
        self.files = files
    }

    /// A sum over an outlet may be larger than any one balance.
    private static func largeSum(_ text: String) -> Fen? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first,
            whole.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let yuan = Int64(whole),
            (0..<90_000_000_000_000).contains(yuan),
            let small = Fen("0." + (parts.count == 2 ? parts[1] : "0"))
        else { return nil }
        let fen = yuan * 100 + small.rawValue
        return Fen(isNegative ? -fen : fen)
    }

    package func file(_ name: String) -> File? { files.first { $0.name == name } }
}
