import Bank
import Courier
import Foundation
import HeadOfficeStore
import Sealing
import Store
import Sync
import Vault

/// One run: a whole first-tier branch in one process, the real engine and the real stores, with
/// virtual time and faults by seed. A class because everything in it changes as it goes.
///
/// Where it may be and where it is: `run()` plays the days and then heals; each step checks what
/// must hold at any time, the end checks everything. A statement that does not hold is thrown as
/// a `Violation`.
final class Simulation {
    static let dayMilliseconds: Int64 = 86_400_000

    let seed: UInt64
    let plan: FaultPlan
    var scenario: Scenario
    let clock: VirtualClock
    let office: Office
    var nodes: [NodeMachine] = []
    var queue = EventQueue<Event>()
    var ledger = Ledger()
    var owners = OwnershipModel()
    var trace: Trace
    var injected: [FaultKind: Int] = [:]
    var done: [Doing: Int] = [:]
    var checked = 0
    /// Paths of each outlet's extracts, in the order in which the core system brings them.
    var extracts: [[String]]
    /// What head office was seen to hold of an outlet.
    var seen: [Set<String>]
    /// Transactions that head office will never take, by their records' ids.
    var poison: Set<String> = []
    var today = 0
    var isHealing = false
    var stranger: Stranger?
    /// By outlet, head office's clock at each hello that reached it.
    var heard: [UnitCode: Set<Int64>] = [:]

    // Streams of chance, one for each purpose.
    var line: Chance
    var people: Chance
    var fate: Chance

    private let directory: String
    private let files: ExtractFiles

    init(
        seed: UInt64, outlets: Int, days: Int, disks: Disks, directory: String, plan: FaultPlan,
        keepsTrace: Bool = false
    ) throws {
        self.seed = seed
        self.directory = directory
        self.plan = plan
        scenario = Scenario(seed: seed, outlets: outlets, days: days)
        trace = Trace(keepsLines: keepsTrace)
        line = Chance(seed, "line")
        people = Chance(seed, "people")
        fate = Chance(seed, "fate")
        files = ExtractFiles(directory: directory)
        extracts = Array(repeating: [], count: outlets)
        seen = Array(repeating: [], count: outlets)
        let start = Int64(Scenario.firstDay.daysSinceEpoch) * Self.dayMilliseconds + 6 * 3_600_000
        var chance = Chance(seed, "keys")
        // A certificate lasts for 90 days and is renewed in its last third.
        let age =
            plan.has(.oldCertificate) ? chance.pick([57, 58, 59, 60, 88, 89, 100]) : 2
        clock = VirtualClock(start - Int64(age) * Self.dayMilliseconds)
        office = try Office(
            disks, machine: Machine(clock, Chance(seed, "office")), chance: &chance,
            organisation: scenario.organisation)
        for outlet in 0..<outlets {
            nodes.append(try enrol(outlet, disks, &chance))
            nodes[outlet].isOlder = plan.has(.olderVersion) && outlet % 2 == 0
        }
        // It keeps no book to go back in when head office does.
        if plan.has(.forged) || plan.has(.schemaSkew), !plan.has(.officeRestored) {
            stranger = try enrolStranger()
        }
        clock.now = start
        if plan.has(.oldCertificate) { injected[.oldCertificate] = 1 }
        if plan.has(.olderVersion) { injected[.olderVersion] = nodes.filter(\.isOlder).count }
    }

