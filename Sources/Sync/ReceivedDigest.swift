package import Bank
package import Sealing

/// What an outlet's node and head office hold in common of what comes down (`sync.md`, statement
/// 15), by kind, in the order in which differences are made good.
package enum ReceivedTable: String, Sendable, CaseIterable {
    case organisation
    /// By id: the outlet's own as well, with what became of them.
    case claim
    /// By customer: the last settlement record, with the decision where the outlet may have it.
    case directory
    /// By id.
    case disputeStep
    /// By id: other outlets' edits of customers whom the outlet serves.
    case profileEdit
    /// By customer: what the first-tier branch decided of them.
    case tierStanding

    /// Those that came after comparisons did: each side says that it knows them, and of two versions
    /// both compare what both know (`sync.md`, statement 14).
    package static let later: Set<ReceivedTable> = [.tierStanding]

    /// The digest of a row: its cells in a fixed order, numbers as texts.
    package static func digest(_ cells: [String?]) -> Digest {
        var wire = WireWriter()
        for cell in cells {
            wire.append(byte: cell == nil ? 0 : 1)
            if let cell { wire.append(text: cell) }
        }
        return Digest.sha256(wire.bytes)
    }
}

/// What all of that adds up to on one of the two sides.
package struct ReceivedDigest: Hashable, Sendable {
    private var tables: [ReceivedTable: TableDigest] = [:]

    package init() {}

    package mutating func add(_ table: ReceivedTable, _ key: String, _ row: Digest) {
        tables[table, default: TableDigest()].add(key, row)
    }

    /// Equal where both sides hold the same rows.
    package var root: String { root(with: ReceivedTable.later) }

    /// - Parameter later: the later tables that both sides know.
    package func root(with later: Set<ReceivedTable>) -> String {
        var stream = DigestStream()
        for table in ReceivedTable.allCases
        where later.contains(table) || !ReceivedTable.later.contains(table) {
            stream.update(Array(table.rawValue.utf8))
            stream.update(tables[table, default: TableDigest()].digest.bytes)
        }
        return stream.finish().hex
    }

    package var sums: JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: tables.map {
                    ($0.rawValue, .array($1.sumList.map(JSONValue.string)))
                }))
    }

    /// The buckets in which two sides differ, in the order in which they are made good.
    ///
    /// - Parameter later: the later tables that the other side knows.
    package func differing(
        _ sums: JSONValue, with later: Set<ReceivedTable> = ReceivedTable.later
    ) -> [ReceivedBucket] {
        ReceivedTable.allCases.flatMap { table -> [ReceivedBucket] in
            guard later.contains(table) || !ReceivedTable.later.contains(table) else { return [] }
            let theirs =
                sums[table.rawValue]?.array?.compactMap(\.string) ?? TableDigest().sumList
            return Comparison.differing(tables[table], theirs).map {
                ReceivedBucket(table: table, number: $0)
            }
        }
    }
}

package struct ReceivedBucket: Hashable, Sendable {
    package let table: ReceivedTable
    package let number: Int
}

/// A row of what comes down, by its table and key.
package struct ReceivedKey: Hashable, Sendable {
    package let table: ReceivedTable
    package let key: String

    package init(table: ReceivedTable, key: String) {
        self.table = table
        self.key = key
    }
}

extension Set<ReceivedTable> {
    /// The later tables that a message names; one of before them names none.
    package init(named json: JSONValue?) {
        self = ReceivedTable.later.intersection(
            (json?.array ?? []).compactMap(\.string).compactMap(ReceivedTable.init(rawValue:)))
    }

    package var named: JSONValue { .array(map(\.rawValue).sorted().map(JSONValue.string)) }
}

extension Delta {
    /// The keys of its rows but for the organisation's.
    package var receivedKeys: Set<ReceivedKey> {
        var keys = Set(claims.map { ReceivedKey(table: .claim, key: $0.claim.id.rawValue) })
        keys.formUnion(
            settled.map { ReceivedKey(table: .directory, key: $0.record.customer.rawValue) })
        keys.formUnion(steps.map { ReceivedKey(table: .disputeStep, key: $0.id.rawValue) })
        // Claims and steps of a later version are among them.
        for record in records {
            guard let table = ReceivedTable(rawValue: record.table),
                let key = record.row["id"]?.string
            else { continue }
            keys.insert(ReceivedKey(table: table, key: key))
        }
        return keys
    }
}

/// How far a node has come with what comes down. Where head office has something newer, nothing is
/// compared: a row in a later state would be taken for a damaged one.
package struct ReceivedPosition: Hashable, Sendable {
    /// Head office's sequence through which the node has everything.
    package let after: Int64
    package let organisationVersion: Int64

    package init(after: Int64, organisationVersion: Int64) {
        self.after = after
        self.organisationVersion = organisationVersion
    }

    fileprivate init?(json: JSONValue) {
        guard let after = json["after"]?.int, let version = json["organisationVersion"]?.int
        else { return nil }
        self.init(after: after, organisationVersion: version)
    }
}

