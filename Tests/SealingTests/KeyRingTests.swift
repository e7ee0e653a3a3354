import FoundationEssentials
import Glibc
import Sealing
import Testing

final class KeyRingTests {
    private let directory = FileManager.default.temporaryDirectory
        .appending(path: "sealing-\(UUID())").path

    init() throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    private var credentialPath: String { directory + "/credential" }
    private var ringPath: String { directory + "/keys.json" }

    @Test func `a credential is made once, for its owner alone, and read back`() throws {
        let ring = KeyRing(data: .random(), index: .random())
        let made = try Credential.create(path: credentialPath)
        try ring.write(to: ringPath, wrappedBy: made)

        let read = try Credential.read(path: credentialPath)

        #expect(try KeyRing.read(path: ringPath, unwrappedBy: read).keys == ring.keys)
        #expect(try mode(credentialPath) == 0o600)
        let text = try String(contentsOfFile: credentialPath, encoding: .utf8)
        #expect(text.utf8.count == 65 && text.hasSuffix("\n"))
        #expect(throws: SealingError.fileFailed(credentialPath, operation: "link", errno: EEXIST)) {
            try Credential.create(path: self.credentialPath)
        }
        #expect(try String(contentsOfFile: credentialPath, encoding: .utf8) == text)
        #expect(try names() == ["credential", "keys.json"])
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o601, 0o666] as [mode_t])
    func `a credential that others may touch is refused`(mode: mode_t) throws {
        _ = try Credential.create(path: credentialPath)
        chmod(credentialPath, mode)

        #expect(throws: SealingError.credentialReadableByOthers(credentialPath)) {
            try Credential.read(path: self.credentialPath)
        }
    }

    @Test func `systemd's read-only credentials are taken, with or without a line feed`() throws {
        for text in [String(repeating: "ab", count: 32), String(repeating: "AB", count: 32) + "\n"]
        {
            try put(text, at: credentialPath, mode: 0o400)
            _ = try Credential.read(path: credentialPath)
            unlink(credentialPath)
        }
    }

    @Test(arguments: [
        "", "\n", String(repeating: "a", count: 62), String(repeating: "a", count: 64) + "\n\n",
        String(repeating: "x", count: 64), String(repeating: "a", count: 100_000),
    ])
    func `a credential of another form is malformed`(text: String) throws {
        try put(text, at: credentialPath, mode: 0o600)

        #expect(throws: SealingError.credentialMalformed(credentialPath)) {
            try Credential.read(path: self.credentialPath)
        }
    }

    @Test func `a missing credential, a directory and a pipe are told apart from one`() throws {
        #expect(throws: SealingError.credentialMissing(credentialPath)) {
            try Credential.read(path: self.credentialPath)
        }
        #expect(throws: SealingError.credentialMalformed(directory)) {
            try Credential.read(path: self.directory)
        }
        mkfifo(credentialPath, 0o600)
        #expect(throws: SealingError.credentialMalformed(credentialPath)) {
            try Credential.read(path: self.credentialPath)
        }
    }

    @Test func `a ring keeps further keys, in order, and shows none of them`() throws {
        let credential = try Credential.create(path: credentialPath)
        let ring = KeyRing(
            data: .random(), index: .random(),
            further: ["settlement": .random(), "33": .random(), "bank": .random()])

        try ring.write(to: ringPath, wrappedBy: credential)

        let text = try String(contentsOfFile: ringPath, encoding: .utf8)
        let positions = ["33", "bank", "data", "index", "settlement"]
            .map { text.firstRange(of: "\"\($0)\"")?.lowerBound }
        #expect(text.hasPrefix("{\"format\":1,\"keys\":{"))
        #expect(!positions.contains(nil) && positions.compactMap(\.self).sorted() == positions)
        #expect(ring.keys.values.allSatisfy { !text.contains(hexadecimal($0.bytes)) })
        #expect(try mode(ringPath) == 0o600)
        let read = try KeyRing.read(path: ringPath, unwrappedBy: credential)
        #expect(read.keys == ring.keys)
        #expect(read.data == ring.data && read.index == ring.index)
        #expect(read["settlement"] == ring["settlement"])
        #expect(try names() == ["credential", "keys.json"])
    }

    @Test func `a ring is written anew under another credential`() throws {
        let old = try Credential.create(path: credentialPath)
        let new = try Credential.create(path: directory + "/new")
        let ring = KeyRing(data: .random(), index: .random())
        try ring.write(to: ringPath, wrappedBy: old)
        // What a power cut left.
        try put("{", at: ringPath + ".new", mode: 0o644)

        try ring.write(to: ringPath, wrappedBy: new)

        #expect(try KeyRing.read(path: ringPath, unwrappedBy: new).keys == ring.keys)
        #expect(throws: SealingError.notAuthentic) {
            try KeyRing.read(path: self.ringPath, unwrappedBy: old)
        }
        #expect(try mode(ringPath) == 0o600)
    }

    @Test func `keys that changed names, lack a name or lost a digit stay shut`() throws {
        let credential = try Credential.create(path: credentialPath)
        try KeyRing(data: .random(), index: .random()).write(to: ringPath, wrappedBy: credential)
        let text = try String(contentsOfFile: ringPath, encoding: .utf8)
        let swapped = text.replacing("data", with: "other").replacing("index", with: "data")
            .replacing("other", with: "index")

        for broken in [
            swapped, text.replacing("index", with: "indeks"),
            text.replacing("\"}}", with: "0\"}}"),
            text.replacing("\"format\":1", with: "\"format\":2"),
            String(text.dropLast()), "", "{}", "null",
        ] {
            try put(broken, at: ringPath, mode: 0o600)
            #expect(throws: SealingError.notAuthentic) {
                try KeyRing.read(path: self.ringPath, unwrappedBy: credential)
            }
        }
    }

    @Test func `a ring that cannot be read or written says which file and why`() throws {
        let credential = try Credential.create(path: credentialPath)
        let nowhere = directory + "/none/keys.json"

        #expect(throws: SealingError.fileFailed(nowhere, operation: "open", errno: ENOENT)) {
            try KeyRing.read(path: nowhere, unwrappedBy: credential)
        }
        #expect(
            throws: SealingError.fileFailed(nowhere + ".new", operation: "create", errno: ENOENT)
        ) {
            try KeyRing(data: .random(), index: .random()).write(to: nowhere, wrappedBy: credential)
        }
    }

    private func put(_ text: String, at path: String, mode: mode_t) throws {
        unlink(path)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        chmod(path, mode)
    }

    private func mode(_ path: String) throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_mode & 0o777
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }
}
