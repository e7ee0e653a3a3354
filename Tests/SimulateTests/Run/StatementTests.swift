import Foundation
import Sync
import Testing

@testable import simulate

/// The statements of the exchange, each with the faults that would break it (`sync.md`). Whether
/// they hold is what every run checks at its end; a seed that fails here fails there.
struct StatementTests {
    private static let line: Set<FaultKind> = [.dropped, .duplicated, .delayed, .cut, .proxyPage]

    private func play(_ seeds: ClosedRange<UInt64>, _ kinds: Set<FaultKind>) throws -> Summary {
        let disks = try Disks()
        var sum = Summary()
        for seed in seeds {
            sum.add(
                Summary(
                    of: seed, outlets: 4, days: 3, disks: disks,
                    directory: NSTemporaryDirectory() + "simulate-tests-\(UUID().uuidString)",
                    plan: FaultPlan(only: kinds)))
        }
        return sum
    }

    private func expect(_ sum: Summary, injected kinds: Set<FaultKind>) {
        #expect(sum.violations.map { "\($0.seed) \($0.violation)" } == [])
        for kind in kinds { #expect(sum.injected[kind, default: 0] > 0, "\(kind)") }
        #expect(sum.checked > 0 && sum.settled > 0)
    }

    @Test func `statement 1, exactly once, whatever the line loses, repeats, delays or cuts`()
        throws
    {
        expect(try play(1...4, Self.line), injected: Self.line)
    }

    @Test func `statement 2, what another program wrote while the node was stopped arrives`()
        throws
    {
        expect(try play(1...4, [.otherProgram]), injected: [.otherProgram])
    }

    @Test func `statement 4, a restored node gets back what head office acknowledged`() throws {
        expect(try play(1...10, [.restored]), injected: [.restored])
    }

    @Test func `statement 5, of two copies of a node one goes on`() throws {
        expect(try play(1...12, [.cloned]), injected: [.cloned])
    }

    @Test func `statement 5, a node put back without a mark is fenced until it is readmitted`()
        throws
    {
        expect(try play(1...12, [.rolledBack]), injected: [.rolledBack])
    }

    @Test func `statement 6, a record that never can be taken keeps no other from arriving`() throws
    {
        expect(try play(1...6, [.poison]), injected: [.poison])
    }

    @Test func `statement 8, after crashes of either side and full disks all comes to rest`() throws
    {
        let kinds: Set<FaultKind> = [.nodeCrash, .officeCrash, .nodeDiskFull, .officeDiskFull]
        expect(try play(1...16, kinds), injected: kinds)
    }

    @Test func `statement 12, nothing forged is kept and nothing foreign is given out`() throws {
        expect(try play(1...4, [.forged]), injected: [.forged])
    }

    @Test func `statement 14, what a later version sends is kept`() throws {
        expect(try play(1...4, [.schemaSkew]), injected: [.schemaSkew])
    }

    @Test func `no clock decides anything`() throws {
        expect(try play(1...4, [.wrongClock, .partition]), injected: [.wrongClock, .partition])
    }

    @Test func `what was corrected in the core system changes no settlement`() throws {
        expect(try play(1...20, [.correction]), injected: [.correction])
    }

    @Test func `one seed replays exactly`() throws {
        let first = try play(11...11, Self.line.union([.nodeCrash, .restored]))
        let second = try play(11...11, Self.line.union([.nodeCrash, .restored]))
        let other = try play(12...12, Self.line.union([.nodeCrash, .restored]))

        #expect(first.hash != nil && first.hash == second.hash)
        #expect(first.hash != other.hash)
    }
}
