package import Bank
package import Sealing

/// What ties a batch to its node, its lane and all batches before it. The batch's own bytes follow
/// in parts.
///
/// A batch is the newest state of the rows that whole transactions of an outlet changed since the
/// last one. Once formed it is kept byte for byte until head office has acknowledged it, so that
/// sending it again can change nothing.
package struct BatchHead: Hashable, Sendable {
    package let outlet: UnitCode
    package let nodeName: String
    package let epoch: Int64
    package let lane: Lane
    /// 1, 2, 3 … within the lane and epoch.
    package let number: Int64
    /// The changes it carries: after the first number, through the second.
    package let after: Int64
    package let through: Int64
    /// Chain hash through the batch before; empty for the first.
    package let previous: String
    /// Bytes of its frame.
    package let size: Int64
    /// SHA-256 of its frame.
    package let content: Digest

    package init(
        outlet: UnitCode, nodeName: String, epoch: Int64, lane: Lane, number: Int64, after: Int64,
        through: Int64, previous: String, size: Int64, content: Digest
    ) {
        self.outlet = outlet
        self.nodeName = nodeName
        self.epoch = epoch
        self.lane = lane
        self.number = number
        self.after = after
        self.through = through
        self.previous = previous
        self.size = size
        self.content = content
    }

    package var json: JSONValue {
        [
            "after": .int(after), "content": .string(content.hex), "epoch": .int(epoch),
            "lane": .string(lane.rawValue), "node": .string(nodeName), "number": .int(number),
            "outlet": JSONValue(outlet), "previous": .string(previous), "size": .int(size),
            "through": .int(through),
        ]
    }

    /// Nil where it is none, or counts beyond what anybody gets to by counting.
    package init?(json: JSONValue) {
        guard let outlet = json["outlet"]?.string, let nodeName = json["node"]?.string,
            let epoch = json["epoch"]?.int, let lane = json["lane"]?.string.flatMap(Lane.init),
            let number = json["number"]?.int, let after = json["after"]?.int,
            let through = json["through"]?.int, let previous = json["previous"]?.string,
            let size = json["size"]?.int,
            let content = json["content"]?.string.flatMap(Digest.init(hex:))
        else { return nil }
        let countable: ClosedRange<Int64> = 0...(1 << 52)
        guard countable.contains(epoch), countable.contains(number), number > 0,
            countable.contains(after), countable.contains(through), after <= through,
            (0...Part.largestBatch).contains(size), nodeName.utf8.count <= 80,
            previous.utf8.count <= 64
        else { return nil }
        self.init(
            outlet: UnitCode(outlet), nodeName: nodeName, epoch: epoch, lane: lane, number: number,
            after: after, through: through, previous: previous, size: size, content: content)
    }

    /// The chain hash through this batch; it covers `previous`, and so every batch before.
    package var hash: String { Digest.sha256(json.canonicalBytes).hex }

    package var parts: Int { max(1, Int((size + Part.size - 1) / Part.size)) }

    package var checkpoint: Checkpoint {
        Checkpoint(epoch: epoch, batch: number, sequence: through, hash: hash)
    }
}

/// A piece of a batch as it travels: what is sent again after a cut.
package struct Part: Sendable {
    /// With its head a part stays within 64 KiB.
    package static let size: Int64 = 60_000
    /// A batch of more is none: some ten million rows.
    package static let largestBatch: Int64 = 1 << 30

    package let head: BatchHead
    /// 0, 1, 2 …
    package let index: Int
    package let bytes: [UInt8]

    package init(head: BatchHead, index: Int, bytes: [UInt8]) {
        self.head = head
        self.index = index
        self.bytes = bytes
    }

    package var isLast: Bool { index == head.parts - 1 }

    package var message: [UInt8] {
        var wire = WireWriter()
        let head: JSONValue = [
            "head": head.json, "part": .int(Int64(index)), "protocol": .int(Message.version),
        ]
        wire.append(text: head.description)
        wire.append(bytes)
        return wire.bytes
    }

    package init(message: [UInt8]) throws(ExchangeError) {
        self = try message.withUnsafeBytes { bytes in Result { try Part(wire: bytes) } }
            .mapError { $0 as? ExchangeError ?? .malformed }.get()
    }

    private init(wire bytes: UnsafeRawBufferPointer) throws {
        var wire = WireReader(bytes)
        let json = try JSONValue(reading: Array(try wire.take(try wire.count())))
        guard json["protocol"]?.int == Message.version else {
            throw ExchangeError.unsupportedVersion
        }
        guard let head = json["head"].flatMap(BatchHead.init(json:)),
            let index = json["part"]?.int, (0..<Int64(head.parts)).contains(index),
            Int64(wire.rest.count) == min(Self.size, head.size - index * Self.size)
        else { throw ExchangeError.malformed }
        self.init(head: head, index: Int(index), bytes: Array(wire.rest))
    }
}

/// How far two sides have got on one lane.
package struct Checkpoint: Hashable, Sendable {
    package let epoch: Int64
    package let batch: Int64
    package let sequence: Int64
    /// Chain hash through the batch; empty where there is none.
    package let hash: String

    package init(epoch: Int64, batch: Int64, sequence: Int64, hash: String) {
        self.epoch = epoch
        self.batch = batch
        self.sequence = sequence
        self.hash = hash
    }

    package var json: JSONValue {
        [
            "batch": .int(batch), "epoch": .int(epoch), "hash": .string(hash),
            "sequence": .int(sequence),
        ]
    }

    package init?(json: JSONValue) {
        guard let epoch = json["epoch"]?.int, let batch = json["batch"]?.int,
            let sequence = json["sequence"]?.int, let hash = json["hash"]?.string,
            [epoch, batch, sequence].allSatisfy({ (0...(1 << 52)).contains($0) }),
            hash.utf8.count <= 64
        else { return nil }
        self.init(epoch: epoch, batch: batch, sequence: sequence, hash: hash)
    }

    /// A quarter of all counting: what comes after has room, whoever said where it begins.
    package static let latestBeginning: Int64 = 1 << 50

    /// Whether an epoch may begin here, before the first batch of a lane.
    package var isBeginning: Bool {
        batch == 0 && hash.isEmpty && epoch <= Self.latestBeginning
            && sequence <= Self.latestBeginning
    }
}
