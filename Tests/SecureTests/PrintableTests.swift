import Commands
import Testing

struct PrintableTests {
    @Test func `what came from others steers no terminal and breaks no line`() {
        let said = Caller.current().say(
            "apart.other", ["code": "a\u{1B}[2J\r\nb\u{9B}1m\u{202E}"])

        #expect(said.contains(#"a\u001b[2J\u000d\u000ab\u009b1m\u202e"#))
        #expect(!said.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test func `what people write stays as it is`() {
        #expect("王芳 – ¥1,000".printable == "王芳 – ¥1,000")
    }
}
