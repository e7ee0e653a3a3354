import FoundationEssentials
import Sealing
import Testing

struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `a digest is SHA-256, as published`(text: String, hex: String) {
        #expect(Digest.sha256(text).hex == hex)
        #expect(Digest.sha256(Array(text.utf8)).hex == hex)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 1000])
    func `bytes in pieces have the digest of the whole`(size: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        var stream = DigestStream()

        stream.update(Array(bytes[..<size]))
        bytes[size...].withUnsafeBytes { stream.update($0) }

        #expect(stream.finish() == Digest.sha256(bytes))
        #expect(stream.finish() == Digest.sha256(""))
    }

    @Test func `a copy of a stream goes on by itself`() {
        var stream = DigestStream()
        stream.update(Array("a".utf8))
        var copy = stream

        copy.update(Array("x".utf8))
        stream.update(Array("bc".utf8))

        #expect(stream.finish() == Digest.sha256("abc"))
        #expect(copy.finish() == Digest.sha256("ax"))
    }

    @Test func `two spellings of one name have two digests`() {
        #expect("é" == "e\u{301}")
        #expect(Digest.sha256("é") != Digest.sha256("e\u{301}"))
    }

    @Test func `a digest reads back from its digits, in JSON too`() throws {
        let digest = Digest.sha256("abc")

        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        let json = try JSONEncoder().encode([digest])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(digest.hex)\"]")
        #expect(try JSONDecoder().decode([Digest].self, from: json) == [digest])
    }

    @Test(arguments: [
        "", "00", String(repeating: "0", count: 63), String(repeating: "g", count: 64),
    ])
    func `what is not 64 digits is no digest`(text: String) {
        #expect(Digest(hex: text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Digest.self, from: Data("\"\(text)\"".utf8))
        }
    }

    @Test func `digests are ordered by their bytes`() throws {
        let low = try #require(Digest(hex: "01" + String(repeating: "f", count: 62)))
        let high = try #require(Digest(hex: "02" + String(repeating: "0", count: 62)))

        #expect(low < high)
        #expect(!(high < low))
        #expect(!(low < low))
    }
}
