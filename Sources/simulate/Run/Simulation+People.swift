import Bank
import Store
import Vault

// What people do at the outlets.

extension Simulation {
    func work(_ index: Int) throws {
        let node = nodes[index]
        guard node.isRunning else { return }
        let outlet = node.outlet
        let clients = scenario.clients.indices.filter {
            scenario.clients[$0].outlets.contains(outlet)
        }
        guard !clients.isEmpty else { return }
        let client = scenario.clients[people.pick(clients)].number
        if people.hits(perMille: 400), try answer(index) { return }
        switch people.below(15) {
        case 10: try release(client, index)
        case 11...14: try takeStep(client, index)
        case 0..<5: try assign(client, index)
        case 5..<8: try contact(client, index)
        case 8: try finishReminder(index)
        default:
            let answer = try attempt(index) { try $0.owner(of: client, by: "os:people") }
            note("node \(index) looks \(answer?.ownership.state.rawValue ?? "–")")
        }
    }

    private func assign(_ client: CustomerNumber, _ index: Int) throws {
        let outlet = nodes[index].outlet
        let manager = scenario.manager(outlet, people.within(1...2))
        let claim = try doing(index) {
            try $0.assign([client], to: manager, by: scenario.supervisor(outlet)).first?.claim
        }
        note("node \(index) assigns \(client) \((claim ?? nil)?.rawValue ?? "–")")
        guard let claim = claim ?? nil else { return }
        ledger.note(claim.rawValue, outlet: outlet, node: index)
        done[.assignment, default: 0] += 1
        // `sync --watch` goes at once after a claim.
        queue.add(.beginRound(node: index), at: clock.now + 1000)
    }

    private func release(_ client: CustomerNumber, _ index: Int) throws {
        let outlet = nodes[index].outlet
        let claim = try doing(index) {
            try $0.release(client, by: scenario.supervisor(outlet), because: "simulated")
        }
        note("node \(index) releases \(client) \(claim?.rawValue ?? "–")")
        guard let claim else { return }
        done[.release, default: 0] += 1
        ledger.note(claim.rawValue, outlet: outlet, node: index)
        queue.add(.beginRound(node: index), at: clock.now + 1000)
    }

    /// A request, an objection, or what follows on one of its own; what is out of place is refused.
    private func takeStep(_ client: CustomerNumber, _ index: Int) throws {
        let node = nodes[index]
        let outlet = node.outlet
        let code = scenario.outlets[outlet]
        var customer = client
        var act: DisputeAct = .request(
            to: scenario.manager(outlet, 1), newEvidence: people.hits(perMille: 300) ? "new" : nil)
        let own = try disputes(at: node).filter { $0.first.outlet == code }
        if !own.isEmpty, people.hits(perMille: 300) {
            let dispute = people.pick(own)
            customer = dispute.first.customer
            act = dispute.isOpen ? .withdraw : .escalate
        } else if people.hits(perMille: 400) {
            act = .object(to: scenario.manager(outlet, 1), newEvidence: nil)
        }
        try take(act, about: customer, index)
    }

    /// Answers a request that waits for the outlet; false where none does.
    private func answer(_ index: Int) throws -> Bool {
        let code = scenario.outlets[nodes[index].outlet]
        let waiting = try disputes(at: nodes[index]).filter {
            $0.isOpen && $0.first.counterParty == code
        }
        guard !waiting.isEmpty else { return false }
        let first = people.pick(waiting).first
        try take(
            people.hits(perMille: 600) ? .accept(from: first.outlet) : .refuse(from: first.outlet),
            about: first.customer, index)
        return true
    }

    private func disputes(at node: NodeMachine) throws -> [Dispute] {
        try node.machine.inspect {
            try node.disputed().flatMap { try node.store?.disputes(about: $0) ?? [] }
        }
    }

    private func take(_ act: DisputeAct, about customer: CustomerNumber, _ index: Int) throws {
        let outlet = nodes[index].outlet
        let outcome = try doing(index) {
            try $0.take(
                act, about: customer, by: scenario.supervisor(outlet), because: "simulated")
        }
        note("node \(index) \(outcome?.step.kind.rawValue ?? "takes no step") \(customer)")
        guard let step = outcome?.step else { return }
        switch step.kind {
        case .requested: done[.request, default: 0] += 1
        case .objected: done[.objection, default: 0] += 1
        case .consented: done[.consent, default: 0] += 1
        case .refused: done[.refusal, default: 0] += 1
        case .withdrawn: done[.withdrawal, default: 0] += 1
        case .escalated: done[.takenUp, default: 0] += 1
        case .ruled: break
        }
        if let claim = step.claim, step.kind == .consented {
            ledger.note(claim.rawValue, outlet: outlet, node: index)
        }
        queue.add(.beginRound(node: index), at: clock.now + 1000)
    }

    private func contact(_ client: CustomerNumber, _ index: Int) throws {
        let outlet = nodes[index].outlet
        let wantsMore = people.hits(perMille: 300)
        let contact = try doing(index) {
            try $0.addContact(
                with: client, by: scenario.teller(outlet), way: .call,
                note: "\(clock.now)/\(index)",
                followUpOn: wantsMore ? Scenario.day(today + 3) : nil)
        }
        note("node \(index) contacts \(client) \(contact?.id ?? "–")")
        guard let contact else { return }
        done[.contact, default: 0] += 1
        ledger.note(contact.id, outlet: outlet, node: index)
    }

    private func finishReminder(_ index: Int) throws {
        let manager = scenario.manager(nodes[index].outlet, people.within(1...2))
        let id = try doing(index) { store -> String? in
            guard let first = try store.reminders(of: manager).first else { return nil }
            try store.finishReminder(first.id, by: manager)
            return first.id
        }
        note("node \(index) finishes \((id ?? nil) ?? "–")")
    }

    /// A person's entry; where the process dies over it, nobody knows whether it is saved.
    private func doing<Value>(
        _ index: Int, _ body: (BranchStore) throws -> Value
    ) throws -> Value? {
        let wasRunning = nodes[index].isRunning
        let value = try attempt(index, body)
        if wasRunning, !nodes[index].isRunning { ledger.noteUnknown(outlet: nodes[index].outlet) }
        return value
    }
}
