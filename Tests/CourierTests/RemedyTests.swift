import Bank
import Courier
import Sealing
import Store
import Sync
import TestSupport
import Testing
import Transport
import Vault

/// The closed table of what is done about failures (`sync.md`, statement 7).
struct RemedyTests {
    /// Each kind of failure, and what is done about it.
    private static let table: [(any Error, Remedy)] = [
        (CourierError.line(.noLine("")), .retry), (CourierError.line(.timedOut), .retry),
        (CourierError.line(.broken("")), .retry), (CourierError.line(.insecure("")), .stop),
        (CourierError.line(.notTrusted("")), .stop), (CourierError.line(.outOfDate("")), .stop),
        (CourierError.line(.tooLarge(limit: 1)), .stop),
        // A proxy's page, whatever its status.
        (CourierError.notHeadOffice(status: 200), .retry),
        (CourierError.notHeadOffice(status: 502), .retry),
        (CourierError.busy(1000), .retry), (CourierError.outOfStep, .retry),
        (CourierError.belongsElsewhere(.jiangsu), .stop), (CourierError.wrongAuthority, .stop),
        (CourierError.clock(skewMilliseconds: 1), .stop),
        (CourierError.untrusted(.chain(record: 1)), .stop),
        (UntrustedDelta.snapshot, .stop),
        (StoreError.diskFull("/d"), .retry), (StoreError.inUse("/d"), .retry),
        (StoreError.failed("/d", cause: "disk I/O error"), .retry),
        (StoreError.damaged("/d"), .stop), (StoreError.newerSchema("/d"), .stop),
        (StoreError.keys(.notAuthentic, "/d"), .stop),
    ]

    @Test(arguments: table.indices)
    func `statement 7: each failure of line, HTTP and SQLite has one remedy`(index: Int) {
        let (error, remedy) = Self.table[index]

        #expect(Remedy(for: error) == remedy, "\(error)")
    }

    @Test func `statement 7: each code of head office's has one remedy, status and spelling`() {
        let quarantined: Set<ExchangeError> = [.inadmissible, .dependsOnSetApart]
        let passing: Set<ExchangeError> = [.outOfStep, .busy, .internalError]
        for code in ExchangeError.allCases {
            let remedy: Remedy =
                quarantined.contains(code) ? .quarantine : passing.contains(code) ? .retry : .stop
            #expect(Remedy(for: CourierError.refused(code)) == remedy, "\(code)")
            #expect((400...599).contains(code.status))
            #expect(ExchangeError(rawValue: code.rawValue) == code)
        }
    }

    /// The stock line ends in a page that is JSON, but nobody's answer.
    @Test(arguments: ["{}", "{\"error\":null}", "[]", "{\"verdict\":\"fine\"}"])
    func `statement 7: what is no answer of head office's changes nothing and is tried again`(
        page: String
    ) throws {
        let outlets = try ThreeOutlets.ownedByWulin()
        _ = try outlets[.gulou].edit(.hobbies, of: .zhang, to: "围棋", by: .gus)
        let talk = outlets.talk(.gulou)
        let pending = try outlets[.gulou].lineState().pending
        for path in [Message.helloPath, Message.pushPath] {
            #expect(throws: CourierError.self) {
                try talk.exchange { question in
                    try question.path == path
                        ? JSONValue(reading: Array(page.utf8)) : talk.answer(question)
                }
            }.map { #expect(Remedy(for: $0) == .retry) }
            #expect(try outlets[.gulou].lineState().pending == pending)
        }
        try talk.exchange()
        #expect(try outlets[.gulou].lineState().pending == 0)
    }
}
