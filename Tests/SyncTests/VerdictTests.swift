import Sync
import Testing

/// What the first compare tells apart (`sync.md`, statements 3 to 5), as a table of cases.
struct VerdictTests {
    private static func at(_ epoch: Int64, _ batch: Int64, _ hash: String? = nil) -> Checkpoint {
        Checkpoint(epoch: epoch, batch: batch, sequence: batch * 10, hash: hash ?? "h\(batch)")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let shown: Checkpoint
        var isGenuine = true
        var waiting: String?
        let kept: Checkpoint
        var hasNews = false
        var isMarked = false
        var isReadmitted = false
        let verdict: Verdict

        var testDescription: String { name }
    }

    private static let cases = [
        Case(name: "the same", shown: at(1, 5), kept: at(1, 5), hasNews: true, verdict: .inStep),
        Case(
            name: "an acknowledgement was lost", shown: at(1, 5), waiting: "h6", kept: at(1, 6),
            hasNews: true, verdict: .inStep),
        Case(name: "older, nothing new", shown: at(1, 3), kept: at(1, 6), verdict: .restored),
        Case(
            name: "older by one, another batch waits", shown: at(1, 5), waiting: "x",
            kept: at(1, 6), hasNews: true, verdict: .suspectedCopy),
        Case(
            name: "older, something new, unmarked", shown: at(1, 3), kept: at(1, 6), hasNews: true,
            verdict: .suspectedCopy),
        Case(
            name: "older, something new, marked", shown: at(1, 3), kept: at(1, 6), hasNews: true,
            isMarked: true, verdict: .restored),
        Case(
            name: "older, something new, readmitted", shown: at(1, 3), kept: at(1, 6),
            hasNews: true, isReadmitted: true, verdict: .restored),
        Case(
            name: "of an earlier epoch", shown: at(1, 9), kept: at(2, 0, ""), hasNews: true,
            verdict: .suspectedCopy),
        Case(
            name: "head office is older", shown: at(1, 9), kept: at(1, 4), hasNews: true,
            verdict: .officeRestored),
        Case(
            name: "head office is of an earlier epoch", shown: at(3, 1), kept: at(2, 8),
            verdict: .officeRestored),
        Case(
            name: "head office was restored and heard another since", shown: at(1, 5, "a"),
            kept: at(1, 5, "b"), verdict: .officeRestored),
        Case(
            name: "what head office never said", shown: at(1, 5, "a"), isGenuine: false,
            kept: at(1, 5, "b"), isMarked: true, verdict: .corrupted),
        Case(
            name: "what head office never said, readmitted", shown: at(1, 5, "a"),
            isGenuine: false, kept: at(1, 5, "b"), isReadmitted: true, verdict: .restored),
    ]

    @Test(arguments: cases)
    func `statement 3: the first compare tells apart what happened to either side`(given: Case) {
        let lane = LaneComparison(
            shown: given.shown, isGenuine: given.isGenuine, waiting: given.waiting,
            kept: given.kept)
        let other = LaneComparison(
            shown: Self.at(1, 1), isGenuine: true, waiting: nil, kept: Self.at(1, 1))

        for lanes in [[lane, other], [other, lane]] {
            #expect(
                Verdict(
                    lanes, hasNews: given.hasNews, isMarked: given.isMarked,
                    isReadmitted: given.isReadmitted) == given.verdict)
        }
    }
}
