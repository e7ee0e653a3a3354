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
}
