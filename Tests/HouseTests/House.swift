import Foundation

/// The checkout as the tests of the house read it: files by their paths from the root.
enum House {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every file below a folder with one of the endings, in order.
    static func files(_ folder: String, _ endings: String...) -> [SourceFile] {
        let base = root.appending(path: folder)
        let found = FileManager.default.enumerator(atPath: base.path(percentEncoded: false))
        return (found?.compactMap { $0 as? String } ?? []).sorted()
            .filter { name in endings.contains { name.hasSuffix($0) } }
            .map { SourceFile(path: "\(folder)/\($0)") }
    }
}

/// One file's text, with its path from the root.
struct SourceFile: CustomStringConvertible {
    let path: String

    var text: String {
        (try? String(contentsOf: House.root.appending(path: path), encoding: .utf8)) ?? ""
    }

    var lines: [String] { text.components(separatedBy: "\n") }

    /// Lines that are neither comments nor blank, with comments at their ends cut off.
    var code: [String] {
        lines.filter { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//") }
    }

    var description: String { path }

    func matches(_ pattern: String) -> [String] {
        text.matches(of: (try? Regex(pattern)) ?? Regex(/\0never/)).compactMap {
            $0.output.count > 1 ? $0.output[1].substring.map(String.init) : String(text[$0.range])
        }
    }
}
