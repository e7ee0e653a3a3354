import Sealing
import Testing

struct BlindIndexTests {
    @Test func `an index is keyed BLAKE2b over the kind behind its length and the text`() throws {
        let key = try #require(SecretKey(bytes: Array(0..<32)))

        // From Python's hashlib.blake2b(b"\0\0\0\6mobile13800138000", key=…, digest_size=16).
        #expect(
            hexadecimal(BlindIndex(key: key).index("mobile", "13800138000"))
                == "aad441737529ab263a28e5dd515bb999")
    }

    @Test func `equal texts of one kind meet, others do not`() {
        let blind = BlindIndex(key: .random())

        #expect(blind.index("mobile", "13800138000") == blind.index("mobile", "13800138000"))
        #expect(blind.index("mobile", "13800138000") != blind.index("mobile", "13800138001"))
        #expect(blind.index("mobile", "13800138000") != blind.index("card", "13800138000"))
        #expect(blind.index("ab", "c") != blind.index("a", "bc"))
        #expect(blind.index("name", "é") != blind.index("name", "e\u{301}"))
        #expect(blind.index("name", "") != blind.index("nam", "e"))
    }

    @Test func `another key gives another index`() {
        #expect(
            BlindIndex(key: .random()).index("mobile", "1")
                != BlindIndex(key: .random()).index("mobile", "1"))
    }
}
