import Bank
package import Logging
package import Store
import Sync
import Transport

/// Carries exchanges between a node and head office when there is a line.
///
/// It blocks its thread; no local write waits for it.
package struct Exchange: Sendable {
    /// Clocks further apart than this are shown as skewed.
    package static let skewShown: Int64 = 60_000

    private let store: BranchStore
    private let line: KeptLine
    private let logger: Logger

    /// - Parameter line: keeps the connection for the next exchange.
    package init(_ store: BranchStore, over line: KeptLine = KeptLine(), logger: Logger) {
        self.store = store
        self.line = line
        self.logger = logger
    }

    /// One exchange, after one that is under way. How it ended is written down in either case.
    ///
    /// - Parameter comparing: compare both sides' records now, not only once a day.
    package func run(comparing: Bool = false) throws -> Exchanged {
        guard store.node.headOffice != nil else { throw Refusal(.noHeadOffice) }
        return try store.exchangeTurn.take { try runAlone(comparing) }
    }

    private func runAlone(_ comparing: Bool) throws -> Exchanged {
        do {
            let exchanged = try converse(Conversation(of: store, over: line), comparing)
            for transaction in exchanged.applied.long {
                logger.notice(
                    "a long transaction held up local writes",
                    metadata: [
                        "milliseconds": "\(transaction.milliseconds)",
                        "rows": "\(transaction.rows)",
                    ])
            }
            try store.rememberContact(
                failure: nil, skewMilliseconds: exchanged.skewMilliseconds)
            return exchanged
        } catch let error as CourierError {
            logger.info("exchange failed", metadata: ["code": "\(error.code)"])
            try store.rememberContact(
                failure: error.code, skewMilliseconds: error.skewMilliseconds)
            throw error
        } catch let error as UntrustedDelta {
            logger.error("untrusted delta refused", metadata: ["why": "\(error)"])
            try store.rememberContact(failure: CourierError.untrusted(error).code)
            throw CourierError.untrusted(error)
        } catch {
            // The node itself could not keep what came: its own error says why.
            logger.error(
                "exchange failed here",
                metadata: [
                    "remedy": "\(Remedy(for: error).rawValue)", "type": "\(type(of: error))",
                ])
            try store.rememberContact(failure: "failed-here")
            throw error
        }
    }

    private func converse(
        _ conversation: Conversation, _ comparing: Bool
    ) throws -> Exchanged {
        var round = Round(store, comparing: comparing)
        var step = try round.start()
        while true {
            switch step {
            case .ask(let question):
                do {
                    step = try round.receive(try conversation.send(question))
                } catch CourierError.busy(let milliseconds) {
                    guard let next = try round.putOffComparison() else {
                        // It comes again, and without another handshake.
                        conversation.keepLine()
                        throw CourierError.busy(milliseconds)
                    }
                    step = next
                }
            case .done(let exchanged):
                conversation.keepLine()
                return exchanged
            }
        }
    }
}
