import Glibc
package import Texts

/// Who runs a command, where and in which language; the same for a command that a serving process
/// carries out for another.
package struct Caller: Sendable {
    /// The operating system's user.
    package let user: String
    /// What relative paths are relative to.
    package let directory: String
    package let language: Language
    /// What came in on standard input, where the command reads it.
    package let input: String
    /// Told of long work, where somebody watches.
    package let progress: @Sendable (String) -> Void

    package init(
        user: String, directory: String, language: Language, input: String = "",
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.user = user
        self.directory = directory
        self.language = language
        self.input = input
        self.progress = progress
    }

    /// The process's own.
    package static func current(input: String = "") -> Caller {
        var name = "uid\(getuid())"
        if let entry = getpwuid(getuid()) { name = String(cString: entry.pointee.pw_name) }
        let path = getcwd(nil, 0)
        let directory = path.map { String(cString: $0) } ?? "/"
        free(path)
        let isWatched = isatty(STDERR_FILENO) == 1
        return Caller(
            user: name, directory: directory, language: .ofEnvironment, input: input,
            progress: { if isWatched { writeError("\r\u{1B}[K\($0)", newline: false) } })
    }

    /// Whom the audit names where no member of staff is given.
    package var actor: String { "os:\(user)" }

    package func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : directory + "/" + path
    }

    /// A sentence with its values, on one line whatever is in them: much of what a program says
    /// came from another one.
    package func say(_ key: String, _ values: [String: String] = [:]) -> String {
        Words.say(key, in: language, values.mapValues(\.printable))
    }
}

extension Language {
    /// `BRANCHNODE_LANG`, or the locale: Chinese for `zh…`, English for anything else.
    package static var ofEnvironment: Language {
        let names = ["BRANCHNODE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        let set = names.lazy.compactMap(environment).first { !$0.isEmpty }
        return set?.lowercased().hasPrefix("zh") == true ? .chinese : .english
    }
}

package func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

package func writeError(_ text: String, newline: Bool = true) {
    write(STDERR_FILENO, newline ? text + "\n" : text)
}

package func writeOut(_ text: String) {
    write(STDOUT_FILENO, text + "\n")
}

/// All of the text; a closed pipe ends it, as it ends any filter.
private func write(_ descriptor: Int32, _ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
