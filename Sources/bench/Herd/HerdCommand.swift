import ArgumentParser
import Bank
import CBaseline
import Foundation
import Glibc

/// One head office, very many outlets, an outage, and all of them coming back at once.
struct HerdCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "herd",
        abstract: "Lets a herd of outlets come back to head office after an outage.",
        discussion: """
            Head office is the real program over mutual TLS; each outlet has a key, a certificate \
            and a connection of its own, the node's real store in memory and its real courier. The \
            last line is `N passed, N failed`.

            EXAMPLE: bench herd --outlets 1000
            """)

    /// `performance.md`, P9.
    private static let bytesOfIdleExchange = 1300.0
    /// Head office lets so many conversations begin in a second.
    private static let admittedPerSecond = 200.0

    @Option(help: "Outlets of the first-tier branch.") var outlets = 1000
    @Option(help: "Records that each outlet writes during the outage.") var records = 20
    @Option(help: "Outlets that exchange at one moment, at the most.") var threads = 64
    @Option(help: "Seconds that head office is away.") var outage = 10
    @Option(help: "Where head office's databases are while it runs.") var directory = "/tmp"

    func validate() throws {
        guard (1...9000).contains(outlets), records > 0, threads > 0, outage >= 0 else {
            throw ValidationError("From 1 to 9,000 outlets, at least a record and a thread.")
        }
    }

    func run() throws {
        cbaseline_allow_many_files()
        cbaseline_print_lines_at_once()
        let workspace = try Workspace(below: directory)
        defer { workspace.remove() }
        let branch = HerdBranch(outlets)
        let office = try HeadOfficeProcess(branch.organisation, workspace)
        defer { office.kill() }
        var checks = Checks()
        let herd = try enrol(branch, office, workspace)
        try firstExchange(herd, office, &checks)
        try idle(herd, office, &checks)
        try outage(herd, office, &checks)
        print("\(checks.passed) passed, \(checks.failed) failed")
        if checks.failed > 0 { throw ExitCode(1) }
    }

    private func enrol(
        _ branch: HerdBranch, _ office: HeadOfficeProcess, _ workspace: Workspace
    ) throws -> [HerdNode] {
        let tokens = try office.tokens(for: branch.outlets)
        try office.start()
        let extracts = workspace.next("extracts")
        let begun = cbaseline_wall()
        let herd = try concurrentMap(outlets, threads: min(threads, 8)) {
            [url = office.url] index in
            let outlet = branch.outlets[index]
            guard let token = tokens[outlet] else {
                throw HerdError.failed("\(outlet) has no token")
            }
            return try HerdNode(outlet, showing: token, at: url, customers: 2, extracts)
        }
        print(
            "-- \(outlets) outlets: enrolled over TLS, with a first day closed, in "
                + "\(seconds(cbaseline_wall() - begun)); head office "
                + "\(shown(office.cpu * 1000 / Double(outlets))) ms of CPU each")
        return herd
    }

    private func firstExchange(
        _ herd: [HerdNode], _ office: HeadOfficeProcess, _ checks: inout Checks
    ) throws {
        let before = office.cpu
        let attended = Campaign.run(herd, threads: threads, limit: limit)
        print("-- first exchange, all at once")
        report(attended, cpu: office.cpu - before)
        checks.that("every outlet has had its first exchange", attended.allSatisfy(\.isDone))
    }

    private func idle(
        _ herd: [HerdNode], _ office: HeadOfficeProcess, _ checks: inout Checks
    ) throws {
        // What the first one brought about is exchanged before it is counted, one outlet after the
        // other: of the daily comparisons of many at once head office puts some off to the next.
        _ = Campaign.run(herd, threads: 1, limit: limit)
        settleDown()
        let (cpu, bytes) = (office.cpu, cbaseline_bytes_on_sockets(Int32(office.port)))
        let attended = Campaign.run(herd, threads: threads, limit: limit)
        let tries = attended.reduce(0) { $0 + $1.tries }
        let sent = Double(cbaseline_bytes_on_sockets(Int32(office.port)) - bytes)
        // One that was asked to come again has said hello twice.
        let each = sent / Double(tries)
        print(
            "-- an idle outlet: \(shown(each)) bytes an exchange at the socket, both ways, TLS and "
                + "all; head office \(shown((office.cpu - cpu) * 1000 / Double(tries))) ms of CPU")
        report(attended, cpu: office.cpu - cpu)
        checks.that(
            "an idle exchange costs at most \(Int(Self.bytesOfIdleExchange)) bytes",
            each > 0 && each <= Self.bytesOfIdleExchange, shown(each))
    }

    private func outage(
        _ herd: [HerdNode], _ office: HeadOfficeProcess, _ checks: inout Checks
    ) throws {
        office.kill()
        let begun = cbaseline_wall()
        _ = try concurrentMap(herd.count, threads: 4) { [records] in try herd[$0].write(records) }
        let failed = Campaign.run(herd, threads: threads, limit: 1).count { !$0.failures.isEmpty }
        let left = Double(outage) - (cbaseline_wall() - begun)
        if left > 0 { usleep(UInt32(left * 1_000_000)) }
        let waiting = herd.reduce(0) { $0 + $1.pending }
        print(
            "-- outage: head office killed for \(seconds(cbaseline_wall() - begun)); "
                + "\(failed) outlets found no line, \(waiting) rows wait")
        try office.start()
        let attended = Campaign.run(herd, threads: threads, limit: limit)
        print("-- the herd, all at the moment when head office is back")
        report(attended, cpu: office.cpu)
        let memory = office.memory
        print(
            "   head office's memory: \(shown(memory.now)) MiB resident, \(shown(memory.peak)) MiB "
                + "at its most")
        checks.that(
            "all \(outlets) outlets are in step after the outage",
            attended.allSatisfy(\.isDone) && herd.allSatisfy { $0.pending == 0 },
            "\(herd.count { $0.pending > 0 }) are not")
        let asked = attended.map(\.asked)
        checks.that(
            "nobody is asked to come again more than once",
            asked.allSatisfy { $0 <= 1 }, "\(asked.max() ?? 0) times")
        let longest = Double(attended.map(\.longestWait).max() ?? 0) / 1000
        let bound = Double(outlets) / Self.admittedPerSecond + 1
        checks.that(
            "no wait is longer than the herd takes at \(Int(Self.admittedPerSecond)) a second",
            longest <= bound, seconds(longest))
        checks.that(
            "no exchange fails otherwise", attended.allSatisfy(\.failures.isEmpty),
            Set(attended.flatMap(\.failures)).sorted().joined(separator: ", "))
    }

    /// Generous, for a machine that has much else to do; who is not in step by then failed.
    private var limit: Double { 60 + Double(outlets) / 10 }

    /// So that admission owes nobody anything.
    private func settleDown() { usleep(1_500_000) }

    private func report(_ attended: [Attendance], cpu: Double) {
        let times = attended.filter(\.isDone).map(\.doneAt).sorted()
        let waits = attended.filter { $0.asked > 0 }.map { Double($0.longestWait) / 1000 }.sorted()
        print(
            "   in step: half after \(seconds(times.at(0.5))), 95 % after "
                + "\(seconds(times.at(0.95))), all \(times.count) after \(seconds(times.last ?? 0)); "
                + "head office \(seconds(cpu)) of CPU")
        print(
            "   retry-afters: \(attended.reduce(0) { $0 + $1.asked }) to \(waits.count) outlets, "
                + "\(seconds(waits.first ?? 0)) to \(seconds(waits.last ?? 0)); most tries of one: "
                + "\(attended.map(\.tries).max() ?? 0)")
    }

    private func seconds(_ value: Double) -> String { shown(value) + " s" }
    private func shown(_ value: Double) -> String { Report.shown(value) }
}

extension [Double] {
    /// Of sorted values, the one below which the share lies.
    func at(_ share: Double) -> Double {
        isEmpty ? 0 : self[Swift.min(count - 1, Int(Double(count) * share))]
    }
}

/// What held and what did not.
struct Checks {
    private(set) var passed = 0
    private(set) var failed = 0

    mutating func that(_ sentence: String, _ holds: Bool, _ found: String = "") {
        print(holds ? "ok     \(sentence)" : "FAILED \(sentence): \(found)")
        if holds { passed += 1 } else { failed += 1 }
    }
}
