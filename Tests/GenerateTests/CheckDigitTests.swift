import Testing
import generate

struct CheckDigitTests {
    @Test(arguments: [
        "11010519491231002X", "440524188001010014", "370101190102039973", "513101198201130014",
    ])
    func `an identity number ends in its ISO 7064 check character`(number: String) {
        let check = CheckDigit.identity(of: String(number.dropLast()))

        #expect(check == number.last)
    }

    @Test(arguments: ["4111111111111111", "79927398713", "6228480402564890018"])
    func `a card number ends in its Luhn digit`(number: String) {
        let check = CheckDigit.luhn(of: String(number.dropLast()))

        #expect(check == number.last)
    }
}
