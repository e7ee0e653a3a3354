package import Bank

/// A node says where it stands: `POST /v1/hello`, the first message of every conversation.
package struct Hello: Sendable {
    package struct LanePosition: Sendable {
        package let checkpoint: Checkpoint
        package let receipt: String
        /// Chain hash of the batch that waits to be sent; nil where none is formed.
        package let waiting: String?

        package init(checkpoint: Checkpoint, receipt: String, waiting: String?) {
            self.checkpoint = checkpoint
            self.receipt = receipt
            self.waiting = waiting
        }
    }

    package let nodeName: String
    package let lanes: [Lane: LanePosition]
    /// The node's clock, milliseconds since 1970-01-01 UTC.
    package let now: Int64
    /// Rows that the node has yet to send.
    package let pending: Int64
    /// Head office's sequence through which the node has everything in its scope.
    package let after: Int64
    package let organisationVersion: Int64
    /// Whether `restore` has marked the node's directory.
    package let isMarkedRestored: Bool
    /// Number of the newest settlement record that the node holds.
    package let lastRecord: Int64
    /// The last recovery of head office's that got everything from this node; empty where none did,
    /// nil where the node is of before there were attestations.
    package let recovery: String?
    /// The transactions, by their ends, that head office set apart and that were given up since; as
    /// long as head office does not answer that it has heard of them. Not sent where there is none.
    package var discarded: [Int64] = []

    /// More are told with the next hello.
    package static let mostDiscarded = 500

    package init(
        nodeName: String, lanes: [Lane: LanePosition], now: Int64, pending: Int64, after: Int64,
        organisationVersion: Int64, isMarkedRestored: Bool, lastRecord: Int64, recovery: String?
    ) {
        self.recovery = recovery
        self.nodeName = nodeName
        self.lanes = lanes
        self.now = now
        self.pending = pending
        self.after = after
        self.organisationVersion = organisationVersion
        self.isMarkedRestored = isMarkedRestored
        self.lastRecord = lastRecord
    }

    package var json: JSONValue {
        var json: [String: JSONValue] = [
            "after": .int(after),
            "lanes": .object(
                Dictionary(
                    uniqueKeysWithValues: lanes.map { lane, position in
                        (
                            lane.rawValue,
                            [
                                "checkpoint": position.checkpoint.json,
                                "receipt": .string(position.receipt),
                                "waiting": JSONValue(position.waiting),
                            ] as JSONValue
                        )
                    })),
            "lastRecord": .int(lastRecord), "node": .string(nodeName), "now": .int(now),
            "organisationVersion": .int(organisationVersion), "pending": .int(pending),
            "protocol": .int(Message.version), "recovery": JSONValue(recovery),
            "restored": .bool(isMarkedRestored),
        ]
        if !discarded.isEmpty { json["discarded"] = .array(discarded.map(JSONValue.int)) }
        return .object(json)
    }

    package init?(json: JSONValue) {
        guard let nodeName = json["node"]?.string, let now = json["now"]?.int,
            let pending = json["pending"]?.int, let after = json["after"]?.int,
            let version = json["organisationVersion"]?.int,
            let isMarkedRestored = json["restored"]?.bool,
            let lastRecord = json["lastRecord"]?.int, pending >= 0,
            let discarded = Self.discarded(in: json)
        else { return nil }
        var lanes: [Lane: LanePosition] = [:]
        for lane in Lane.allCases {
            guard let position = json["lanes"]?[lane.rawValue],
                let checkpoint = position["checkpoint"].flatMap(Checkpoint.init(json:)),
                let receipt = position["receipt"]?.string
            else { return nil }
            lanes[lane] = LanePosition(
                checkpoint: checkpoint, receipt: receipt, waiting: position["waiting"]?.string)
        }
        self.init(
            nodeName: nodeName, lanes: lanes, now: now, pending: pending, after: after,
            organisationVersion: version, isMarkedRestored: isMarkedRestored,
            lastRecord: lastRecord, recovery: json["recovery"]?.string)
        self.discarded = discarded
    }

    /// Sequences of a node's; none where nothing is said. The same in the answer.
    fileprivate static func discarded(in json: JSONValue) -> [Int64]? {
        guard let list = json["discarded"] else { return [] }
        let ends = (list.array ?? [.null]).map { $0.int ?? -1 }
        guard ends.count <= mostDiscarded, ends.allSatisfy({ (0...(1 << 52)).contains($0) }) else {
            return nil
        }
        return ends
    }
}

