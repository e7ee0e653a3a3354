package import Bank
import Sealing

/// What an outlet sends in one push: the newest state of the rows that changed since the last one.
///
/// Once formed it is kept byte for byte until head office has acknowledged it, so that sending it
/// again can change nothing; the chain hash ties each batch to the ones before it.
package struct Batch: Hashable, Sendable {
    /// More rows than this go into the next batch: it bounds memory on both sides.
    package static let mostRows = 5000

    package let outlet: UnitCode
    package let nodeName: String
    package let epoch: Int64
    /// 1, 2, 3 … within the epoch.
    package let number: Int64
    package let firstSequence: Int64
    package let lastSequence: Int64
    /// Chain hash through the batch before; empty for the first.
    package let previous: String
    package let tables: [TableRows]

    package init(
        outlet: UnitCode, nodeName: String, epoch: Int64, number: Int64, firstSequence: Int64,
        lastSequence: Int64, previous: String, tables: [TableRows]
    ) {
        self.outlet = outlet
        self.nodeName = nodeName
        self.epoch = epoch
        self.number = number
        self.firstSequence = firstSequence
        self.lastSequence = lastSequence
        self.previous = previous
        self.tables = tables
    }

    package var bytes: [UInt8] {
        let json: JSONValue = [
            "epoch": .int(epoch), "firstSequence": .int(firstSequence),
            "lastSequence": .int(lastSequence), "node": .string(nodeName), "number": .int(number),
            "outlet": JSONValue(outlet), "previous": .string(previous),
            "tables": .array(tables.map(\.json)),
        ]
        return json.canonicalBytes
    }

    /// Nil where the bytes are no batch.
    package init?(bytes: [UInt8]) {
        guard let json = try? JSONValue(reading: bytes), let outlet = json["outlet"]?.string,
            let nodeName = json["node"]?.string, let epoch = json["epoch"]?.int,
            let number = json["number"]?.int, let first = json["firstSequence"]?.int,
            let last = json["lastSequence"]?.int, let previous = json["previous"]?.string,
            let list = json["tables"]?.array
        else { return nil }
        let tables = list.compactMap(TableRows.init(json:))
        // Numbers that are counted on from: beyond these nobody gets by counting.
        let countable: ClosedRange<Int64> = 1...(1 << 52)
        guard tables.count == list.count, first <= last, countable.contains(first),
            countable.contains(last), countable.contains(number)
        else { return nil }
        self.init(
            outlet: UnitCode(outlet), nodeName: nodeName, epoch: epoch, number: number,
            firstSequence: first, lastSequence: last, previous: previous, tables: tables)
    }

    /// The chain hash through a batch of these bytes.
    package static func chainHash(previous: String, bytes: [UInt8]) -> String {
        Digest.sha256(Array(previous.utf8) + Digest.sha256(bytes).bytes).hex
    }
}

/// How far two sides have got with a node's batches.
package struct Checkpoint: Hashable, Sendable {
    package let nodeName: String
    package let epoch: Int64
    package let batch: Int64
    package let sequence: Int64
    package let hash: String

    package init(nodeName: String, epoch: Int64, batch: Int64, sequence: Int64, hash: String) {
        self.nodeName = nodeName
        self.epoch = epoch
        self.batch = batch
        self.sequence = sequence
        self.hash = hash
    }

    package var json: JSONValue {
        [
            "batch": .int(batch), "epoch": .int(epoch), "hash": .string(hash),
            "node": .string(nodeName), "sequence": .int(sequence),
        ]
    }

    package init?(json: JSONValue) {
        guard let nodeName = json["node"]?.string, let epoch = json["epoch"]?.int,
            let batch = json["batch"]?.int, let sequence = json["sequence"]?.int,
            let hash = json["hash"]?.string
        else { return nil }
        self.init(nodeName: nodeName, epoch: epoch, batch: batch, sequence: sequence, hash: hash)
    }
}
