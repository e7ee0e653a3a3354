import Bank
import Testing

struct StrongKeyTests {
    @Test(
        arguments: [
            ("330000000017", [.customer, .identity, .account, .card]),
            ("6228 4800 0000 1234", [.customer, .identity, .account, .card]),
            ("13812345678", [.customer, .identity, .account, .mobile]),
            ("+86 138-1234-5678", [.mobile]),
            ("11010519491231002x", [.customer, .identity, .account]),
            ("E12345678", [.customer, .identity, .account]), ("王小明 002x", [.name]),
            ("John Smith 1234", [.name]), ("999", [.customer]),
        ] as [(String, [StrongKey.Kind])])
    func `a text is read as every key whose form it has`(text: String, kinds: [StrongKey.Kind]) {
        #expect(Set(StrongKey.reading(text).map(\.kind)) == Set(kinds))
    }

    @Test(arguments: [
        "", " ", "王小明", "王小明 02X", "王小明 00211", "John Smith", "王小明 四位数字", "Wu Li Na",
        String(repeating: "9", count: 65),
    ])
    func `a name alone is no key, nor is what identifies nobody`(text: String) {
        #expect(StrongKey.reading(text) == [])
    }

    @Test func `a kind that is named is the only one`() {
        #expect(
            StrongKey.reading("13812345678", as: .mobile) == [.mobile("13812345678")])
        #expect(StrongKey.reading("330000000017", as: .mobile) == [])
        #expect(
            StrongKey.reading("1101 0549 1231 002", as: .identity) == [.identity("110105491231002")]
        )
    }

    @Test func `a name goes with the last four, however it was typed`() {
        let key = StrongKey.name("王小明", lastFour: "002X")

        #expect(StrongKey(name: " 王小明 ", lastFour: "002x") == key)
        #expect(StrongKey.reading("王小明  002x") == [key])
        #expect(StrongKey(name: "王小明", lastFour: "02X") == nil)
        #expect(StrongKey(name: "1234", lastFour: "1234") == nil)
    }

    @Test func `what can only be a person's key is no customer number`() {
        #expect(StrongKey.isPersonal("138 1234 5678"))
        #expect(StrongKey.isPersonal("11010519491231002x"))
        #expect(!StrongKey.isPersonal("330000000017"))
        #expect(!StrongKey.isPersonal("6228480000001234"))
    }

    @Test(arguments: [
        ("330000000017", true), ("3300000001", true), ("3300-000001", true),
        ("33000000000017", true), ("330000000000017", false), ("13812345678", false),
        ("138 1234 5678", false), ("6228480000001234", false), ("11010519491231002X", false),
        ("110105194912310021", false), ("E12345678", false), ("A3301013300000001", false),
        ("王小明 002X", false),
    ])
    func `what may be another key is no ordinary customer number`(text: String, isOrdinary: Bool) {
        #expect(StrongKey.isOrdinaryNumber(text) == isOrdinary)
    }
}