/// How far head office is on one lane, in its own words.
package struct Acknowledgement: Hashable, Sendable {
    package let checkpoint: Checkpoint
    /// Head office's keyed hash of the checkpoint: shown again at the next hello, it proves that
    /// head office said so, whatever either side has forgotten since.
    package let receipt: String
    /// Parts of the next batch that head office holds already, from the first on.
    package let staged: Int

    package init(checkpoint: Checkpoint, receipt: String, staged: Int) {
        self.checkpoint = checkpoint
        self.receipt = receipt
        self.staged = staged
    }

    package var json: JSONValue {
        [
            "checkpoint": checkpoint.json, "receipt": .string(receipt),
            "staged": .int(Int64(staged)),
        ]
    }

    package init?(json: JSONValue) {
        guard let checkpoint = json["checkpoint"].flatMap(Checkpoint.init(json:)),
            let receipt = json["receipt"]?.string, let staged = json["staged"]?.int,
            (0...Part.largestBatch).contains(staged)
        else { return nil }
        self.init(checkpoint: checkpoint, receipt: receipt, staged: Int(staged))
    }
}

/// Where head office stands with the node.
package struct HelloReply: Sendable {
    package let verdict: Verdict
    package let lanes: [Lane: Acknowledgement]
    /// Head office's clock, milliseconds since 1970-01-01 UTC.
    package let now: Int64
    /// Head office's newest sequence: where the node has it, there is nothing to pull.
    package let newest: Int64
    package let organisationVersion: Int64
    /// Number of the newest settlement record that head office holds.
    package let lastRecord: Int64
    /// With a new epoch, the highest sequence of the outlet's that head office has: what the node
    /// has not sent is numbered anew after it.
    package let highest: Int64
    /// The name of head office's last recovery, also where it is over; nil where it never came out
    /// of a backup. Each node offers it once what others wrote.
    package let recovery: String?
    /// What was set apart of a batch whose acknowledgement the node never got.
    package let setApart: [PushReply.SetApart]
    /// Whether the node is to take a snapshot instead of deltas: it is blank, or past the horizon.
    /// Nil from a head office that knows neither snapshots nor comparisons of what goes down.
    package let wantsSnapshot: Bool?
    /// The transactions of which head office has heard that they were given up. Not sent where there
    /// is none, and never by a version before.
    package var discarded: [Int64] = []

    package init(
        verdict: Verdict, lanes: [Lane: Acknowledgement], now: Int64, newest: Int64,
        organisationVersion: Int64, lastRecord: Int64, highest: Int64 = 0, recovery: String? = nil,
        setApart: [PushReply.SetApart] = [], wantsSnapshot: Bool? = nil
    ) {
        self.setApart = setApart
        self.recovery = recovery
        self.wantsSnapshot = wantsSnapshot
        self.highest = highest
        self.verdict = verdict
        self.lanes = lanes
        self.now = now
        self.newest = newest
        self.organisationVersion = organisationVersion
        self.lastRecord = lastRecord
    }

    package var json: JSONValue {
        var fields: [String: JSONValue] = [
            "highest": .int(highest),
            "lanes": .object(
                Dictionary(uniqueKeysWithValues: lanes.map { ($0.key.rawValue, $0.value.json) })),
            "lastRecord": .int(lastRecord), "newest": .int(newest), "now": .int(now),
            "organisationVersion": .int(organisationVersion), "protocol": .int(Message.version),
            "recovery": JSONValue(recovery), "setApart": .array(setApart.map(\.json)),
            "verdict": .string(verdict.rawValue),
        ]
        fields["snapshot"] = wantsSnapshot.map(JSONValue.bool)
        if !discarded.isEmpty { fields["discarded"] = .array(discarded.map(JSONValue.int)) }
        return .object(fields)
    }

    package init?(json: JSONValue) {
        guard let verdict = json["verdict"]?.string.flatMap(Verdict.init(rawValue:)),
            let now = json["now"]?.int, let newest = json["newest"]?.int,
            let version = json["organisationVersion"]?.int,
            let lastRecord = json["lastRecord"]?.int, let highest = json["highest"]?.int,
            (0...(1 << 52)).contains(highest), let discarded = Hello.discarded(in: json)
        else { return nil }
        var lanes: [Lane: Acknowledgement] = [:]
        for lane in Lane.allCases {
            guard let json = json["lanes"]?[lane.rawValue],
                let acknowledgement = Acknowledgement(json: json)
            else { return nil }
            lanes[lane] = acknowledgement
        }
        self.init(
            verdict: verdict, lanes: lanes, now: now, newest: newest,
            organisationVersion: version, lastRecord: lastRecord, highest: highest,
            recovery: json["recovery"]?.string,
            // A head office of the version before says nothing of it.
            setApart: (json["setApart"]?.array ?? []).compactMap(PushReply.SetApart.init(json:)),
            wantsSnapshot: json["snapshot"]?.bool)
        self.discarded = discarded
    }
}

