import Bank
import CBaseline
import HeadOfficeStore
import Store
import Sync

/// P10: what one sync costs a node and head office that already have few or many records.
enum Growth {
    /// A node and head office that are in step.
    private final class Place {
        let outlet: Outlet
        let office: Office
        let contacts: Contacts
        private var written: Int

        init(_ count: Int, further: Int, seed: UInt64, _ workspace: Workspace) throws {
            outlet = try Outlet(workspace)
            office = try Office(workspace)
            contacts = Contacts(count + further, seed: seed)
            outlet.write(contacts, 0..<count)
            written = count
            _ = try sync()
        }

        /// New records at the node, and what it takes to bring them to head office: `hello`, the
        /// batch, its acknowledgement.
        func add(_ count: Int) throws -> (Timing, bytes: Int) {
            outlet.write(contacts, written..<written + count)
            written += count
            return try sync()
        }

        private func sync() throws -> (Timing, bytes: Int) {
            let store = try outlet.open()
            var bytes = 0
            let timing = try Timing.of {
                let hello = try store.hello()
                bytes += hello.json.description.utf8.count
                bytes += try office.store.greet(hello, from: Cast.node()).json.description.utf8
                    .count
                while let head = try store.nextBatch(on: .records) {
                    for index in 0..<head.parts {
                        let part = try store.part(index, of: head)
                        bytes += part.message.count
                        let reply = try office.store.receive(part, from: Cast.node())
                        guard part.isLast else { continue }
                        let isKept = try store.acknowledge(reply.acknowledgement, on: .records)
                        precondition(isKept, "head office has it")
                    }
                }
            }
            return (timing, bytes)
        }
    }

    static func measure(rows: Int, pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        let delta = max(100, rows / 100)
        let (few, many) = (rows / 10, rows * 10)
        let small = try Place(few, further: delta * pairs, seed: 1, workspace)
        let large = try Place(many, further: delta * pairs, seed: 2, workspace)
        var bytes: [Double] = []
        var sizes = (small: 0, large: 0)
        let growth = try interleaved(pairs) { _ in
            let (timing, size) = try large.add(delta)
            sizes.large = size
            return timing
        } theirs: { _ in
            let (timing, size) = try small.add(delta)
            sizes.small = size
            return timing
        }
        bytes.append(Double(sizes.large) / Double(sizes.small))
        let flat = try interleaved(pairs) { pair in
            try perRow(rows, seed: UInt64(10 + pair), workspace)
        } theirs: { pair in
            try perRow(delta, seed: UInt64(100 + pair), workspace)
        }
        return [
            .rate(
                .p10, "a sync of \(delta) at \(many) records, against at \(few)", growth,
                .atMost(1.5), isCost: true),
            Figure(
                goal: .p10, what: "its bytes, likewise", value: bytes[0], reach: .atMost(1.05)),
            .rate(
                .p10, "CPU a record, a sync of \(rows) against one of \(delta)", flat,
                .atMost(1.25), isCost: true),
        ]
    }

    /// The same for one record of so many, at places that had as many before.
    private static func perRow(_ count: Int, seed: UInt64, _ workspace: Workspace) throws -> Timing
    {
        let place = try Place(1000, further: count, seed: seed, workspace)
        defer {
            workspace.remove(place.outlet.path)
            workspace.remove(place.office.path)
        }
        let timing = try place.add(count).0
        return Timing(cpu: timing.cpu / Double(count), wall: timing.wall / Double(count))
    }
}
