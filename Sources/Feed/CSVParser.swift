import Glibc

/// Splits RFC 4180 text into rows, fed block by block.
///
/// A field in quotes may hold commas, doubled quotes and line breaks. A quote inside an unquoted
/// field, or text after a closing quote, makes the row broken; a byte order mark at the start is
/// passed over.
struct CSVParser {
    /// One row: its bytes, where its fields are among them, and the line on which it starts.
    struct Row {
        fileprivate(set) var bytes: [UInt8] = []
        fileprivate(set) var fields: [Range<Int>] = []
        fileprivate(set) var line = 1
        fileprivate(set) var isBroken = false

        var count: Int { fields.count }

        subscript(field: Int) -> ArraySlice<UInt8> { bytes[fields[field]] }

        func withBytes<Value, Failure: Error>(
            of field: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
        ) throws(Failure) -> Value {
            try bytes.span.withUnsafeBufferPointer { all throws(Failure) in
                try body(UnsafeBufferPointer(rebasing: all[fields[field]]))
            }
        }
    }

    /// Longer rows are broken: an unclosed quote must not swallow the file into memory.
    private static let longestRow = 64 * 1024
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum State { case fieldStart, plain, quoted, quoteInQuoted, skipping }

    private var state = State.fieldStart
    private var row = Row()
    /// Where the row's last field begins.
    private var fieldStart = 0
    private var line = 1
    private var wasReturn = false
    /// Bytes of the byte order mark seen so far; nil once what is at the start is known.
    private var markBytes: Int? = 0

    /// Gives each row that `block` completes to `body`.
    mutating func parse(_ block: [UInt8], _ body: (Row) throws -> Void) rethrows {
        try block.withUnsafeBufferPointer { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                if isBetweenRows, let size = try takePlainRow(rest, body) {
                    rest = UnsafeRawBufferPointer(rebasing: rest[size...])
                } else {
                    try pass(rest[0], body)
                    rest = UnsafeRawBufferPointer(rebasing: rest[1...])
                }
            }
        }
    }

    /// At the start of a row that is not the file's first.
    private var isBetweenRows: Bool {
        state == .fieldStart && row.bytes.isEmpty && row.fields.isEmpty && markBytes == nil
            && !wasReturn && !row.isBroken
    }

    /// Takes a whole row without quotes, as nearly all are, and gives back its size with the line
    /// break; nil where the row is another, or does not end here.
    private mutating func takePlainRow(
        _ rest: UnsafeRawBufferPointer, _ body: (Row) throws -> Void
    ) rethrows -> Int? {
        guard let start = rest.baseAddress, let end = memchr(start, 0x0A, rest.count) else {
            return nil
        }
        let size = end - UnsafeMutableRawPointer(mutating: start)
        guard size <= Self.longestRow, memchr(start, 0x22, size) == nil else { return nil }
        var text = size
        if let firstReturn = memchr(start, 0x0D, size) {
            guard firstReturn == end - 1 else { return nil }
            text -= 1
        }
        row.bytes.append(contentsOf: rest[..<text])
        var from = 0
        while let comma = memchr(start + from, 0x2C, text - from) {
            let at = comma - UnsafeMutableRawPointer(mutating: start)
            row.fields.append(from..<at)
            from = at + 1
        }
        fieldStart = from
        line += 1
        try endRow(body)
        return size + 1
    }

    /// Gives the last row, where the file does not end in a line break.
    mutating func finish(_ body: (Row) throws -> Void) rethrows {
        try endMark(isWhole: false, body)
        if state == .quoted { row.isBroken = true }
        if !row.bytes.isEmpty || !row.fields.isEmpty || row.isBroken { try endRow(body) }
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
            endField()
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

    private mutating func endField() {
        row.fields.append(fieldStart..<row.bytes.count)
        fieldStart = row.bytes.count
    }

    private mutating func endRow(_ body: (Row) throws -> Void) rethrows {
        endField()
        let isBlank = row.fields.count == 1 && row.bytes.isEmpty && !row.isBroken
        if !isBlank { try body(row) }
        row.bytes.removeAll(keepingCapacity: true)
        row.fields.removeAll(keepingCapacity: true)
        row.isBroken = false
        row.line = line
        fieldStart = 0
        state = .fieldStart
    }
}
