import Bank
import Courier
import HeadOfficeStore
import Store
import Sync
import Synchronization
import TestSupport
import Testing
import Vault

/// What comes down is written in slices (`sync.md`, statement 18).
struct SliceTests {
    /// A node's world whose work takes a set time, and that lets somebody in whenever the write lock
    /// is free. A class, since the node asks it.
    private final class Pace: Sendable {
        private struct State {
            var microseconds: Int64 = 0
            var perLook: Int64 = 0
            var isIn = false
        }

        private let state = Mutex(State())
        let between: Mutex<(@Sendable () throws -> Void)?> = Mutex(nil)

        var perLook: Int64 {
            get { state.withLock { $0.perLook } }
            set { state.withLock { $0.perLook = newValue } }
        }

        func world(_ base: World) -> World {
            World(
                now: base.now, randomBytes: base.randomBytes,
                uptime: { [self] in
                    state.withLock {
                        $0.microseconds += $0.perLook
                        return $0.microseconds
                    }
                },
                atCommit: { [self] moment in
                    guard case .afterCommit = moment else { return }
                    let isFirst = state.withLock { state in
                        defer { state.isIn = true }
                        return !state.isIn
                    }
                    guard isFirst else { return }
                    defer { state.withLock { $0.isIn = false } }
                    try between.withLock { $0 }?()
                })
        }
    }

    private let outlets: ThreeOutlets
    private let pace = Pace()
    private let store: BranchStore
    private let delta: Delta
    /// Of Gulou's alone.
    private static let client: CustomerNumber = "3388888888"
    private static let customers = (1...10).map { CustomerNumber("\(3_300_000_000 + $0)") }

    /// Gulou's node lacks ten sequences of head office's, each with what was settled of a customer.
    init() throws {
        outlets = try ThreeOutlets()
        var extract = ExtractBuilder(day("2025-03-01"), outlet: .wulin)
        for customer in Self.customers {
            extract = extract.holding(customer, "300000", account: "A\(customer)")
        }
        try outlets[.wulin].takeAndClose([extract], in: outlets.files)
        try outlets[.gulou].takeAndClose(
            [
                ExtractBuilder(day("2025-03-01"), outlet: .gulou)
                    .holding(Self.client, "1", account: "G1")
            ], in: outlets.files)
        try outlets.exchange()
        let results = try outlets[.wulin].assign(Self.customers, to: .ada, by: .eve)
        precondition(results.allSatisfy { $0.refusal == nil })
        // Without what Wulin would say of its customers' keys.
        try outlets.talk(.wulin).push()
        try outlets.settle(now: true)
        store = try outlets.disk(.gulou).start(pace.world(outlets.world.world))
        delta = try Talk(store, outlets.bank).delta()
        try #require(Set(delta.sequences?.settled ?? []).count == 10)
    }

    private func settled() throws -> [CustomerNumber] {
        try Self.customers.filter {
            try outlets[.gulou].owner(of: $0, by: "t").ownership.state == .confirmed
        }
    }

    @Test func `statement 18: a local write gets in between two slices of 50 ms`() throws {
        let store = store
        let seen = Mutex<[Int64]>([])
        let written = Mutex(0)
        // Each transaction of head office's takes 12 ms: two or three fit.
        pace.perLook = 12_000
        pace.between.withLock { between in
            between = {
                let line = try store.lineState()
                let isFirst = seen.withLock { seen in
                    seen.append(line.watermark)
                    return seen.count == 1
                }
                guard isFirst else { return }
                _ = try store.edit(.hobbies, of: Self.client, to: "围棋", by: .gus)
                written.withLock { $0 += 1 }
            }
        }

        let applied = try store.apply(delta)

        let watermarks = seen.withLock { $0 }
        #expect(written.withLock { $0 } == 1)
        #expect(try store.profile(of: Self.client, by: "t").current[.hobbies]?.value == "围棋")
        // It stood between: something was there, and something was still to come.
        let first = try #require(watermarks.first)
        #expect(first < delta.through)
        #expect(delta.sequences?.settled.contains(first) == true)
        #expect(applied.slices > 1)
        #expect(applied.long == [])
        #expect(try settled() == Self.customers)
        #expect(try store.lineState().watermark == delta.through)
    }

    @Test func `statement 18: a slice ends with a transaction, and a longer one is noted`() throws {
        let counts = Mutex<[Int]>([])
        let node = outlets[.gulou]
        // Each takes longer than a slice may.
        pace.perLook = 60_000
        pace.between.withLock { between in
            between = {
                let count = try Self.customers.count {
                    try node.owner(of: $0, by: "t").ownership.state == .confirmed
                }
                counts.withLock { $0.append(count) }
            }
        }

        let applied = try store.apply(delta)

        #expect(counts.withLock { $0 } == Array(1...10))
        #expect(applied.long.map(\.rows) == Array(repeating: 1, count: 10))
        #expect(applied.long.allSatisfy { $0.milliseconds > 50 })
    }

    @Test func `a process that dies between two slices goes on after the last one`() throws {
        struct Death: Error {}
        let left = Mutex(2)
        pace.perLook = 60_000
        pace.between.withLock { between in
            between = {
                let isLast = left.withLock { left in
                    left -= 1
                    return left == 0
                }
                if isLast { throw Death() }
            }
        }
        #expect(throws: Death.self) { try store.apply(delta) }
        #expect(try settled().count == 2)

        let talk = Talk(try outlets.disk(.gulou).start(), outlets.bank)
        let rest = try talk.delta()
        #expect(rest.settled.count == 8)
        try talk.exchange()
        #expect(try settled() == Self.customers)
    }

    @Test func `statement 18: a snapshot is applied in slices as well`() throws {
        let store = store
        let before = try store.lineState().watermark
        let partly = Mutex(false)
        let node = outlets[.gulou]
        var bank = outlets.bank
        // Everything is past this horizon.
        bank.snapshotLimits = SnapshotLimits(chunk: 700, customersPerPage: 4, horizon: 1)
        pace.perLook = 12_000
        pace.between.withLock { between in
            between = {
                let count = try Self.customers.count {
                    try node.owner(of: $0, by: "t").ownership.state == .confirmed
                }
                guard (1..<10).contains(count), !partly.withLock({ $0 }) else { return }
                partly.withLock { $0 = true }
                _ = try store.edit(.hobbies, of: Self.client, to: "围棋", by: .gus)
            }
        }

        let exchanged = try Talk(store, bank).exchange()

        #expect(exchanged.chunksReceived > 1)
        #expect(exchanged.applied.slices > 1)
        #expect(exchanged.applied.long == [])
        #expect(partly.withLock { $0 })
        #expect(try store.profile(of: Self.client, by: "t").current[.hobbies]?.value == "围棋")
        #expect(try settled() == Self.customers)
        #expect(try store.lineState().watermark > before)
    }
}
