import Bank
package import Sealing

/// A core-banking extract: one directory per outlet, source and business date.
package struct Extract: Sendable {
    private static let largestManifest = 1024 * 1024
    private static let required: Set = [CustomerRow.file, AccountRow.file, BalanceRow.file]
    private static let known = required.union([MovementRow.file, CardRow.file])

    package let directory: String
    package let manifest: Manifest
    /// SHA-256 of the manifest's bytes; since it names every file's hash, of the whole extract.
    package let digest: Digest

    /// Reads the manifest and sees that it names the files an extract has, and no other.
    package init(directory: String) throws(ExtractFaults) {
        guard
            let bytes = FileReader.contents(
                of: directory + "/manifest.json", limit: Self.largestManifest),
            let json = try? JSONValue(reading: bytes)
        else { throw ExtractFaults(ExtractFault("manifest.json", nil, .manifestUnreadable)) }
        do {
            manifest = try Manifest(json)
        } catch {
            throw ExtractFaults(error)
        }
        self.directory = directory
        digest = Digest.sha256(bytes)

        var faults = ExtractFaults()
        let names = manifest.files.map(\.name)
        for name in Set(names).subtracting(Self.known).sorted() {
            faults.add(ExtractFault("manifest.json", nil, .unknownFile, ["name": name]))
        }
        for name in Self.required.subtracting(names).sorted() {
            faults.add(ExtractFault(name, nil, .fileMissing))
        }
        if Set(names).count != names.count {
            faults.add(ExtractFault("manifest.json", nil, .manifestField, ["field": "files"]))
        }
        guard faults.isEmpty else { throw faults }
    }

    /// Gives every readable row to `body`, which answers with the fault of the row if it has one;
    /// returns the rows and everything that is wrong with the file, its hash and totals. A file
    /// that the manifest does not name is passed over.
    package func read<Row: ExtractRow>(
        _ type: Row.Type, _ body: (Row, _ line: Int) throws -> ExtractFault?
    ) throws -> (rows: Int, faults: ExtractFaults) {
        guard let expected = manifest.file(Row.file) else { return (0, ExtractFaults()) }
        guard let reader = FileReader(path: directory + "/" + Row.file) else {
            return (0, ExtractFaults(ExtractFault(Row.file, nil, .fileMissing)))
        }
        var table = TableReader<Row>()
        var parser = CSVParser()
        var hash = DigestStream()
        while true {
            guard let block = reader.next() else {
                table.faults.add(ExtractFault(Row.file, nil, .fileUnreadable))
                return (table.rows, table.faults)
            }
            if block.isEmpty { break }
            hash.update(block)
            try parser.parse(block) { try table.take($0, body) }
        }
        try parser.finish { try table.take($0, body) }
        table.finish()
        check(expected, hash: hash.finish(), &table)
        return (table.rows, table.faults)
    }

    private func check(
        _ expected: Manifest.File, hash: Digest, _ table: inout TableReader<some ExtractRow>
    ) {
        if hash.hex != expected.sha256.lowercased() {
            table.faults.add(ExtractFault(expected.name, nil, .wrongHash))
        }
        if table.rows != expected.rows {
            table.faults.add(
                ExtractFault(
                    expected.name, nil, .wrongRowCount,
                    ["expected": String(expected.rows), "found": String(table.rows)]))
        }
        guard expected.name == BalanceRow.file else { return }
        if expected.sum != table.sum {
            table.faults.add(
                ExtractFault(
                    expected.name, nil, .wrongSum,
                    ["expected": expected.sum?.description ?? "–", "found": table.sum.description]))
        }
    }
}

/// Turns a file's rows into values, the first one naming the columns.
private struct TableReader<Row: ExtractRow> {
    private(set) var rows = 0
    private(set) var sum = Fen.zero
    var faults = ExtractFaults()
    private var columns: [String]?
    private var isReadable = true

    mutating func take(
        _ row: CSVParser.Row, _ body: (Row, Int) throws -> ExtractFault?
    ) throws {
        guard let columns else {
            readHeader(row)
            return
        }
        rows += 1
        guard isReadable else { return }
        guard !row.isBroken else {
            faults.add(ExtractFault(Row.file, row.line, .brokenRow))
            return
        }
        guard row.count == columns.count else {
            faults.add(
                ExtractFault(
                    Row.file, row.line, .wrongFieldCount,
                    ["expected": String(columns.count), "found": String(row.count)]))
            return
        }
        let value: Row
        do {
            value = try Row(Fields(columns: columns, row: row))
        } catch {
            faults.add(
                ExtractFault(Row.file, row.line, error.kind, ["column": error.column]))
            return
        }
        if let amount = value.amountSummed { add(amount) }
        if let fault = try body(value, row.line) { faults.add(fault) }
    }

    /// A file without a header names no column.
    mutating func finish() {
        if columns == nil { missing(Row.columns) }
    }

    private mutating func readHeader(_ row: CSVParser.Row) {
        let columns = (0..<row.count).map { String(decoding: row[$0], as: UTF8.self) }
        self.columns = columns
        let absent = Row.columns.filter { !columns.contains($0) }
        let isTwice = Set(columns).count != columns.count
        isReadable = absent.isEmpty && !isTwice
        missing(absent)
        if isTwice { faults.add(ExtractFault(Row.file, 1, .brokenRow)) }
    }

    private mutating func missing(_ columns: [String]) {
        for column in columns {
            faults.add(ExtractFault(Row.file, 1, .columnMissing, ["column": column]))
        }
    }

    /// A sum past what Int64 holds cannot be what the manifest says: it then stays where it is.
    private mutating func add(_ amount: Fen) {
        let (total, overflow) = sum.rawValue.addingReportingOverflow(amount.rawValue)
        if !overflow { sum = Fen(total) }
    }
}
