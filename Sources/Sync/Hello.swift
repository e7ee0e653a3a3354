package import Bank

/// A node says where it stands: `POST /v1/hello`, the first message of every conversation.
package struct Hello: Sendable {
    package let checkpoint: Checkpoint
    /// The node's clock, milliseconds since 1970-01-01 UTC.
    package let now: Int64
    /// Rows that the node has yet to send.
    package let pending: Int64

    package init(checkpoint: Checkpoint, now: Int64, pending: Int64) {
        self.checkpoint = checkpoint
        self.now = now
        self.pending = pending
    }

    package var json: JSONValue {
        [
            "checkpoint": checkpoint.json, "now": .int(now), "pending": .int(pending),
            "protocol": .int(Message.version),
        ]
    }

    package init?(json: JSONValue) {
        guard let checkpoint = json["checkpoint"].flatMap(Checkpoint.init(json:)),
            let now = json["now"]?.int, let pending = json["pending"]?.int
        else { return nil }
        self.init(checkpoint: checkpoint, now: now, pending: pending)
    }
}

/// Where head office stands with the node.
package struct HelloReply: Sendable {
    package let checkpoint: Checkpoint
    /// Head office's clock, milliseconds since 1970-01-01 UTC.
    package let now: Int64

    package init(checkpoint: Checkpoint, now: Int64) {
        self.checkpoint = checkpoint
        self.now = now
    }

    package var json: JSONValue {
        [
            "checkpoint": checkpoint.json, "now": .int(now), "protocol": .int(Message.version),
        ]
    }

    package init?(json: JSONValue) {
        guard let checkpoint = json["checkpoint"].flatMap(Checkpoint.init(json:)),
            let now = json["now"]?.int
        else { return nil }
        self.init(checkpoint: checkpoint, now: now)
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
