import Bank

/// What a backup says of itself in clear, so that it is refused before anything of it is opened.
package struct BackupHeader: Hashable, Sendable {
    static let format: Int64 = 1

    package enum Kind: String, Sendable {
        case node
        case headOffice = "head-office"
    }

    package let kind: Kind
    /// Which one it is of: outlet and name of a node, nothing further for head office, whose keys
    /// tell it apart.
    package let owner: String
    /// Milliseconds since 1970-01-01 UTC.
    package let createdAt: Int64
    /// Tells the sealing keys apart without showing them.
    package let keyName: String
    /// The databases in their order, each with the migrations that it has been through.
    package let files: [File]

    package struct File: Hashable, Sendable {
        package let name: String
        package let migrations: [String]

        package init(name: String, migrations: [String]) {
            self.name = name
            self.migrations = migrations
        }
    }

    var json: JSONValue {
        [
            "createdAt": .int(createdAt),
            "files": .array(
                files.map {
                    [
                        "migrations": .array($0.migrations.map(JSONValue.string)),
                        "name": .string($0.name),
                    ]
                }),
            "format": .int(Self.format), "key": .string(keyName), "kind": .string(kind.rawValue),
            "owner": .string(owner),
        ]
    }

    init(kind: Kind, owner: String, createdAt: Int64, keyName: String, files: [File]) {
        self.kind = kind
        self.owner = owner
        self.createdAt = createdAt
        self.keyName = keyName
        self.files = files
    }

    /// Nil where it is none of this format.
    init?(json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
            let owner = json["owner"]?.string, let createdAt = json["createdAt"]?.int,
            let keyName = json["key"]?.string, let list = json["files"]?.array
        else { return nil }
        let files = list.compactMap { file -> File? in
            guard let name = file["name"]?.string,
                let migrations = file["migrations"]?.array?.compactMap(\.string),
                // A name becomes one in the data directory.
                !name.isEmpty, !name.contains("/"), name != ".", name != ".."
            else { return nil }
            return File(name: name, migrations: migrations)
        }
        guard files.count == list.count, !files.isEmpty,
            Set(files.map(\.name)).count == files.count
        else { return nil }
        self.init(kind: kind, owner: owner, createdAt: createdAt, keyName: keyName, files: files)
    }
}
