import Bank

/// What some runs did, and what did not hold in them.
struct Summary: Sendable {
    private(set) var runs = 0
    private(set) var events = 0
    private(set) var checked = 0
    private(set) var commits = 0
    private(set) var settled = 0
    private(set) var injected: [FaultKind: Int] = [:]
    private(set) var done: [Doing: Int] = [:]
    private(set) var violations: [(seed: UInt64, violation: Violation)] = []
    /// Of one run alone.
    private(set) var hash: String?

    init() {}

    /// Plays one seed to its end, or to the first statement that does not hold.
    init(
        of seed: UInt64, outlets: Int, days: Int, disks: Disks, directory: String, plan: FaultPlan,
        showsTrace: Bool = false
    ) {
        runs = 1
        do {
            let simulation = try Simulation(
                seed: seed, outlets: outlets, days: days, disks: disks, directory: directory,
                plan: plan, keepsTrace: showsTrace)
            do {
                try simulation.run()
            } catch let violation as Violation {
                violations = [(seed, violation)]
            } catch {
                violations = [(seed, Violation(7, "an error in no table: \(error)"))]
            }
            for line in simulation.trace.lines ?? [] { print(line) }
            events = simulation.trace.events
            checked = simulation.checked
            commits = simulation.nodes.reduce(simulation.office.machine.commits) {
                $0 + $1.machine.commits
            }
            settled = simulation.owners.records
            injected = simulation.injected
            done = simulation.done
            hash = simulation.trace.hash
        } catch {
            violations = [(seed, Violation(0, "the run did not begin: \(error)"))]
        }
    }

    mutating func add(_ other: Summary) {
        hash = runs == 0 ? other.hash : nil
        runs += other.runs
        events += other.events
        checked += other.checked
        commits += other.commits
        settled += other.settled
        injected.merge(other.injected, uniquingKeysWith: +)
        done.merge(other.done, uniquingKeysWith: +)
        violations = (violations + other.violations).sorted { $0.seed < $1.seed }
    }

    func show(seconds: Double) {
        let rate = seconds > 0 ? Int(Double(events) / seconds) : 0
        print("\(runs) runs, \(events) events, \(rate) events/s, \(commits) commits, \(seconds) s")
        print("\(settled) settlement records held against the model, \(checked) invariants checked")
        let faults = injected.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
        print("faults: \(faults.isEmpty ? "none" : faults.joined(separator: ", "))")
        let doings = done.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
        print("done: \(doings.isEmpty ? "nothing" : doings.joined(separator: ", "))")
        if let hash { print("trace \(hash)") }
        print("\(runs - violations.count) passed, \(violations.count) failed")
    }
}
