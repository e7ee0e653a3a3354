import Bank
import CBaseline
import Foundation
import HeadOfficeStore
import Store
import Sync

/// P11: the memory of a process that forms a batch, sends it to itself and applies it.
enum MemoryProbe {
    static func measure(rows: Int, _ workspace: Workspace) throws -> [Figure] {
        let (few, many) = (rows / 10, rows * 10)
        let small = try peak(few, workspace)
        let large = try peak(many, workspace)
        let mebibyte = 1024.0 * 1024
        return [
            Figure(
                goal: .p11, what: "peak memory of a batch of \(many), less that of \(few)",
                value: (large - small) / mebibyte, unit: "MiB", reach: .atMost(16)),
            Figure(
                goal: .p11, what: "peak memory of a batch of \(few)", value: small / mebibyte,
                unit: "MiB"),
        ]
    }

    private static func peak(_ count: Int, _ workspace: Workspace) throws -> Double {
        let outlet = try Outlet(workspace)
        outlet.write(Contacts(count))
        // Only its path: the other process owns it.
        let office = try Office(workspace).path
        let place = workspace.next("probe")
        try Data("\(outlet.path)\n\(office)".utf8).write(to: URL(filePath: place))
        defer {
            workspace.remove(outlet.path)
            workspace.remove(office)
        }
        return Double(
            cbaseline_number_said_by("\(CommandLine.arguments[0]) --memory-probe \(place)"))
    }

    /// In the other process: both ends, the parts going from one to the other one by one.
    static func run(in place: String) throws {
        let paths = try String(contentsOf: URL(filePath: place), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let key = paths[0] + ".key"
        let store = try BranchStore(path: paths[0], credential: key, world: Cast.world)
        let office = try Office(existing: paths[1])
        guard let head = try store.nextBatch(on: .records) else {
            preconditionFailure("there are records to send")
        }
        for index in 0..<head.parts {
            _ = try office.store.receive(try store.part(index, of: head), from: Cast.node())
        }
        print(cbaseline_peak_memory())
    }
}
