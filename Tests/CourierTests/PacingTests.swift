import Bank
import Courier
import Sync
import Testing

struct PacingTests {
    @Test func `pauses grow with failures to a bound and begin anew when one went well`() {
        var pacing = Pacing()
        var pauses: [Int64] = []
        for _ in 0..<12 { pauses.append(pacing.pause(after: .failed(.passing), chance: 0.5)) }

        #expect(Array(pauses.prefix(4)) == [2_000, 4_000, 8_000, 16_000])
        #expect(pauses.last == 300_000)
        #expect(pacing.pause(after: .well, chance: 0.5) == 60_000)
        #expect(pacing.pause(after: .failed(.passing), chance: 0.5) == 2_000)
    }

    @Test func `nodes that failed together do not come back together`() {
        var low = Pacing()
        var high = Pacing()

        #expect(low.pause(after: .well, chance: 0) == 45_000)
        #expect(high.pause(after: .well, chance: 1) == 75_000)
    }

    @Test func `head office's own moment is kept, within a bound`() {
        var pacing = Pacing()

        #expect(pacing.pause(after: .failed(.busy(30_000)), chance: 0) == 30_000)
        #expect(pacing.pause(after: .failed(.busy(.max)), chance: 0) == 900_000)
        #expect(pacing.pause(after: .failed(.busy(-5)), chance: 0) == 0)
    }

    @Test func `statement 16: of a herd all are let in, each within its turn`() {
        var admission = Admission(perSecond: 50)
        var waiting: [UnitCode: Int64] = [:]
        for number in 0..<3000 { waiting[UnitCode("\(330_000 + number)")] = 0 }
        var now: Int64 = 1_000_000
        var comings = 0
        var last: Int64 = 0

        while !waiting.isEmpty, comings < 20_000 {
            let due = waiting.filter { $0.value <= now }.keys.sorted()
            for outlet in due {
                comings += 1
                switch admission.answer(outlet, at: now) {
                case .comeIn:
                    waiting[outlet] = nil
                    last = now
                case .comeLater(let wait): waiting[outlet] = now + wait
                }
            }
            now += 20
        }

        #expect(waiting.isEmpty)
        // Each comes twice at the most: at once, and at the moment it was given.
        #expect(comings <= 6000)
        // 3,000 at 50 a second are a minute.
        #expect(last - 1_000_000 <= 61_000)
    }
}
