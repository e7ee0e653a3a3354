import Bank
import Testing

struct MaskTests {
    @Test(arguments: [
        ("王小明", "王**"), ("王明", "王*"), ("王", "王*"), ("", ""), ("Ann", "A**"),
    ])
    func `a name shows its first character`(name: String, shown: String) {
        #expect(Mask.name(name) == shown)
    }

    @Test(arguments: [
        ("11010519491231002X", "110********002X"), ("13812345678", "138****5678"),
        ("12345678", "123*5678"), ("1234567", "*******"), ("123", "***"), ("", ""),
    ])
    func `a number shows three and four characters where there are more`(
        number: String, shown: String
    ) {
        #expect(Mask.idNumber(number) == shown)
        #expect(Mask.mobile(number) == shown)
    }

    @Test(arguments: [
        ("6228480402564890018", "622848********0018"), ("62284804025", "622848*4025"),
        ("6228480402", "**********"),
    ])
    func `a card shows six and four digits where there are more`(number: String, shown: String) {
        #expect(Mask.card(number) == shown)
    }

    @Test(arguments: [("杭州市下城区武林路一号", "杭州市下城区***"), ("杭州市下城区", "***"), ("", "***")])
    func `an address shows the city`(address: String, shown: String) {
        #expect(Mask.address(address) == shown)
    }

    @Test(
        arguments: [
            ("138 1234 5678", "13812345678"), ("+86-138-1234-5678", "13812345678"),
            ("8613812345678", "13812345678"), ("86138", "86138"), ("", nil), (" - ", nil),
            (nil, nil),
            ("0571-12345678", "057112345678"),
        ] as [(String?, String?)])
    func `a mobile number loses spaces, hyphens and the country's code`(
        text: String?, normal: String?
    ) {
        #expect(Mobile.normal(text) == normal)
    }
}
