import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// A head office that has no time to compare, and time for everything else.
struct BusyComparisonTests {
    private let outlets: ThreeOutlets
    private var wulin: BranchStore { outlets[.wulin] }

    init() throws {
        outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "100000"])
    }

    /// A round in which a comparison's questions get these answers, and then none.
    private func exchange(answers: [JSONValue] = []) throws -> Exchanged {
        let talk = outlets.talk(.wulin)
        var answers = answers
        var round = Round(wulin)
        var step = try round.start()
        while true {
            switch step {
            case .ask(let question) where question.path == Message.digestPath:
                if answers.isEmpty {
                    step = try #require(try round.putOffComparison())
                } else {
                    step = try round.receive(answers.removeFirst())
                }
            case .ask(let question): step = try round.receive(try talk.answer(question))
            case .done(let exchanged): return exchanged
            }
        }
    }

    @Test func `a comparison that finds head office busy is made at the next exchange`() throws {
        let exchanged = try exchange()

        #expect(exchanged.batchesSent > 0)
        #expect(exchanged.isComparisonPutOff)
        #expect(exchanged.isEqual == nil)
        let again = try outlets.talk(.wulin).exchange()
        #expect(again.isEqual == true)
        #expect(!again.isComparisonPutOff)
    }

    @Test func `one that was begun is made again from its beginning`() throws {
        // Nothing is the same, it says.
        let exchanged = try exchange(answers: [["equal": false, "protocol": .int(Message.version)]])

        #expect(exchanged.isComparisonPutOff)
        #expect(try wulin.isCompareDue())
        #expect(try outlets.talk(.wulin).exchange().isEqual == true)
    }

    @Test func `whatever else finds head office busy ends the round`() throws {
        var round = Round(wulin)
        _ = try round.start()

        #expect(try round.putOffComparison() == nil)
    }
}
