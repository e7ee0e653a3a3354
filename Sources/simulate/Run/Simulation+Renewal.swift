import Bank
import Certificates
import Courier
import HeadOfficeStore
import Store
import Sync
import Transport
import Vault

// A node renews its certificate over the same bad line: what `Conversation` does over a real one.

extension Simulation {
    /// Asks for a certificate for a new key, once a round; what was to be asked waits.
    func renew(_ index: Int, then next: Round.Question?) throws {
        let node = nodes[index]
        guard let store = node.store else { return }
        let key = store.newKey()
        node.renewal = NodeMachine.Renewal(key: key, next: next)
        node.hasRenewed = true
        let request = RenewalRequest(certificateRequest: CertificateRequest(for: key).bytes)
        try send(Message.renewalPath, request.json.canonicalBytes, from: index)
    }

    /// Head office's refusal of a certificate that is good for a renewal alone.
    func isToRenew(_ error: CourierError) -> Bool {
        switch error {
        case .refused(.certificateExpired), .refused(.certificateSuperseded): true
        default: false
        }
    }

    /// The answer to a renewal; then what was to be asked before goes on its way.
    func take(renewed arrival: Arrival, _ renewal: NodeMachine.Renewal, _ index: Int) throws {
        let node = nodes[index]
        node.renewal = nil
        switch arrival {
        case .lineFailure(.refused(.renewalNotDue)): note("node \(index) renewal not due")
        case .lineFailure(let error): return try fail(index, error)
        case .answer(let bytes):
            guard let store = node.store, let old = try store.identity(),
                let json = try? JSONValue(reading: bytes),
                let certificate = RenewalReply(json: json)
                    .flatMap({ Certificate(bytes: $0.certificate) }),
                let identity = Identity(
                    authority: old.authority, certificate: certificate, key: renewal.key)
            else { throw Violation(7, "the answer to a renewal brings no certificate") }
            guard try attempt(index, { try $0.keep(identity) }) != nil else {
                // It died, or its disk is full: the old one is still good.
                return node.isRunning ? try fail(index, .line(.broken("not kept"))) : ()
            }
            node.show(identity)
            done[.renewal, default: 0] += 1
            note("node \(index) renews")
        }
        if let next = renewal.next {
            try send(next.path, next.message, from: index)
        } else {
            try startRound(index)
        }
    }
}
