import Sealing
import Testing

struct PasswordTests {
    @Test func `only the password itself verifies`() throws {
        let hash = try Password.hash("correct horse 电池")

        #expect(hash.hasPrefix("$argon2id$v=19$m=47104,t=2,p=1$"))
        #expect(Password.verify("correct horse 电池", against: hash))
        #expect(!Password.verify("correct horse 电", against: hash))
        #expect(!Password.verify("", against: hash))
        #expect(!Password.needsRehash(hash))
    }

    @Test func `a password may be empty or contain a zero, and is its bytes`() throws {
        #expect(Password.verify("", against: try Password.hash("")))
        let zero = try Password.hash("a\0b")
        #expect(Password.verify("a\0b", against: zero))
        #expect(!Password.verify("a", against: zero))
        #expect(!Password.verify("e\u{301}", against: try Password.hash("é")))
    }

    @Test func `equal passwords have different hashes`() throws {
        #expect(try Password.hash("one") != Password.hash("one"))
    }

    @Test func `a hash of weaker parameters verifies and asks to be made again`() {
        let weaker =
            "$argon2id$v=19$m=8192,t=1,p=1$LhdGh3STJgQY2rU2HcuaKA"
            + "$jQghON+dIvYh1pAE1hjksly/iT2AbCvHZ+NuqJWDoVU"

        #expect(Password.verify("secret", against: weaker))
        #expect(Password.needsRehash(weaker))
    }

    @Test(arguments: ["", "secret", "$argon2id$", String(repeating: "$", count: 500)])
    func `what is no hash verifies nothing and asks to be made again`(text: String) {
        #expect(!Password.verify("secret", against: text))
        #expect(Password.needsRehash(text))
    }

    @Test func `the decoy costs what a real hash costs`() {
        #expect(!Password.needsRehash(Password.decoy))
        #expect(!Password.verify("", against: Password.decoy))
    }

    @Test func `many log-ins at once are all answered`() async throws {
        let hash = try Password.hash("secret")

        let answers = await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    Password.verify(number < 4 ? "secret" : "wrong", against: hash)
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }

        #expect(answers == 4)
    }
}
