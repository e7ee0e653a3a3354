package import Bank
import Texts
import Transport

/// A command on its way to the process that serves the directory, and what came of it.
///
///     POST /command
///     {"arguments":[…],"directory":"…","input":"…","language":"zh","user":"…"}
///     {"diagnostics":[…],"exit":0,"out":"…"}
package struct Errand: Sendable {
    package static let path = "/command"
    /// An extract of an outlet's opening day takes minutes.
    private static let patience = 3600.0

    package let arguments: [String]
    package let caller: Caller

    package struct Result: Sendable {
        package let out: String
        package let diagnostics: [String]
        package let exit: ExitStatus
    }

    package init(arguments: [String], caller: Caller) {
        self.arguments = arguments
        self.caller = caller
    }

    package var json: JSONValue {
        [
            "arguments": .array(arguments.map(JSONValue.string)),
            "directory": .string(caller.directory), "input": .string(caller.input),
            "language": .string(caller.language.rawValue), "user": .string(caller.user),
        ]
    }

    package init?(json: JSONValue) {
        guard let arguments = json["arguments"]?.array?.compactMap(\.string),
            let directory = json["directory"]?.string, let input = json["input"]?.string,
            let language = json["language"]?.string.flatMap(Language.init(rawValue:)),
            let user = json["user"]?.string
        else { return nil }
        self.init(
            arguments: arguments,
            caller: Caller(user: user, directory: directory, language: language, input: input))
    }

    /// Takes the errand to the socket; throws where nobody answers there.
    func run(at socket: String) throws(LineError) -> Result {
        let limits = LineLimits(
            connectTimeout: 1, timeout: Self.patience, bodyLimit: 256 * 1024 * 1024)
        let response = try Line(.socket(path: socket), limits: limits).send(
            LineRequest(.post, Self.path, body: json.canonicalBytes))
        // Whatever is wrong with the answer, there is none.
        guard let json = try? JSONValue(reading: response.body),
            let result = Result(json: json)
        else { throw .broken("the serving process gave no answer") }
        return result
    }
}

extension Errand.Result {
    package var json: JSONValue {
        [
            "diagnostics": .array(diagnostics.map(JSONValue.string)),
            "exit": .int(Int64(exit.rawValue)), "out": .string(out),
        ]
    }

    fileprivate init?(json: JSONValue) {
        guard let out = json["out"]?.string,
            let diagnostics = json["diagnostics"]?.array?.compactMap(\.string),
            let exit = json["exit"]?.int.flatMap({
                ExitStatus(rawValue: Int32(truncatingIfNeeded: $0))
            })
        else { return nil }
        self.init(out: out, diagnostics: diagnostics, exit: exit)
    }
}
