import Bank
import Sync
import Testing

/// What an outlet gave up, as it is told at hello and answered.
struct DiscardedTests {
    private static let acknowledgement = Acknowledgement(
        checkpoint: Checkpoint(epoch: 1, batch: 0, sequence: 0, hash: ""), receipt: "", staged: 0)

    private func hello(_ discarded: [Int64]) -> Hello {
        var hello = Hello(
            nodeName: "n",
            lanes: [
                .urgent: .init(
                    checkpoint: Self.acknowledgement.checkpoint, receipt: "", waiting: nil),
                .records: .init(
                    checkpoint: Self.acknowledgement.checkpoint, receipt: "", waiting: nil),
            ], now: 1, pending: 0, after: 0, organisationVersion: 1, isMarkedRestored: false,
            lastRecord: 0, recovery: "")
        hello.discarded = discarded
        return hello
    }

    private func reply(_ discarded: [Int64]) -> HelloReply {
        var reply = HelloReply(
            verdict: .inStep,
            lanes: [.urgent: Self.acknowledgement, .records: Self.acknowledgement], now: 1,
            newest: 0, organisationVersion: 1, lastRecord: 0)
        reply.discarded = discarded
        return reply
    }

    @Test
    func `what was given up is read as it was written, and nothing is said where nothing was`() {
        #expect(Hello(json: hello([7, 12]).json)?.discarded == [7, 12])
        #expect(HelloReply(json: reply([7]).json)?.discarded == [7])
        #expect(hello([]).json["discarded"] == nil)
        #expect(Hello(json: hello([]).json)?.discarded == [])
        #expect(reply([]).json["discarded"] == nil)
    }

    @Test(arguments: [
        "7" as JSONValue, ["7"], [-1], [.int(.max)], .array(Array(repeating: 1, count: 501)),
    ])
    func `a list that is none, or too long, makes no hello`(list: JSONValue) {
        var json = hello([]).json.object ?? [:]
        json["discarded"] = list
        #expect(Hello(json: .object(json)) == nil)

        var answer = reply([]).json.object ?? [:]
        answer["discarded"] = list
        #expect(HelloReply(json: .object(answer)) == nil)
    }
}
