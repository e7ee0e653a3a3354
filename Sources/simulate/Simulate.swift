import ArgumentParser
import Commands
import Dispatch
import Foundation
import Synchronization
import Vault

/// The simulator: a whole first-tier branch in one process, with virtual time and faults by seed.
@main
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Plays a first-tier branch's days with faults and checks the statements of sync.",
        discussion: """
            EXAMPLE: simulate --seed 7 --outlets 20 --days 30
            EXAMPLE: simulate --seeds 1..500 --outlets 6 --days 5 --log seeds.log

            One seed replays exactly: the same outlets and days give the same trace.
            Exit codes: 0 all held, 1 a statement did not (seed and statement are printed), 2 wrong \
            usage.
            """)

    @Option(help: "One seed.") var seed: UInt64?
    @Option(help: "A range of seeds, such as 1..500.") var seeds: SeedRange?
    @Option(help: "How many outlets.") var outlets = 6
    @Option(help: "How many business days.") var days = 5
    @Option(help: "Goes on with further seeds for so many hours.") var hours: Double?
    @Option(help: "Appends a line for each range of seeds that is done.") var log: String?
    @Option(help: "The commit that the log names.") var commit = "unknown"
    @Option(help: "A kind of fault that is left out; may be given several times.")
    var without: [String] = []
    @Option(help: "How many runs at a time (default: one for each processor).") var jobs: Int?
    @Flag(help: "Print what happened, event by event (one seed).") var trace = false

    func validate() throws {
        guard seed == nil || seeds == nil else {
            throw ValidationError("Give --seed N or --seeds A..B")
        }
        guard (1...500).contains(outlets), (1...400).contains(days) else {
            throw ValidationError("1 to 500 outlets, 1 to 400 days")
        }
        for name in without where FaultKind(rawValue: name) == nil {
            let names = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no fault \(name); there are: \(names)")
        }
    }

    /// So many seeds are one line of the log, and the most that an interrupted run repeats.
    private static let seedsPerRange: UInt64 = 100

    func run() throws {
        let range = seeds ?? SeedRange(first: seed ?? 1, last: seed ?? 1)
        let world = World.live
        let end = hours.map { world.now() + Int64($0 * 3_600_000) }
        let done = try log.map(Self.finished) ?? []
        var sum = Summary()
        var first = range.first
        let begun = world.now()
        while first <= range.last || end.map({ world.now() < $0 }) ?? false {
            let last =
                end == nil
                ? min(range.last, first + Self.seedsPerRange - 1)
                : first + Self.seedsPerRange - 1
            let part = SeedRange(first: first, last: last)
            first = last + 1
            if done.contains("\(part) \(outlets)x\(days)") { continue }
            let started = world.now()
            let one = try play(part)
            sum.add(one)
            let seconds = Double(world.now() - started) / 1000
            if let log { try append(one, part, seconds, to: log) }
            for (seed, violation) in one.violations {
                print("seed \(seed): statement \(violation.statement): \(violation.text)")
            }
            if end != nil { print("\(part): \(one.violations.count) violations, \(seconds) s") }
        }
        sum.show(seconds: Double(world.now() - begun) / 1000)
        guard sum.violations.isEmpty else { throw ExitCode(1) }
    }

    private func play(_ range: SeedRange) throws -> Summary {
        let disks = try Disks()
        let all = Array(range.first...range.last)
        let shared = Mutex(Summary())
        let excluded = Set(without.compactMap(FaultKind.init(rawValue:)))
        let base = NSTemporaryDirectory() + "branchnode-simulate-\(getpid())"
        let workers = max(1, min(jobs ?? ProcessInfo.processInfo.activeProcessorCount, all.count))
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while true {
                let index = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < all.count else { return }
                let seed = all[index]
                let one = Summary(
                    of: seed, outlets: outlets, days: days, disks: disks,
                    directory: "\(base)-\(seed)", plan: FaultPlan(seed: seed, except: excluded),
                    showsTrace: trace)
                shared.withLock { $0.add(one) }
            }
        }
        return shared.withLock { $0 }
    }

    private static func finished(_ path: String) throws -> Set<String> {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return Set(
            text.split(separator: "\n").filter { $0.hasSuffix(" 0 violations") }.map {
                $0.split(separator: " ").prefix(2).joined(separator: " ")
            })
    }

    private func append(
        _ summary: Summary, _ range: SeedRange, _ seconds: Double, to path: String
    ) throws {
        let line =
            "\(range) \(outlets)x\(days) commit \(commit) \(summary.events) events \(seconds) s \(summary.violations.count) violations\n"
        let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        try (before + line).write(toFile: path, atomically: true, encoding: .utf8)
    }
}

/// Seeds from a first to a last: `1..500`.
struct SeedRange: ExpressibleByArgument, CustomStringConvertible, Sendable {
    let first: UInt64
    let last: UInt64

    init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
    }

    init?(argument: String) {
        let ends = argument.split(separator: ".", omittingEmptySubsequences: true)
        guard ends.count == 2, let first = UInt64(ends[0]), let last = UInt64(ends[1]),
            first <= last, last < 1 << 53
        else { return nil }
        self.init(first: first, last: last)
    }

    var description: String { "\(first)..\(last)" }
}
