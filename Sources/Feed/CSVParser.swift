/// Splits RFC 4180 text into rows, fed block by block.
///
/// A field in quotes may hold commas, doubled quotes and line breaks. A quote inside an unquoted
/// field, or text after a closing quote, makes the row broken; a byte order mark at the start is
/// passed over.
struct CSVParser {
    /// One row: its bytes, where its fields end, and the line on which it starts.
    struct Row {
        fileprivate(set) var bytes: [UInt8] = []
        fileprivate(set) var ends: [Int] = []
        fileprivate(set) var line = 1
        fileprivate(set) var isBroken = false

        var count: Int { ends.count }

        subscript(field: Int) -> ArraySlice<UInt8> {
            bytes[(field == 0 ? 0 : ends[field - 1])..<ends[field]]
        }
    }

    /// Longer rows are broken: an unclosed quote must not swallow the file into memory.
    private static let longestRow = 64 * 1024
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum State { case fieldStart, plain, quoted, quoteInQuoted, skipping }

    private var state = State.fieldStart
    private var row = Row()
    private var line = 1
    private var wasReturn = false
    /// Bytes of the byte order mark seen so far; nil once what is at the start is known.
    private var markBytes: Int? = 0

    /// Gives each row that `block` completes to `body`.
    mutating func parse(_ block: [UInt8], _ body: (Row) throws -> Void) rethrows {
        for byte in block { try pass(byte, body) }
    }

    /// Gives the last row, where the file does not end in a line break.
    mutating func finish(_ body: (Row) throws -> Void) rethrows {
        try endMark(isWhole: false, body)
        if state == .quoted { row.isBroken = true }
        if !row.bytes.isEmpty || !row.ends.isEmpty || row.isBroken { try endRow(body) }
    }

    private mutating func pass(_ byte: UInt8, _ body: (Row) throws -> Void) rethrows {
        if let seen = markBytes {
            if byte == Self.mark[seen] {
                markBytes = seen + 1
                if seen == 2 { try endMark(isWhole: true, body) }
                return
            }
            try endMark(isWhole: false, body)
        }
        try take(byte, body)
    }

    /// What began like a mark and is none is text.
    private mutating func endMark(isWhole: Bool, _ body: (Row) throws -> Void) rethrows {
        let seen = markBytes ?? 0
        markBytes = nil
        guard !isWhole else { return }
        for byte in Self.mark.prefix(seen) { try take(byte, body) }
    }

    private mutating func take(_ byte: UInt8, _ body: (Row) throws -> Void) rethrows {
        let followsReturn = wasReturn
        wasReturn = false
        if followsReturn, byte != UInt8(ascii: "\n") { row.isBroken = true }
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
        case (.quoted, _):
            if byte == UInt8(ascii: "\n") { line += 1 }
            append(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            append(byte)
            state = .quoted
        case (.fieldStart, UInt8(ascii: "\"")): state = .quoted
        case (.skipping, UInt8(ascii: "\n")):
            line += 1
            try endRow(body)
        case (.skipping, _): break
        case (_, UInt8(ascii: ",")):
            row.ends.append(row.bytes.count)
            state = .fieldStart
        case (_, UInt8(ascii: "\r")):
            wasReturn = true
        case (_, UInt8(ascii: "\n")):
            line += 1
            try endRow(body)
        case (.quoteInQuoted, _), (.plain, UInt8(ascii: "\"")):
            row.isBroken = true
            append(byte)
        default:
            state = .plain
            append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        if row.bytes.count >= Self.longestRow {
            row.isBroken = true
            state = .skipping
        } else {
            row.bytes.append(byte)
        }
    }

    private mutating func endRow(_ body: (Row) throws -> Void) rethrows {
        row.ends.append(row.bytes.count)
        let isBlank = row.ends.count == 1 && row.bytes.isEmpty && !row.isBroken
        if !isBlank { try body(row) }
        row.bytes.removeAll(keepingCapacity: true)
        row.ends.removeAll(keepingCapacity: true)
        row.isBroken = false
        row.line = line
        state = .fieldStart
    }
}