/// What head office has of a push.
package struct PushReply: Sendable {
    /// One transaction of the batch that head office could not apply and set apart.
    package struct SetApart: Hashable, Sendable {
        /// The node's sequence that ends the transaction.
        package let transactionEnd: Int64
        package let code: String
        package let record: String
        package let key: String
        /// The column whose value is not admitted; nil where that is not the reason.
        package let column: String?

        package init(
            transactionEnd: Int64, code: String, record: String, key: String,
            column: String? = nil
        ) {
            self.transactionEnd = transactionEnd
            self.code = code
            self.record = record
            self.key = key
            self.column = column
        }

        package var json: JSONValue {
            var json: [String: JSONValue] = [
                "code": .string(code), "key": .string(key), "record": .string(record),
                "transaction": .int(transactionEnd),
            ]
            if let column { json["column"] = .string(column) }
            return .object(json)
        }

        package init?(json: JSONValue) {
            guard let end = json["transaction"]?.int, let code = json["code"]?.string,
                let record = json["record"]?.string, let key = json["key"]?.string
            else { return nil }
            // Only for people to read.
            let column = json["column"]?.string.flatMap { $0.utf8.count <= 80 ? $0 : nil }
            self.init(
                transactionEnd: end, code: code, record: record, key: key, column: column)
        }
    }

    package let acknowledgement: Acknowledgement
    package let setApart: [SetApart]

    package init(acknowledgement: Acknowledgement, setApart: [SetApart] = []) {
        self.acknowledgement = acknowledgement
        self.setApart = setApart
    }

    package var json: JSONValue {
        [
            "acknowledgement": acknowledgement.json,
            "setApart": .array(setApart.map(\.json)),
        ]
    }

    package init?(json: JSONValue) {
        guard
            let acknowledgement = json["acknowledgement"].flatMap(Acknowledgement.init(json:)),
            let list = json["setApart"]?.array
        else { return nil }
        let setApart = list.compactMap(SetApart.init(json:))
        guard setApart.count == list.count else { return nil }
        self.init(acknowledgement: acknowledgement, setApart: setApart)
    }
}

/// A node asks for what is new to it: `POST /v1/pull`.
package struct PullRequest: Sendable {
    package let after: Int64
    package let organisationVersion: Int64

    package init(after: Int64, organisationVersion: Int64) {
        self.after = after
        self.organisationVersion = organisationVersion
    }

    package var json: JSONValue {
        [
            "after": .int(after), "organisationVersion": .int(organisationVersion),
            "protocol": .int(Message.version),
        ]
    }

    package init?(json: JSONValue) {
        guard let after = json["after"]?.int, let version = json["organisationVersion"]?.int else {
            return nil
        }
        self.init(after: after, organisationVersion: version)
    }
}

/// A node asks for its own records, which it lost: `POST /v1/recovery`, page by page.
package struct RecoveryRequest: Sendable {
    /// The page before's `next`; empty for the first.
    package let cursor: String

    package init(cursor: String) {
        self.cursor = cursor
    }

    package var json: JSONValue {
        ["cursor": .string(cursor), "protocol": .int(Message.version)]
    }

    package init?(json: JSONValue) {
        guard let cursor = json["cursor"]?.string else { return nil }
        self.init(cursor: cursor)
    }
}

/// Some of an outlet's own records as head office keeps them.
package struct RecoveryPage: Sendable {
    /// More rows than this are on the next page.
    package static let mostRows = 500

    package let rows: TableRows?
    /// Where the next page begins; nil after the last.
    package let next: String?

    package init(rows: TableRows?, next: String?) {
        self.rows = rows
        self.next = next
    }

    package var json: JSONValue {
        [
            "next": JSONValue(next), "protocol": .int(Message.version),
            "rows": rows?.json ?? .null,
        ]
    }

    package init?(json: JSONValue) {
        guard let rows = json["rows"] else { return nil }
        let table = TableRows(json: rows)
        guard rows.isNull || table != nil else { return nil }
        self.init(rows: table, next: json["next"]?.string)
    }
}
