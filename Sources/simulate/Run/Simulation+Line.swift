import Bank
import Certificates
import Courier
import HeadOfficeStore
import Store
import Sync
import Transport
import Vault

// The line between nodes and head office: each message may be lost, come twice, late or in part.

extension Simulation {
    /// A question waits so long for its answer.
    private static let patience: Int64 = 30_000

    func beginRound(_ index: Int) throws {
        let node = nodes[index]
        guard let store = node.store, node.isRunning, node.round == nil, node.renewal == nil else {
            return
        }
        node.roundNumber += 1
        node.question = 0
        node.hasRenewed = false
        if try store.identity()?.certificate.isDue(at: store.now()) == true {
            return try renew(index, then: nil)
        }
        try startRound(index)
    }

    func startRound(_ index: Int) throws {
        try carryOn(index) { store in
            var round = Round(store, comparing: isHealing)
            let step = try round.start()
            nodes[index].round = round
            return step
        }
    }

    /// Takes the state machine a step on, and writes down how the round ended where it did: what
    /// `Exchange` does over a real line.
    private func carryOn(_ index: Int, _ step: (BranchStore) throws -> Round.Step) throws {
        let node = nodes[index]
        guard let store = node.store else { return }
        do {
            switch try step(store) {
            case .ask(let question):
                node.asked = question
                try send(question.path, question.message, from: index)
            case .done(let exchanged):
                note(
                    "node \(index) done \(exchanged.verdict.rawValue) \(exchanged.batchesSent) \(exchanged.claimsReceived) \(exchanged.settlementsReceived) \(exchanged.recordsRecovered) \(exchanged.setApart)"
                )
                done[.recovered, default: 0] += exchanged.recordsRecovered
                done[.givenBack, default: 0] += exchanged.recordsGivenBack
                done[.setApart, default: 0] += exchanged.setApart
                if exchanged.isEqual != nil { done[.comparison, default: 0] += 1 }
                done[.mended, default: 0] += exchanged.rowsMended
                if exchanged.verdict == .restored { done[.foundRestored, default: 0] += 1 }
                if exchanged.verdict == .officeRestored {
                    done[.foundOfficeRestored, default: 0] += 1
                }
                node.isEqual = exchanged.isEqual != false
                try endRound(index, failure: nil, skew: exchanged.skewMilliseconds)
            }
        } catch is Crash {
            crashed(index)
        } catch let error as CourierError {
            try fail(index, error)
        } catch let error as UntrustedDelta {
            throw Violation(3, "node \(index) does not trust head office: \(error)")
        } catch StoreError.diskFull {
            note("node \(index) disk full in a round")
            try endRound(index, failure: "failed-here")
        }
    }

    /// The round ends with an error.
    func fail(_ index: Int, _ error: CourierError) throws {
        note("node \(index) fails \(error.code)")
        if case .refused(.corrupted) = error {
            throw Violation(3, "node \(index) is said to show what head office never said")
        }
        if case .refused(.suspectedCopy) = error { done[.foundCopy, default: 0] += 1 }
        try endRound(index, failure: error.code)
        if case .busy(let milliseconds) = error { comeAgain(index, after: milliseconds) }
    }

    private func endRound(_ index: Int, failure: String?, skew: Int64? = nil) throws {
        nodes[index].round = nil
        nodes[index].renewal = nil
        nodes[index].roundNumber += 1
        _ = try attempt(index) {
            try $0.rememberContact(failure: failure, skewMilliseconds: skew)
        }
    }

    func send(_ path: String, _ message: [UInt8], from index: Int) throws {
        let node = nodes[index]
        node.question += 1
        let (round, number) = (node.roundNumber, node.question)
        func fail(_ error: CourierError, after delay: Int64) {
            queue.add(
                .answered(node: index, round: round, question: number, .lineFailure(error)),
                at: clock.now + delay)
        }
        // Without a process there nobody answers.
        guard !node.isCutOff, office.store != nil else {
            fail(.line(.noLine("cut off")), after: 100)
            return
        }
        let message = try skewed(message, to: path, from: node)
        func letter(isAwaited: Bool) -> Letter {
            Letter(
                node: index, round: round, question: number, path: path, message: message,
                certificate: node.certificate, isAwaited: isAwaited)
        }
        if strikes(.dropped) {
            fail(.line(.timedOut), after: Self.patience)
        } else if strikes(.cut) {
            fail(.line(.broken("cut")), after: latency())
        } else {
            queue.add(.arrive(letter(isAwaited: true)), at: clock.now + latency())
        }
        if strikes(.duplicated) {
            // Some box on the way sends it again, when the node has long gone on.
            queue.add(
                .arrive(letter(isAwaited: false)),
                at: clock.now + latency() * Int64(line.within(1...2000)))
        }
    }

