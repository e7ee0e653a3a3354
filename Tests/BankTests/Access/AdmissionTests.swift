import Bank
import Testing

struct AdmissionTests {
    @Test(
        arguments: [
            (0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (12, 60), (1_000_000, 60),
        ] as [(Int, Int64)])
    func `a source is kept out a minute after five failures, then twice as long, up to an hour`(
        failures: Int, minutes: Int64
    ) {
        #expect(Admission.lockMilliseconds(afterFailures: failures) == minutes * 60_000)
    }

    @Test(arguments: [
        ("Abcdefg123", true), ("abcdefg12!", true), ("Abcdefghi!", true), ("ABCDEFG12!", true),
        ("Abcdefg12", false), ("abcdefghij1", false), ("Abcdefghij", false), ("1234567890!", false),
        ("密码Abcdefg1", true), ("xADA01x-abc1", false),
    ])
    func `a password has ten characters of three kinds and is not the staff number`(
        password: String, isStrong: Bool
    ) {
        #expect(Admission.isStrong(password, for: "ada01") == isStrong)
    }

    @Test func `a password of more than 128 characters is refused`() {
        #expect(Admission.isStrong("Aa1" + String(repeating: "x", count: 125), for: "ada"))
        #expect(!Admission.isStrong("Aa1" + String(repeating: "x", count: 126), for: "ada"))
    }
}
