import Sealing
import Testing

struct BytesTests {
    @Test(
        arguments: [([], ""), ([0], "00"), ([0xAB, 0x0F, 0xFF], "ab0fff")] as [([UInt8], String)])
    func `bytes are written and read in hexadecimal`(value: [UInt8], text: String) {
        #expect(hexadecimal(value) == text)
        #expect(bytes(hexadecimal: text) == value)
        #expect(bytes(hexadecimal: text.uppercased()) == value)
    }

    @Test(arguments: ["0", "0g", "00 ", " 00", "0x00", "零零", "00\n"])
    func `what is not hexadecimal is not read`(text: String) {
        #expect(bytes(hexadecimal: text) == nil)
    }

    @Test func `chance gives as many bytes as asked, and others each time`() {
        #expect(randomBytes(0) == [])
        #expect(randomBytes(32).count == 32)
        #expect(randomBytes(32) != randomBytes(32))
    }

    @Test func `secrets are equal only byte by byte`() {
        #expect(constantTimeEqual([1, 2], [1, 2]))
        #expect(constantTimeEqual([], []))
        #expect(!constantTimeEqual([1, 2], [1, 3]))
        #expect(!constantTimeEqual([1, 2], [1, 2, 3]))
    }

    @Test func `a secret never shows itself`() throws {
        let key = try #require(SecretKey(bytes: Array(repeating: 0xAB, count: 32)))
        let signing = try #require(SigningKey(seed: key.bytes))
        var dumped = ""

        dump(key, to: &dumped)
        dump(signing, to: &dumped)
        dump(KeyRing(data: key, index: key), to: &dumped)

        let shown =
            dumped + "\(key) \(String(reflecting: key)) \(signing) \([key]) \((key, signing))"
        #expect(!shown.contains("171") && !shown.lowercased().contains("abab"))
    }

    @Test func `a key has 32 bytes`() {
        #expect(SecretKey(bytes: Array(repeating: 0, count: 31)) == nil)
        #expect(SecretKey(bytes: Array(repeating: 0, count: 33)) == nil)
        #expect(SecretKey.random() != SecretKey.random())
    }
}