    func run() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for day in 0..<scenario.days {
            queue.add(.startOfDay(day), at: clock.now + Int64(day) * Self.dayMilliseconds)
        }
        while let (at, event) = queue.next() {
            clock.now = max(clock.now, at)
            try handle(event)
        }
        try heal()
        try checkEnd()
    }

    private func handle(_ event: Event) throws {
        switch event {
        case .startOfDay(let day): try startDay(day)
        case .takeAndClose(let node): try takeAndClose(node)
        case .work(let node): try work(node)
        case .beginRound(let node): try beginRound(node)
        case .arrive(let letter): try arrive(letter)
        case .answered(let node, let round, let question, let arrival):
            try take(arrival, node, round, question)
        case .fault(let kind, let node): try inject(kind, node)
        case .endOfFault(let kind, let node): try end(kind, node)
        case .backUp(let node): try backUp(node)
        case .strange: try bringStranger()
        case .settle: try settle(isForced: false)
        case .rule: try rule()
        case .endOfDay(let day): try checkDay(day)
        }
    }

    private func startDay(_ day: Int) throws {
        today = day
        let start = clock.now
        note("day \(day)")
        for outlet in scenario.outlets.indices {
            if let path = try files.write(scenario, outlet: outlet, day: day) {
                extracts[outlet].append(path)
            }
            if plan.has(.correction), day > 1, fate.hits(perMille: 60) {
                try correct(outlet, before: day)
            }
        }
        for (index, node) in nodes.enumerated() where !node.isRetired {
            for _ in 0..<people.within(1...4) {
                queue.add(.work(node: index), at: start + hours(2, 10, &people))
            }
            for _ in 0..<3 {
                queue.add(.beginRound(node: index), at: start + hours(0, 23, &people))
            }
            queue.add(.takeAndClose(node: index), at: start + hours(12, 16, &people))
        }
        scheduleFaults(from: start)
        queue.add(.strange, at: start + hours(1, 20, &fate))
        queue.add(.settle, at: start + 22 * 3_600_000)
        if people.hits(perMille: 500) {
            queue.add(.rule, at: start + hours(3, 22, &people))
        }
        queue.add(.endOfDay(day), at: start + 23 * 3_600_000)
    }

    private func correct(_ outlet: Int, before day: Int) throws {
        let past = fate.below(day)
        let clients = scenario.clients.indices.filter {
            scenario.clients[$0].outlets.contains(outlet)
        }
        guard past > 0, !clients.isEmpty else { return }
        scenario.correct(
            outlet, fate.pick(clients), past, to: fate.pick([100_000, 300_000, 20_000]))
        let sequence = 2 + extracts[outlet].count
        if let path = try files.write(
            scenario, outlet: outlet, day: past, sequence: sequence)
        {
            extracts[outlet].append(path)
            injected[.correction, default: 0] += 1
        }
    }

    func hours(_ from: Int, _ to: Int, _ chance: inout Chance) -> Int64 {
        Int64(chance.within(from * 3_600_000...to * 3_600_000))
    }

    func note(_ text: String) { trace.note(clock.now, text) }

    /// Runs what may die with the node's process, be refused, or find its disk full.
    ///
    /// - Returns: nil where it did not come to an end.
    func attempt<Value>(_ index: Int, _ body: (BranchStore) throws -> Value) throws -> Value? {
        guard let store = nodes[index].store else { return nil }
        do {
            return try body(store)
        } catch is Crash {
            crashed(index)
            return nil
        } catch let refusal as Refusal {
            note("node \(index) refuses \(refusal.reason.rawValue)")
            return nil
        } catch StoreError.diskFull {
            note("node \(index) disk full")
            return nil
        }
    }

    func crashed(_ index: Int) {
        note("node \(index) dies")
        injected[.nodeCrash, default: 0] += 1
        nodes[index].die()
        queue.add(
            .endOfFault(.nodeCrash, node: index), at: clock.now + Int64(line.within(1...600)) * 1000
        )
    }

    func takeAndClose(_ index: Int) throws {
        let node = nodes[index]
        guard !node.isRetired else { return }
        let outlet = node.outlet
        let done = try attempt(index) { store -> Int in
            let paths = Array(extracts[outlet].dropFirst(node.extracts))
            let outcomes = try store.take(paths, by: "os:core")
            if let refused = outcomes.first(where: { $0.result == .refused }) {
                throw Violation(
                    0, "an extract of \(refused.directory) was refused: \(refused.faults)")
            }
            node.extracts += paths.count
            // Dates without an extract are closed as estimated, through the last that has one.
            return try store.closeDays(by: "os:core").count
        }
        note("node \(index) closes \(done.map(String.init) ?? "nothing")")
    }
}
