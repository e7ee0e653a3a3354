import Sealing
import Testing

struct SigningTests {
    @Test func `a signature is Ed25519, as published`() throws {
        // RFC 8032, section 7.1, test 2.
        let seed = try #require(
            bytes(
                hexadecimal: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
        let key = try #require(SigningKey(seed: seed))

        #expect(
            key.verificationKey.hex
                == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        #expect(
            hexadecimal(key.sign([0x72]))
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    }

    @Test func `a pair made again from its seed signs alike`() throws {
        let key = SigningKey.make()
        let again = try #require(SigningKey(seed: key.seed))

        #expect(again.verificationKey == key.verificationKey)
        #expect(again.sign([1, 2, 3]) == key.sign([1, 2, 3]))
        #expect(SigningKey.make().verificationKey != key.verificationKey)
        #expect(SigningKey(seed: [1]) == nil)
    }

    @Test func `only the signed bytes under the signing key are valid`() {
        let key = SigningKey.make()
        let signature = key.sign([1, 2, 3])
        var changed = signature
        changed[5] ^= 1

        #expect(key.verificationKey.isValid(signature, for: [1, 2, 3]))
        #expect(!key.verificationKey.isValid(signature, for: [1, 2, 4]))
        #expect(!key.verificationKey.isValid(signature, for: []))
        #expect(!key.verificationKey.isValid(changed, for: [1, 2, 3]))
        #expect(!key.verificationKey.isValid([], for: [1, 2, 3]))
        #expect(!SigningKey.make().verificationKey.isValid(signature, for: [1, 2, 3]))
    }

    @Test func `a verification key reads back from its digits`() {
        let key = SigningKey.make().verificationKey

        #expect(VerificationKey(hex: key.hex) == key)
        #expect(VerificationKey(hex: String(key.hex.dropLast(2))) == nil)
    }

    @Test func `a key that is no point of the curve verifies nothing`() throws {
        let zeros = try #require(VerificationKey(hex: String(repeating: "0", count: 64)))

        #expect(!zeros.isValid(Array(repeating: 0, count: 64), for: []))
    }
}
