import Sealing
import Testing

struct FieldCipherTests {
    private let cipher = FieldCipher(key: .random())

    @Test(arguments: ["", "王小明", "110101199003070123", String(repeating: "长", count: 100_000)])
    func `a sealed text opens in its place`(text: String) throws {
        let sealed = cipher.seal(text, table: "customer", row: "7", column: "name")

        #expect(sealed.count == 1 + 24 + text.utf8.count + 16)
        #expect(sealed[0] == 1)
        #expect(try cipher.open(sealed, table: "customer", row: "7", column: "name") == text)
    }

    @Test func `one text is sealed differently each time`() {
        let first = cipher.seal("王小明", table: "customer", row: "7", column: "name")
        let second = cipher.seal("王小明", table: "customer", row: "7", column: "name")

        #expect(first != second)
    }

    @Test(arguments: [
        ("customer", "8", "name"), ("customer", "7", "mobile"), ("contact", "7", "name"),
        ("customer7", "", "name"), ("custome", "r7", "name"), ("customer", "7n", "ame"),
    ])
    func `a sealed text opens in no other place`(table: String, row: String, column: String) {
        let sealed = cipher.seal("王小明", table: "customer", row: "7", column: "name")

        #expect(throws: SealingError.notAuthentic) {
            try cipher.open(sealed, table: table, row: row, column: column)
        }
    }

    @Test func `another key does not open it`() {
        let sealed = cipher.seal("王小明", table: "customer", row: "7", column: "name")

        #expect(throws: SealingError.notAuthentic) {
            try FieldCipher(key: .random())
                .open(sealed, table: "customer", row: "7", column: "name")
        }
    }

    @Test func `one changed bit anywhere, or one byte less, closes it`() {
        let sealed = cipher.seal("王", table: "customer", row: "7", column: "name")

        for position in sealed.indices {
            var changed = sealed
            changed[position] ^= 1
            #expect(throws: SealingError.notAuthentic) {
                try cipher.open(changed, table: "customer", row: "7", column: "name")
            }
            #expect(throws: SealingError.notAuthentic) {
                try cipher.open(
                    Array(sealed[..<position]), table: "customer", row: "7", column: "name")
            }
        }
    }

    @Test func `a column's fields are sealed and opened one after the other as each by itself`()
        throws
    {
        let sealer = FieldSealer(cipher, table: "contact", rowPrefix: "330101/", column: "note")
        let opener = FieldOpener(cipher, table: "contact", rowPrefix: "330101/", column: "note")

        for (key, text) in [("a1", "来访"), ("a2", ""), ("a3", String(repeating: "长", count: 2000))] {
            let key = Array(key.utf8)
            let row = "330101/" + String(decoding: key, as: UTF8.self)
            let sealed = Array(text.utf8).withUnsafeBytes { plain in
                key.withUnsafeBytes { Array(sealer.seal(plain, key: $0)) }
            }
            let alone = cipher.seal(text, table: "contact", row: row, column: "note")

            #expect(try cipher.open(sealed, table: "contact", row: row, column: "note") == text)
            #expect(try opener.text(alone, key) == text)
            #expect(throws: SealingError.notAuthentic) { try opener.text(alone, key + [0x61]) }
            #expect(throws: SealingError.notAuthentic) {
                try opener.text(Array(alone.prefix(40)), key)
            }
        }
    }
}

extension FieldOpener {
    fileprivate func text(_ sealed: [UInt8], _ key: [UInt8]) throws -> String {
        try sealed.withUnsafeBytes { sealed in
            try key.withUnsafeBytes { String(decoding: try open(sealed, key: $0), as: UTF8.self) }
        }
    }
}
