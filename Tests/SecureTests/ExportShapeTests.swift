import Bank
import Commands
import Testing

struct ExportShapeTests {
    @Test func `an export as one document has every line`() throws {
        let answer = try Answer(canonical: [#"{"a":1}"#, #"{"b":2}"#])

        #expect(answer.json == ["rows": [["a": 1], ["b": 2]]])
        #expect(answer.lines.count == 2)
    }

    @Test func `a line that cannot be read is damage with its sentence, not a gap`() throws {
        do {
            _ = try Answer(canonical: [#"{"a":1}"#, #"{"b":"#])
            Issue.record("the line was passed over")
        } catch {
            let failure = Failure(error, .current())
            #expect(failure.exit == .damaged)
            #expect(failure.message.contains("export"))
        }
    }
}
