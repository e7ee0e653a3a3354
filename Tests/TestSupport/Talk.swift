package import Bank
import Certificates
package import Courier
package import HeadOfficeStore
package import Store
package import Sync

/// Exchanges without a line in between: what `Courier` does, message by message.
package struct Talk: Sendable {
    package let bank: BankStore
    package let store: BranchStore

    package init(_ store: BranchStore, _ bank: BankStore) {
        self.store = store
        self.bank = bank
    }

    /// Head office's idea of the node, by the certificate that the node shows.
    package func node() throws -> EnrolledNode {
        try bank.node(showing: try store.identity()?.certificate.bytes)
    }

    /// A whole round, each message as it travels: what a message cannot carry must not pass here
    /// either.
    ///
    /// - Parameter comparing: compare both sides' records now, not only once a day.
    @discardableResult
    package func exchange(comparing: Bool = false) throws -> Exchanged {
        try exchange(comparing: comparing) { try answer($0) }
    }

    /// A round over a line that does to each message what it likes.
    @discardableResult
    package func exchange(
        comparing: Bool = false, _ carry: (Round.Question) throws -> JSONValue
    ) throws -> Exchanged {
        var round = Round(store, comparing: comparing)
        var step = try round.start()
        while true {
            switch step {
            case .ask(let question): step = try round.receive(try carry(question))
            case .done(let exchanged): return exchanged
            }
        }
    }

    package func answer(_ question: Round.Question) throws -> JSONValue {
        let answer = try bank.answer(question.message, at: question.path, from: node())
        return try JSONValue(reading: answer.canonicalBytes)
    }

    /// Pushes what waits, without a hello before.
    package func push() throws {
        for lane in Lane.allCases {
            while let head = try store.nextBatch(on: lane) { try push(head) }
        }
    }

    package func push(_ head: BatchHead) throws {
        for part in try store.parts(of: head) {
            let reply = try bank.receive(part, from: node())
            guard part.isLast else { continue }
            try store.setApart(reply.setApart)
            guard try store.acknowledge(reply.acknowledgement, on: head.lane) else {
                throw ExchangeError.outOfStep
            }
        }
    }

    /// What head office has for the node, without applying it.
    package func delta() throws -> Delta {
        try bank.delta(
            for: node(),
            PullRequest(
                after: try store.lineState().watermark,
                organisationVersion: try store.organisationVersion()))
    }

    @discardableResult
    package func pull() throws -> [Delta] {
        var deltas: [Delta] = []
        while true {
            let delta = try delta()
            // As it travels: what a message cannot carry must not pass here either.
            guard let arrived = Delta(json: try JSONValue(reading: delta.json.canonicalBytes))
            else { throw ExchangeError.malformed }
            try store.apply(arrived)
            deltas.append(arrived)
            if !delta.hasMore { return deltas }
        }
    }
}

extension BranchStore {
    package func parts(of head: BatchHead) throws -> [Part] {
        try (0..<head.parts).map { try part($0, of: head) }
    }

    /// The rows of a batch, table by table.
    package func tables(of head: BatchHead) throws -> [TableRows] {
        try TableRows.all(inFrame: parts(of: head).flatMap(\.bytes)).filter { $0.count > 0 }
    }
}
