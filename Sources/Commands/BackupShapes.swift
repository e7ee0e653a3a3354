import Bank
package import Vault

// What both programs say of backups, of a check of their data, and of what they hold.

extension BackupFile {
    private var json: JSONValue {
        [
            "created": .string(instant(header.createdAt)), "file": .string(path),
            "owner": .string(header.owner), "sha256": .string(digest), "size": .int(size),
        ]
    }

    /// - Parameter key: the sentence, of `file`, `size`, `digest` and `created`.
    package func answer(_ caller: Caller, _ key: String) -> Answer {
        Answer(
            json: json,
            lines: [
                caller.say(
                    key,
                    [
                        "created": instant(header.createdAt), "digest": digest, "file": path,
                        "size": String(size),
                    ])
            ])
    }
}

extension Verification {
    /// More unverified decisions than this are not said line by line; the JSON has all of them.
    private static let mostNamed = 20

    package func answer(_ caller: Caller) -> Answer {
        Answer(
            json: [
                "checks": .array(
                    checks.map {
                        [
                            "check": .string($0.name), "examined": JSONValue($0.examined),
                            "faults": .array($0.faults.map(JSONValue.string)),
                        ]
                    }),
                "unverified_decisions": .array(unverified.map(JSONValue.int)),
                "whole": .bool(isWhole),
            ],
            lines: checks.map {
                caller.say(
                    $0.faults.isEmpty ? "verify.whole" : "verify.damaged",
                    ["check": $0.name, "examined": String($0.examined)])
            }
                + unverified.prefix(Self.mostNamed).map {
                    caller.say("verify.unverified", ["record": String($0)])
                }, exit: isWhole ? .done : .damaged,
            diagnostics: checks.flatMap { check in
                check.faults.map {
                    caller.say("verify.fault", ["check": check.name, "fault": $0])
                }
            })
    }
}

extension Answer {
    /// The lines of a canonical export: as they are, or as one document. A line that is no JSON is
    /// damage, and nothing is printed that lacks it.
    package init(canonical lines: [String]) throws(StoreError) {
        let rows = lines.compactMap { try? JSONValue(reading: Array($0.utf8)) }
        guard rows.count == lines.count else { throw .damaged("export") }
        self.init(json: ["rows": .array(rows)], lines: lines)
    }
}

extension Caller {
    /// Tells whoever watches how much of a backup has passed.
    package func progressOfBackup(_ key: String) -> @Sendable (Int64) -> Void {
        { bytes in
            // A line for each piece of 64 KiB would be more telling than working.
            guard bytes % (16 << 20) < 64 << 10 else { return }
            progress(say(key, ["size": String(bytes >> 20)]))
        }
    }
}
