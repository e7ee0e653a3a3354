import Foundation
import Sync
import Testing

@testable import simulate

/// The statements of the exchange, each with the faults that would break it (`sync.md`). Whether
/// they hold is what every run checks while it goes and at its end; a seed that fails here fails
/// there. Each test says as well that what it is about was really done.
struct StatementTests {
    private static let line: Set<FaultKind> = [.dropped, .duplicated, .delayed, .cut, .proxyPage]

    private func play(
        _ seeds: ClosedRange<UInt64>, _ kinds: Set<FaultKind>, days: Int = 3
    ) throws -> Summary {
        let disks = try Disks()
        var sum = Summary()
        for seed in seeds {
            sum.add(
                Summary(
                    of: seed, outlets: 3, days: days, disks: disks,
                    directory: NSTemporaryDirectory() + "simulate-tests-\(UUID().uuidString)",
                    plan: FaultPlan(only: kinds)))
        }
        return sum
    }

    private func expect(
        _ sum: Summary, injected kinds: Set<FaultKind>, done doings: Set<Doing> = []
    ) {
        #expect(sum.violations.map { "\($0.seed) \($0.violation)" } == [])
        for kind in kinds { #expect(sum.injected[kind, default: 0] > 0, "\(kind)") }
        for doing in doings { #expect(sum.done[doing, default: 0] > 0, "\(doing)") }
        #expect(sum.checked > 0 && sum.settled > 0)
    }

    @Test
    func `Statement 1: whatever the line loses, repeats, delays or cuts has its effect once`()
        throws
    {
        expect(try play(1...4, Self.line), injected: Self.line, done: [.contact, .assignment])
    }

    @Test
    func
        `Statement 2: what another program wrote while the node was stopped is in the next exchange`()
        throws
    {
        expect(try play(1...4, [.otherProgram]), injected: [.otherProgram])
    }

    @Test
    func
        `Statement 3: the first compare tells a restored node, a copy and a restored head office apart`()
        throws
    {
        let kinds: Set<FaultKind> = [.restored, .cloned, .officeRestored]
        expect(
            try play(1...10, kinds), injected: kinds,
            done: [.foundRestored, .foundCopy, .foundOfficeRestored])
    }

    @Test func `Statement 4: a restored node gets back what head office had acknowledged`() throws {
        expect(
            try play(1...8, [.restored]), injected: [.restored],
            done: [.foundRestored, .recovered])
    }

    @Test
    func
        `Statement 4: a head office restored with an author's node gets back what others were sent`()
        throws
    {
        let kinds: Set<FaultKind> = [.restored, .officeRestored]
        expect(try play(1...12, kinds), injected: kinds, done: [.givenBack])
    }

    @Test func `Statement 5: of two copies of a node the second is fenced`() throws {
        expect(
            try play(1...8, [.cloned]), injected: [.cloned], done: [.foundCopy, .readmission])
    }

    @Test
    func `Statement 5: a node put back without a mark is fenced until it is readmitted`() throws {
        expect(
            try play(1...10, [.rolledBack]), injected: [.rolledBack],
            done: [.foundCopy, .readmission])
    }

    @Test func `Statement 6: a record that can never be taken keeps no other from arriving`()
        throws
    {
        expect(try play(1...5, [.poison]), injected: [.poison], done: [.setApart, .contact])
    }

    @Test func `Statement 7: no error of the line, the machines or the disks is in no table`()
        throws
    {
        let kinds: Set<FaultKind> = Self.line.union([.nodeDiskFull, .officeDiskFull, .officeCrash])
        expect(try play(21...30, kinds, days: 4), injected: kinds)
    }

    @Test func `Statement 8: after crashes of either side and full disks all comes to rest`()
        throws
    {
        let kinds: Set<FaultKind> = [.nodeCrash, .officeCrash, .nodeDiskFull, .officeDiskFull]
        expect(try play(1...12, kinds, days: 4), injected: kinds)
    }

    @Test
    func `Statement 11: a snapshot comes whole over damage, cuts and deaths of either side`()
        throws
    {
        let kinds: Set<FaultKind> = [.damagedChunk, .cut, .nodeCrash, .officeCrash]
        expect(try play(1...24, kinds), injected: kinds)
    }

    @Test func `Statement 12: nothing forged is kept, and no node gets what is not in its scope`()
        throws
    {
        expect(try play(1...4, [.forged]), injected: [.forged])
    }

    @Test
    func `Statement 14: versions before and after this one speak with it, and nothing is lost`()
        throws
    {
        let kinds: Set<FaultKind> = [.schemaSkew, .olderVersion]
        expect(try play(1...4, kinds), injected: kinds, done: [.passedOver, .settlement])
    }

    @Test func `Statement 15: a cell that changed on head office's disk is found and mended`()
        throws
    {
        expect(
            try play(1...5, [.flipped]), injected: [.flipped], done: [.comparison, .mended])
    }

    @Test
    func `Statement 16: after an outage all nodes return at once, and each gets in in its moment`()
        throws
    {
        expect(try play(1...10, [.herd]), injected: [.herd], done: [.turnedAway])
    }

    @Test func `Statement 17: a silent node is unknown since it was last heard`() throws {
        expect(
            try play(1...8, [.partition, .officeCrash]), injected: [.partition],
            done: [.heldUnknown])
    }

    @Test func `No clock decides anything, wrong by years or set back and forth`() throws {
        let kinds: Set<FaultKind> = [.wrongClock, .clockStep, .partition]
        expect(try play(1...6, kinds), injected: kinds)
    }

    @Test func `What was corrected in the core system changes no settlement`() throws {
        expect(try play(1...12, [.correction], days: 5), injected: [.correction])
    }

    @Test func `Certificates renew themselves over a bad line, before their end and after it`()
        throws
    {
        let kinds = Self.line.union([.oldCertificate, .restored, .nodeCrash])
        expect(try play(1...8, kinds), injected: kinds, done: [.renewal])
    }

    @Test
    func `Claims, requests, answers, rulings and exits come to one end everywhere`() throws {
        expect(
            try play(1...16, [.partition], days: 9), injected: [.partition],
            done: [
                .assignment, .release, .request, .consent, .ruling, .exit, .reorganisation,
                .settlement,
            ])
    }

    @Test func `One seed replays exactly`() throws {
        let kinds = Self.line.union([.nodeCrash, .restored, .herd])
        let first = try play(11...11, kinds)
        let second = try play(11...11, kinds)
        let other = try play(12...12, kinds)

        #expect(first.hash != nil && first.hash == second.hash)
        #expect(first.hash != other.hash)
    }
}
