import Bank
import CBaseline
import Foundation
import HeadOfficeStore
import Store
import Sync
import Vault

/// P11: the memory of a node that forms a batch, and of head office that applies it; a process each.
enum MemoryProbe {
    private enum Side: String, CaseIterable {
        case node, office

        var does: String { self == .node ? "a node that forms" : "head office that applies" }
    }

    static func measure(rows: Int, _ workspace: Workspace) throws -> [Figure] {
        let (few, many) = (rows / 10, rows * 10)
        let small = try peaks(few, workspace)
        let large = try peaks(many, workspace)
        let mebibyte = 1024.0 * 1024
        return Side.allCases.flatMap { side -> [Figure] in
            guard let less = small[side], let more = large[side] else { return [] }
            return [
                Figure(
                    goal: .p11,
                    what: "peak memory of \(side.does) a batch of \(many), less that of \(few)",
                    value: (more - less) / mebibyte, unit: "MiB", reach: .atMost(16)),
                Figure(
                    goal: .p11, what: "peak memory of \(side.does) a batch of \(few)",
                    value: less / mebibyte, unit: "MiB"),
            ]
        }
    }

    private static func peaks(_ count: Int, _ workspace: Workspace) throws -> [Side: Double] {
        let outlet = try Outlet(workspace)
        outlet.write(Contacts(count))
        // Only its path: the other process owns it.
        let office = try Office(workspace).path
        let parts = workspace.next("parts")
        defer {
            for path in [outlet.path, office, parts] { workspace.remove(path) }
        }
        var peaks: [Side: Double] = [:]
        for (side, path) in [(Side.node, outlet.path), (.office, office)] {
            peaks[side] = Double(
                cbaseline_number_said_by(
                    "\(CommandLine.arguments[0]) --memory-probe \(side.rawValue):\(path):\(parts)"))
        }
        return peaks
    }

    /// In the other process, which leaves the parts in a directory for the next.
    static func run(_ probe: String) throws {
        let words = probe.split(separator: ":").map(String.init)
        guard words.count == 3, let side = Side(rawValue: words[0]) else {
            preconditionFailure("a probe is a side and two paths")
        }
        let (path, parts) = (words[1], words[2])
        switch side {
        case .node:
            try DataDirectory.make(at: parts)
            let store = try BranchStore(path: path, credential: path + ".key", world: Cast.world)
            guard let head = try store.nextBatch(on: .records) else {
                preconditionFailure("there are records to send")
            }
            for index in 0..<head.parts {
                let message = try store.part(index, of: head).message
                try Data(message).write(to: URL(filePath: "\(parts)/\(index)"))
            }
        case .office:
            let office = try Office(existing: path)
            var index = 0
            while let message = try? Data(contentsOf: URL(filePath: "\(parts)/\(index)")) {
                let part = try Part(message: Array(message))
                _ = try office.store.receive(part, from: Cast.node())
                index += 1
            }
        }
        print(cbaseline_peak_memory())
    }
}
