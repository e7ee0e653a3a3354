import Bank
import Courier
import Sync

// Head office is away for hours, then every node returns at once (`sync.md`, statement 16).

extension Simulation {
    /// Conversations that a simulated head office begins in a second after an outage: few, so that
    /// a handful of nodes is a herd.
    private static let perSecond: Int64 = 1

    func beginOutage() {
        office.isOff = true
        office.die()
        queue.add(.endOfFault(.herd, node: 0), at: clock.now + hours(1, 5, &fate))
    }

    func endOutage() throws {
        office.isOff = false
        try office.start()
        office.gate = Sync.Admission(perSecond: Self.perSecond)
        for index in nodes.indices where nodes[index].isRunning {
            queue.add(.beginRound(node: index), at: clock.now + Int64(fate.below(1000)))
        }
    }

    /// Head office's doorkeeper, asked at every hello; milliseconds until the node shall come again,
    /// nil where it may come in.
    ///
    /// Throws where somebody who comes in their moment is turned away once more: nobody starves.
    func turnAway(_ outlet: UnitCode) throws -> Int64? {
        guard office.gate != nil else { return nil }
        let answer = office.gate?.answer(outlet, at: clock.now)
        let moment = office.moments.removeValue(forKey: outlet)
        guard case .comeLater(let milliseconds) = answer else { return nil }
        checked += 1
        if let moment, moment <= clock.now, clock.now < moment + 60_000 {
            throw Violation(16, "\(outlet) came in its moment and was turned away again")
        }
        guard (1...900_000).contains(milliseconds) else {
            throw Violation(16, "\(outlet) is to come again after \(milliseconds) ms")
        }
        office.moments[outlet] = clock.now + milliseconds
        done[.turnedAway, default: 0] += 1
        note("office turns \(outlet) away for \(milliseconds)")
        return milliseconds
    }

    /// A node that was turned away comes again, as `sync --watch` does.
    func comeAgain(_ index: Int, after milliseconds: Int64) {
        var pacing = Pacing()
        let chance = Double(line.below(1000)) / 1000
        queue.add(
            .beginRound(node: index),
            at: clock.now + pacing.pause(after: .failed(.busy(milliseconds)), chance: chance))
    }
}
