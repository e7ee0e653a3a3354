import CBaseline
import Courier
import Foundation
import Sync
import Synchronization
import Vault

/// What became of one node in a campaign.
struct Attendance: Sendable {
    /// Seconds from the beginning until its exchange ended well.
    var doneAt = 0.0
    var tries = 0
    /// How often head office asked it to come again, and the longest wait it named, milliseconds.
    var asked = 0
    var longestWait: Int64 = 0
    /// Codes of other failures.
    var failures: [String] = []
    var received = 0
    var isDone = false
}

/// Every node of a herd exchanges until it ended well once, each at its own pace: some threads let
/// those come whose moment it is.
final class Campaign: Sendable {
    private struct Place: Sendable {
        var at = 0.0
        var pacing = Pacing()
        var isBusy = false
        var attendance = Attendance()
    }

    private let nodes: [HerdNode]
    private let start = cbaseline_wall()
    private let limit: Double
    private let places: Mutex<[Place]>

    /// - Parameter limit: seconds after which it is over, whoever is left.
    private init(_ nodes: [HerdNode], limit: Double) {
        self.nodes = nodes
        self.limit = limit
        places = Mutex(Array(repeating: Place(), count: nodes.count))
    }

    /// All come at once.
    static func run(_ nodes: [HerdNode], threads: Int, limit: Double) -> [Attendance] {
        let campaign = Campaign(nodes, limit: limit)
        concurrently(threads) { _ in campaign.work() }
        return campaign.places.withLock { $0.map(\.attendance) }
    }

    private enum Next {
        case node(Int)
        case later
        case nobody
    }

    private func work() {
        while cbaseline_wall() - start < limit {
            switch next() {
            case .node(let index): visit(index)
            case .later: usleep(2000)
            case .nobody: return
            }
        }
    }

    private func next() -> Next {
        let now = cbaseline_wall() - start
        return places.withLock { places in
            var first: Int?
            var isAnybodyLeft = false
            for (index, place) in places.enumerated() where !place.attendance.isDone {
                isAnybodyLeft = true
                guard !place.isBusy, place.at <= now else { continue }
                if first.map({ places[$0].at > place.at }) ?? true { first = index }
            }
            guard let first else { return isAnybodyLeft ? .later : .nobody }
            places[first].isBusy = true
            return .node(first)
        }
    }

    private func visit(_ index: Int) {
        let node = nodes[index]
        let outcome = Result { try node.exchange() }
        let now = cbaseline_wall() - start
        places.withLock { places in
            var place = places[index]
            place.isBusy = false
            place.attendance.tries += 1
            switch outcome {
            case .success(let exchanged):
                place.attendance.isDone = true
                place.attendance.doneAt = now
                place.attendance.received =
                    exchanged.claimsReceived + exchanged.settlementsReceived
            case .failure(let error):
                place.at = now + Double(Self.pause(after: error, &place)) / 1000
            }
            places[index] = place
        }
    }

    private static func pause(after error: any Error, _ place: inout Place) -> Int64 {
        let chance: Double = HeadOfficeProcess.world.randomBytes(2).reduce(0) {
            ($0 + Double($1)) / 256
        }
        guard let error = error as? CourierError else {
            place.attendance.failures.append("\(error)")
            return place.pacing.pause(after: .failed(.passing), chance: chance)
        }
        if case .busy(let milliseconds) = error {
            place.attendance.asked += 1
            place.attendance.longestWait = max(place.attendance.longestWait, milliseconds)
            return place.pacing.pause(after: .failed(.busy(milliseconds)), chance: chance)
        }
        place.attendance.failures.append(error.code)
        return place.pacing.pause(
            after: .failed(error.remedy == .stop ? .lasting : .passing), chance: chance)
    }
}

/// Runs a body in so many threads and waits for all of them.
func concurrently(_ threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for number in 0..<threads {
        group.enter()
        let thread = Thread {
            body(number)
            group.leave()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }
    group.wait()
}

/// Makes one thing of each index, several at a time; the first error ends it.
func concurrentMap<Value: Sendable>(
    _ count: Int, threads: Int, _ make: @escaping @Sendable (Int) throws -> Value
) throws -> [Value] {
    let made = Mutex<(values: [Value?], next: Int, error: (any Error)?)>(
        (Array(repeating: nil, count: count), 0, nil))
    concurrently(threads) { _ in
        while true {
            let index = made.withLock { made -> Int? in
                guard made.error == nil, made.next < count else { return nil }
                made.next += 1
                return made.next - 1
            }
            guard let index else { return }
            let result = Result { try make(index) }
            made.withLock { made in
                switch result {
                case .success(let value): made.values[index] = value
                case .failure(let error): made.error = error
                }
            }
        }
    }
    return try made.withLock { made in
        if let error = made.error { throw error }
        return made.values.compactMap { $0 }
    }
}
