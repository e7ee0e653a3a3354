import Bank
import Testing

struct JSONValueTests {
    @Test func `the canonical form has keys in byte order and no white space`() throws {
        let text = #" { "b" : [ 1 , -2 , null ] , "a" : { "é" : true, "z": false } , "B":"x" } "#

        let value = try JSONValue(reading: Array(text.utf8))

        #expect(value.description == #"{"B":"x","a":{"z":false,"é":true},"b":[1,-2,null]}"#)
        #expect(try JSONValue(reading: value.canonicalBytes) == value)
    }

    @Test func `keys beyond the basic plane are ordered by bytes, not by UTF-16`() {
        let value: JSONValue = ["\u{FF5E}": 1, "\u{10000}": 2]

        #expect(value.description == "{\"\u{FF5E}\":1,\"\u{10000}\":2}")
    }

    @Test(arguments: [
        ("\"\\u0041\\n\\t\\r\\b\\f\\/\\\\\\\"\"", "A\n\t\r\u{8}\u{c}/\\\""),
        ("\"\\ud83d\\ude00\"", "😀"), ("\"\\u4E2d\"", "中"), ("\"\u{7f}\"", "\u{7f}"), ("\"\"", ""),
    ])
    func `escapes are read`(text: String, expected: String) throws {
        #expect(try JSONValue(reading: Array(text.utf8)) == .string(expected))
    }

    @Test func `only what must be escaped is`() {
        let value = JSONValue.string("中\u{1}\u{1f}\u{7f}/\"\\\n\r\t😀")

        #expect(value.description == "\"中\\u0001\\u001f\u{7f}/\\\"\\\\\\n\\r\\t😀\"")
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("-1", -1), ("9223372036854775807", Int64.max),
        ("-9223372036854775808", Int64.min),
    ])
    func `integers are read whole`(text: String, number: Int64) throws {
        #expect(try JSONValue(reading: Array(text.utf8)) == .int(number))
    }

    @Test(
        arguments: [
            ("", .malformed, 0), ("{", .malformed, 1), ("[1,]", .malformed, 3),
            ("[1", .malformed, 2),
            ("{\"a\":1,}", .malformed, 7), ("{a:1}", .malformed, 1), ("{\"a\" 1}", .malformed, 5),
            ("01", .malformed, 0), ("-", .malformed, 0), ("+1", .malformed, 0),
            ("--1", .malformed, 0),
            ("1-2", .malformed, 0), ("9223372036854775808", .malformed, 0), ("1 2", .malformed, 2),
            ("nul", .malformed, 0), ("True", .malformed, 0), ("NaN", .malformed, 0),
            ("'a'", .malformed, 0),
            ("1.0", .notAnInteger, 0), ("[1e3]", .notAnInteger, 1), ("0.5", .notAnInteger, 0),
            ("{\"a\":1,\"a\":2}", .duplicateKey, 7), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey, 7),
            ("\"\\ud800\"", .notUTF8, 7), ("\"\\udc00\"", .notUTF8, 7),
            ("\"\\ud800\\u0041\"", .notUTF8, 13), ("\"\\ud800\\n\"", .notUTF8, 8),
            ("\"\\u00g0\"", .malformed, 3), ("\"\\u+123\"", .malformed, 3),
            ("\"\\u-000\"", .malformed, 3),
            ("\"\\u12", .malformed, 3), ("\"\\x\"", .malformed, 3), ("\"a", .malformed, 2),
            ("\"a\nb\"", .malformed, 3),
        ] as [(String, JSONFault.Kind, Int)])
    func `what two readers could take differently is refused where it stands`(
        text: String, kind: JSONFault.Kind, offset: Int
    ) {
        let fault = #expect(throws: JSONFault.self) {
            try JSONValue(reading: Array(text.utf8))
        }
        #expect(fault?.kind == kind)
        #expect(fault?.offset == offset)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xE4, 0xB8, 0x22], [0xFF],
        ] as [[UInt8]])
    func `invalid UTF-8 is refused`(bytes: [UInt8]) {
        #expect(throws: JSONFault.self) { try JSONValue(reading: bytes) }
    }

    @Test func `nesting of 64 is read and of 65 is not`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }

        #expect(try JSONValue(reading: nested(64)).canonicalBytes == nested(64))
        for bytes in [nested(65), Array(repeating: UInt8(ascii: "["), count: 1_000_000)] {
            let fault = #expect(throws: JSONFault.self) { try JSONValue(reading: bytes) }
            #expect(fault?.kind == .tooDeep)
            #expect(fault?.offset == 64)
        }
    }
}
