import Bank
import CBaseline
import Foundation
import Glibc
import HeadOfficeStore
import Sealing
import Sync

/// P13: durable acknowledgements of many nodes' pushes, committed together and one by one.
enum Acknowledgements {
    private static let nodes = 32
    static let rowsEach = 20
    private static let rounds = 8
    private static let kills = 10

    static func measure(pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        let times = try interleaved(pairs) { pair in
            try run(workspace) { office, pushes in
                for result in office.store.receive(pushes) { _ = try result.get() }
            }
        } theirs: { pair in
            try run(workspace) { office, pushes in
                for push in pushes { _ = try office.store.receive(push.part, from: push.node) }
            }
        }
        let lost = try (0..<kills).reduce(0) { lost, round in
            lost + (try lostAfterKill(after: UInt32(150_000 + round * 37_000), workspace))
        }
        return [
            .rate(
                .p13, "\(nodes) nodes' pushes in one commit, against one commit each, wall time",
                times, .atLeast(3), by: \.wall),
            .rate(.p13, "the same, CPU time", times, .report),
            Figure(
                goal: .p13, what: "acknowledgements lost in \(kills) kills", value: Double(lost),
                unit: "", reach: .atMost(0)),
        ]
    }

    private static func run(
        _ workspace: Workspace, _ receive: (Office, [Push]) throws -> Void
    ) throws -> Timing {
        let office = try Office(workspace)
        defer { workspace.remove(office.path) }
        var senders = (0..<nodes).map(Sender.init)
        let all = try (0..<rounds).map { _ in
            try senders.indices.map { try senders[$0].next() }
        }
        return try Timing.of {
            for pushes in all { try receive(office, pushes) }
        }
    }

    /// Another process acknowledges until it is killed; what it said must be there.
    private static func lostAfterKill(after wait: UInt32, _ workspace: Workspace) throws -> Int {
        let office = try Office(workspace).path
        defer { workspace.remove(office) }
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = ["--receiver", office]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        usleep(wait)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        // A last line without an end was not said.
        let acknowledged =
            said.split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().last.flatMap { Int64($0) } ?? 0
        let bare = BareDatabase(office + "/first-tier-\(Cast.firstTier).sqlite")
        return (0..<nodes).count { node in
            cbaseline_received_batch(bare.handle, Sender.outlet(node).rawValue) < acknowledged
        }
    }

    /// In the other process.
    static func receive(in path: String) throws {
        let office = try Office(existing: path)
        var senders = (0..<nodes).map(Sender.init)
        var round = 0
        while true {
            let pushes = try senders.indices.map { try senders[$0].next() }
            for result in office.store.receive(pushes) { _ = try result.get() }
            round += 1
            let line = "\(round)\n"
            write(STDOUT_FILENO, line, line.utf8.count)
        }
    }
}

/// A node of which only what it sends is needed.
private struct Sender {
    private let node: EnrolledNode
    private var checkpoint: Checkpoint
    private var seed: UInt64

    static func outlet(_ number: Int) -> UnitCode { UnitCode("33\(1000 + number)") }

    init(_ number: Int) {
        node = Cast.node(Self.outlet(number))
        checkpoint = Checkpoint(epoch: node.epoch, batch: 0, sequence: 0, hash: "")
        seed = UInt64(number)
    }

    mutating func next() throws -> Push {
        let contacts = Contacts(Acknowledgements.rowsEach, seed: seed &+ 1000)
        seed &+= 7919
        guard let table = SyncedTable.named("contact") else {
            preconditionFailure("marketing records are synced")
        }
        var block = BlockWriter(
            table: table.name,
            columns: [(SyncedTable.version, .integer)]
                + table.columns.map { ($0.name, $0.wireType) })
        let through = checkpoint.sequence + Int64(contacts.count)
        for row in 0..<contacts.count {
            block.append(.integer(checkpoint.sequence + Int64(row) + 1), to: 0)
            contacts.append(row, to: &block)
        }
        var marks = BlockWriter(
            table: SyncedTable.transactions, columns: [("through", .integer), ("at", .integer)])
        marks.append(.integer(through), to: 0)
        marks.append(.integer(Cast.now), to: 1)
        var frame = BatchFrameWriter()
        var bytes: [UInt8] = []
        func keep(_ index: Int, _ part: [UInt8]) { bytes += part }
        try frame.append(marks.finish(), keep)
        try frame.append(block.finish(), keep)
        let (size, content) = try frame.finish(keep)
        let head = BatchHead(
            outlet: node.outlet, nodeName: node.name, epoch: node.epoch, lane: .records,
            number: checkpoint.batch + 1, after: checkpoint.sequence, through: through,
            previous: checkpoint.hash, size: size, content: content)
        checkpoint = head.checkpoint
        return Push(part: Part(head: head, index: 0, bytes: bytes), node: node)
    }
}

extension Contacts {
    /// One record as the columns of `SyncedTable` have it, after its version.
    fileprivate func append(_ row: Int, to block: inout BlockWriter) {
        var contact = list.pointee.rows[row]
        withUnsafePointer(to: &contact.id) { id in
            id.withMemoryRebound(to: CChar.self, capacity: 33) {
                block.append(text: String(cString: $0), to: 1)
            }
        }
        withUnsafePointer(to: &contact.customer) { customer in
            customer.withMemoryRebound(to: CChar.self, capacity: 15) {
                block.append(text: String(cString: $0), to: 2)
            }
        }
        block.append(text: "m000001", to: 3)
        block.append(text: String(cString: contact.way), to: 4)
        block.append(.integer(Int64(contact.date)), to: 5)
        block.append(
            .bytes(
                UnsafeRawBufferPointer(start: contact.note.text, count: Int(contact.note.size))),
            to: 6)
        block.append(
            contact.follow_up_on == 0 ? .empty : .integer(Int64(contact.follow_up_on)), to: 7)
        block.append(.empty, to: 8)
        block.append(.integer(contact.at), to: 9)
    }
}