    func arrive(_ letter: Letter) throws {
        let answer = try officeAnswer(letter)
        note(
            "office \(letter.path) of \(letter.node) \(letter.message.count) \(answer.map { "\($0)" } ?? "none")"
        )
        guard letter.isAwaited else { return }
        let arrival: Arrival
        var delay = latency()
        if let answer, !strikes(.proxyPage) {
            if strikes(.dropped) {
                arrival = .lineFailure(.line(.timedOut))
                delay = Self.patience
            } else if strikes(.cut) {
                arrival = .lineFailure(.line(.broken("cut")))
            } else {
                switch answer {
                case .bytes(let bytes):
                    let bytes = try skewed(bytes, answering: letter.path, to: nodes[letter.node])
                    arrival = .answer(
                        bytes.starts(with: Self.beginningOfChunk) && strikes(.damagedChunk)
                            ? Self.damaged(bytes) : bytes)
                case .refused(let error): arrival = .lineFailure(.refused(error))
                case .busy(let milliseconds): arrival = .lineFailure(.busy(milliseconds))
                }
            }
        } else if answer == nil {
            arrival = .lineFailure(.line(.broken("head office went away")))
        } else {
            arrival = .lineFailure(.notHeadOffice(status: 200))
        }
        queue.add(
            .answered(
                node: letter.node, round: letter.round, question: letter.question, arrival),
            at: clock.now + delay)
    }

    private static let beginningOfChunk = Array("{\"bytes\":\"".utf8)

    /// A chunk with its first hexadecimal digit changed.
    private static func damaged(_ chunk: [UInt8]) -> [UInt8] {
        var chunk = chunk
        let place = beginningOfChunk.count
        chunk[place] = chunk[place] == UInt8(ascii: "0") ? UInt8(ascii: "9") : UInt8(ascii: "0")
        return chunk
    }

    enum OfficeAnswer: CustomStringConvertible {
        case bytes([UInt8])
        case refused(ExchangeError)
        case busy(Int64)

        var description: String {
            switch self {
            case .bytes(let bytes): "\(bytes.count)"
            case .refused(let error): error.rawValue
            case .busy(let milliseconds): "busy \(milliseconds)"
            }
        }
    }

    /// Nil where head office is dead, or dies over it.
    func officeAnswer(_ letter: Letter) throws -> OfficeAnswer? {
        guard let bank = office.store else { return nil }
        do {
            if letter.path == Message.renewalPath {
                let sender = try bank.renewing(showing: letter.certificate)
                guard let json = try? JSONValue(reading: letter.message),
                    let request = RenewalRequest(json: json)
                else { throw ExchangeError.malformed }
                return .bytes(try bank.renew(request, for: sender).json.canonicalBytes)
            }
            let sender = try bank.node(showing: letter.certificate)
            if letter.path == Message.helloPath { noteHeard(sender.outlet) }
            if letter.path == Message.helloPath, let later = try turnAway(sender.outlet) {
                return .busy(later)
            }
            return .bytes(
                try bank.answer(letter.message, at: letter.path, from: sender).canonicalBytes)
        } catch is Crash {
            officeCrashed()
            return nil
        } catch let error as ExchangeError {
            return .refused(error)
        } catch StoreError.diskFull {
            return .refused(.internalError)
        }
    }

    func officeCrashed() {
        note("office dies")
        injected[.officeCrash, default: 0] += 1
        office.die()
        queue.add(
            .endOfFault(.officeCrash, node: 0), at: clock.now + Int64(line.within(1...900)) * 1000)
    }

    func take(_ arrival: Arrival, _ index: Int, _ round: Int, _ question: Int) throws {
        let node = nodes[index]
        // Late: the node has given up on it, or died since.
        guard node.isRunning, node.roundNumber == round, node.question == question,
            node.round != nil || node.renewal != nil
        else { return }
        if let renewal = node.renewal { return try take(renewed: arrival, renewal, index) }
        if case .lineFailure(let error) = arrival, isToRenew(error), !node.hasRenewed {
            return try renew(index, then: node.asked)
        }
        try carryOn(index) { _ in
            switch arrival {
            case .lineFailure(let error): throw error
            case .answer(let bytes):
                guard let json = try? JSONValue(reading: bytes) else {
                    throw CourierError.notHeadOffice(status: 200)
                }
                guard var round = node.round else { preconditionFailure("looked at above") }
                let step = try round.receive(json)
                node.round = round
                return step
            }
        }
    }

    private func strikes(_ kind: FaultKind) -> Bool {
        // Chunks are few among the messages.
        let share = kind == .damagedChunk ? 250 : plan.lineShare
        guard !isHealing, plan.has(kind), line.hits(perMille: share) else { return false }
        injected[kind, default: 0] += 1
        return true
    }

    private func latency() -> Int64 {
        guard !isHealing else { return 20 }
        if strikes(.delayed) { return Int64(line.within(1000...25_000)) }
        return Int64(line.within(20...400))
    }
}
