import Bank
import Certificates
package import HeadOfficeStore
package import Store
package import Sync

/// One exchange without a line in between: what `Courier` does, message by message.
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

    package func exchange() throws {
        try push()
        try pull()
    }

    package func push() throws {
        while let batch = try store.nextBatch() {
            let checkpoint = try bank.receive(batch.bytes, from: node())
            guard try store.acknowledge(checkpoint) else { throw ExchangeError.outOfStep }
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