/// What a node asks to compare what came down: steps of `POST /v1/digest`. A node of a version before
/// says its position in the first one alone.
package enum ReceivedQuestion: Sendable {
    case root(
        String, at: ReceivedPosition, with: Set<ReceivedTable> = ReceivedTable.later)
    case buckets([ReceivedBucket], at: ReceivedPosition?)
    /// These rows, whole.
    case rows([ReceivedKey], at: ReceivedPosition?)

    /// Keys in one question: it bounds both messages.
    package static let mostKeys = 400

    package var position: ReceivedPosition? {
        switch self {
        case .root(_, let position, _): position
        case .buckets(_, let position), .rows(_, let position): position
        }
    }

    package var json: JSONValue {
        var fields: [String: JSONValue] = ["protocol": .int(Message.version)]
        if let position {
            fields["after"] = .int(position.after)
            fields["organisationVersion"] = .int(position.organisationVersion)
        }
        switch self {
        case .root(let root, _, let later):
            fields["received"] = .string(root)
            if !later.isEmpty { fields["with"] = later.named }
        case .buckets(let buckets, _):
            fields["receivedBuckets"] = .object(
                Dictionary(grouping: buckets, by: \.table.rawValue).mapValues {
                    .array($0.map { JSONValue($0.number) })
                })
        case .rows(let keys, _):
            fields["receivedRows"] = .object(
                Dictionary(grouping: keys, by: \.table.rawValue).mapValues {
                    .array($0.map { .string($0.key) })
                })
        }
        return .object(fields)
    }

    /// Nil where it is another question. Throws where it is this one and malformed.
    package init?(json: JSONValue) throws(ExchangeError) {
        let position = ReceivedPosition(json: json)
        if let root = json["received"] {
            guard let root = root.string, let position else { throw .malformed }
            self = .root(root, at: position, with: Set(named: json["with"]))
        } else if let buckets = json["receivedBuckets"] {
            let list = try Self.list(buckets) { table, item in
                item.int.flatMap {
                    (0..<Int64(TableDigest.buckets)).contains($0)
                        ? ReceivedBucket(table: table, number: Int($0)) : nil
                }
            }
            guard list.count <= Comparison.mostBuckets else { throw .tooLarge }
            self = .buckets(list, at: position)
        } else if let rows = json["receivedRows"] {
            let list = try Self.list(rows) { table, item in
                item.string.map { ReceivedKey(table: table, key: $0) }
            }
            guard list.count <= Self.mostKeys else { throw .tooLarge }
            var known: Set<ReceivedKey> = []
            self = .rows(list.filter { known.insert($0).inserted }, at: position)
        } else {
            return nil
        }
    }

    private static func list<Item>(
        _ json: JSONValue, _ read: (ReceivedTable, JSONValue) -> Item?
    ) throws(ExchangeError) -> [Item] {
        guard let tables = json.object else { throw .malformed }
        var items: [Item] = []
        for (name, list) in tables {
            guard let table = ReceivedTable(rawValue: name), let list = list.array else {
                throw .malformed
            }
            for entry in list {
                guard let item = read(table, entry) else { throw .malformed }
                items.append(item)
            }
        }
        return items
    }
}

extension Organisation {
    /// Its rows as they are compared, whatever order it holds them in.
    package var digestRows: [(key: String, digest: Digest)] {
        var rows: [(key: String, digest: Digest)] = []
        func add(_ key: String, _ cells: [String?]) {
            rows.append((key: key, digest: ReceivedTable.digest(cells)))
        }
        for unit in units {
            add(
                "unit/\(unit.code)",
                [
                    unit.code.rawValue, unit.name, unit.level.rawValue, unit.parent?.rawValue,
                    unit.active ? "1" : "0",
                ])
        }
        for member in staff {
            let roles = Set(member.roles.map(\.rawValue)).sorted().map { Optional($0) }
            add(
                "staff/\(member.id)",
                [
                    member.id.rawValue, member.name, member.unit.rawValue, member.mobile,
                    member.active ? "1" : "0",
                ] + roles)
        }
        for setting in parameters { add(setting.digestKey, [setting.digestKey, setting.value]) }
        for holiday in holidays {
            add("holiday/\(holiday.date)", [holiday.date.description, holiday.kind.rawValue])
        }
        return rows
    }

    /// The rows of some keys.
    package func part(_ keys: Set<String>) -> Organisation {
        Organisation(
            units: units.filter { keys.contains("unit/\($0.code)") },
            staff: staff.filter { keys.contains("staff/\($0.id)") },
            parameters: parameters.filter { keys.contains($0.digestKey) },
            holidays: holidays.filter { keys.contains("holiday/\($0.date)") })
    }

    /// Without the rows of some keys, and with those of a part.
    package func replacing(_ keys: Set<String>, with part: Organisation) -> Organisation {
        Organisation(
            units: units.filter { !keys.contains("unit/\($0.code)") } + part.units,
            staff: staff.filter { !keys.contains("staff/\($0.id)") } + part.staff,
            parameters: parameters.filter { !keys.contains($0.digestKey) } + part.parameters,
            holidays: holidays.filter { !keys.contains("holiday/\($0.date)") } + part.holidays)
    }
}

extension ParameterSetting {
    fileprivate var digestKey: String { "parameter/\(name)/\(scope.rawValue)/\(effectiveFrom)" }
}
