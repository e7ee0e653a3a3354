import Certificates
import Sealing
import Testing

struct RequestTests {
    private let key = PrivateKey.make(randomBytes)

    @Test func `a request is read again as it was made`() throws {
        let request = CertificateRequest(for: key)

        #expect(CertificateRequest(bytes: request.bytes) == request)
    }

    @Test func `a request changed in any bit, cut or continued is none`() {
        let bytes = CertificateRequest(for: key).bytes

        for position in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[position] ^= 1 << UInt8(bit)
                #expect(CertificateRequest(bytes: changed) == nil, "byte \(position), bit \(bit)")
            }
        }
        for count in 0..<bytes.count {
            #expect(CertificateRequest(bytes: Array(bytes.prefix(count))) == nil)
        }
        #expect(CertificateRequest(bytes: bytes + [0]) == nil)
    }

    @Test func `a request for a key of another kind is none`() throws {
        // Made by: openssl req -new -newkey ed25519 -nodes -keyout /dev/null -subj / -outform DER
        let ed25519 = try #require(bytes(hexadecimal: Self.ed25519Request))

        #expect(CertificateRequest(bytes: ed25519) == nil)
    }

    @Test func `numbers outside the curve are no keys`() throws {
        let zero = try #require(SecretKey(bytes: Array(repeating: 0, count: 32)))
        let large = try #require(SecretKey(bytes: Array(repeating: 0xFF, count: 32)))

        #expect(PrivateKey(zero) == nil)
        #expect(PrivateKey(large) == nil)
        // Chance that begins with those is asked again.
        var answers = [zero.bytes, large.bytes, Array(repeating: 1, count: 32)]
        let made = PrivateKey.make { _ in answers.removeFirst() }
        #expect(made.secret.bytes == Array(repeating: 1, count: 32))
    }

    @Test func `a key shows itself in no text`() {
        let hex = hexadecimal(key.secret.bytes)

        #expect(!"\(key)".contains(hex))
        #expect(!String(reflecting: key).contains(hex))
        #expect(!"\(key)".contains("\(key.secret.bytes[0]), \(key.secret.bytes[1])"))
    }

    private static let ed25519Request =
        "307f30330201003000302a300506032b6570032100edcf0654d42abcc560b2138e12a6c742f9accb"
        + "6bef35a8171a7beabb9d9d6b18a000300506032b65700341009a6301f3e24490b8427af90f092b8b"
        + "d9ff871cdb238a33c2819ed907c63e629c4d8a0fd0d9c4b4d2ce6d098b4599f01272366572e7f8e7"
        + "493c59786734e4e608"
}

struct TokenTests {
    private let token = EnrolmentToken(
        secret: String(repeating: "ab", count: 32), authority: Digest.sha256("authority"))

    @Test func `a token is read as it was printed`() {
        #expect(EnrolmentToken(token.text) == token)
        #expect(EnrolmentToken(token.text.uppercased()) == token)
    }

    @Test func `a token cut short or without its fingerprint is none`() {
        let text = token.text
        for count in 0..<text.count { #expect(EnrolmentToken(String(text.prefix(count))) == nil) }
        #expect(EnrolmentToken(token.secret) == nil)
        #expect(EnrolmentToken(text + ".00") == nil)
        #expect(EnrolmentToken(text + "0") == nil)
    }
}
