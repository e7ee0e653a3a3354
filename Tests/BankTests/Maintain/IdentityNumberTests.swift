import Bank
import Testing

struct IdentityNumberTests {
    @Test(arguments: [
        ("11010519491231002X", true), ("440524188001010014", true), ("370101190102039973", true),
        ("810000199003070015", true), ("110105194912310020", false), ("110105491231002", true),
        ("110105491331002", false), ("33000000001", false), ("E12345678", false), ("", false),
    ])
    func `a resident's number is known by its form`(number: String, isResident: Bool) {
        #expect(IdentityNumber.isResident(number) == isResident)
    }

    @Test func `spaces, hyphens and a small x are no other number`() {
        #expect(IdentityNumber.normal(" 110105-19491231 002x") == "11010519491231002X")
    }

    @Test(arguments: [
        ("11010519491231002X", ["11010519491231002X", "110105491231002"]),
        ("110105491231002", ["110105491231002", "11010519491231002X"]),
        // Of another century: it never had fifteen digits.
        ("440524188001010014", ["440524188001010014"]), ("E12345678", ["E12345678"]),
    ])
    func `eighteen digits and the fifteen before them are one number`(
        number: String, forms: [String]
    ) {
        #expect(IdentityNumber.forms(of: number) == forms)
    }

    @Test func `the last four are those of either form`() {
        #expect(IdentityNumber.lastFours(of: "11010519491231002X") == ["002X", "1002"])
        #expect(IdentityNumber.lastFours(of: "440524188001010014") == ["0014"])
        #expect(IdentityNumber.lastFours(of: "E12") == [])
    }
}
