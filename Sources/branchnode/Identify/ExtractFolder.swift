import Foundation

/// Where extracts lie.
enum ExtractFolder {
    /// A directory with a manifest is an extract; any other holds extracts, one level down. Nil
    /// where it is no directory.
    static func extracts(in path: String) -> [String]? {
        let files = FileManager.default
        if files.fileExists(atPath: path + "/manifest.json") { return [path] }
        guard let names = try? files.contentsOfDirectory(atPath: path) else { return nil }
        var isDirectory = ObjCBool(false)
        let inside = names.sorted().map { path + "/" + $0 }.filter {
            files.fileExists(atPath: $0, isDirectory: &isDirectory) && isDirectory.boolValue
        }
        // A directory of files without a manifest is an extract that lacks it.
        return inside.isEmpty && !names.isEmpty ? [path] : inside
    }

    /// Those that are there whole, for a timer that nobody watches: a directory without a manifest is
    /// on its way, or something else.
    static func delivered(in path: String) -> [String]? {
        extracts(in: path)?.filter {
            FileManager.default.fileExists(atPath: $0 + "/manifest.json")
        }
    }
}
