import Bank
import Commands
import Courier
import Sync
import Synchronization
import Testing
import Vault

struct CommandShapeTests {
    /// As it is signed.
    private let signed: JSONValue = [
        "claim": "c1", "customer": "3300000001", "digest": "d", "firstTier": "33",
        "manager": "ada", "number": 7, "outlet": "330101", "previous": "", "rule": "only-claim",
        "rulesVersion": "2", "since": "2025-03-31",
    ]

    @Test func `a command shows a settlement in its documents' names and leaves the signed one`()
        throws
    {
        let record = try #require(SettlementRecord(json: signed))
        let shape = try #require(record.shape.object)

        #expect(shape["first_tier"] == "33" && shape["rules_version"] == "2")
        #expect(shape.keys.allSatisfy { $0.allSatisfy { !$0.isUppercase } })
        #expect(shape.count == signed.object?.count)
        #expect(record.json == signed)
    }

    @Test(arguments: [
        "https://127.0.0.1:99999999", "https://[::1", "https://u:p@host", "https://", "https://h:0",
        "https://h/?x=1",
    ])
    func `an address with more than a host, a port and a path is none`(url: String) {
        #expect(AddressFault(of: url) == .malformed)
    }

    @Test func `head office may be at an HTTPS address and at no other`() {
        #expect(AddressFault(of: "http://127.0.0.1:8600") == .insecure)
        #expect(AddressFault(of: "head-office") == .insecure)
        #expect(AddressFault(of: "https://[::1]:8600") == nil)
        #expect(AddressFault(of: "https://head-office.bank.example/node/") == nil)
    }

    @Test(arguments: ["24:00", "12:60", "9:30", "noon", ""])
    func `a time to close at that is none is refused in the user's language`(text: String) {
        let sentence = Caller.current().say("usage.close-at", ["given": text])

        let refusal = #expect(throws: (any Error).self) { try CloseSchedule(option: text) }

        #expect(refusal.map { "\($0)" } == sentence)
        #expect(sentence.contains("--close-at") && sentence.contains("23:59"))
    }

    @Test func `a time to close at is one of the day`() throws {
        #expect(try CloseSchedule(option: "23:59") == CloseSchedule("23:59"))
    }

    @Test func `what is logged before a server runs goes out once it runs`() {
        let out = Written()
        let log = StartLog { out.append($0) }

        log.write("a")
        #expect(out.texts == [])
        log.letOut()
        log.write("b")
        #expect(out.texts == ["a", "b"])
    }

    @Test func `an error either has a sentence of the product's or is told from those that have`() {
        let caller = Caller.current()

        #expect(Failure(known: StoreError.diskFull("/a"), caller) != nil)
        #expect(Failure(known: CancellationError(), caller) == nil)
    }
}

private final class Written: Sendable {
    private let kept = Mutex<[String]>([])

    var texts: [String] { kept.withLock { $0 } }

    func append(_ text: String) { kept.withLock { $0.append(text) } }
}
