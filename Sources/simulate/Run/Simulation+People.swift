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
        switch people.below(13) {
        case 10: try release(client, index)
        case 11, 12: try takeStep(client, index)
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
        ledger.note(claim.rawValue, outlet: outlet, node: index)
        queue.add(.beginRound(node: index), at: clock.now + 1000)
    }

    /// A transfer request, or an answer to one; what is out of place is refused.
    private func takeStep(_ client: CustomerNumber, _ index: Int) throws {
        let outlet = nodes[index].outlet
        let manager = scenario.manager(outlet, 1)
        let applicant = people.pick(scenario.outlets)
        let act: DisputeAct = people.pick([
            .request(to: manager, newEvidence: nil), .accept(from: applicant),
            .refuse(from: applicant), .withdraw,
        ])
        let outcome = try doing(index) {
            try $0.take(act, about: client, by: scenario.supervisor(outlet), because: "simulated")
        }
        note("node \(index) \(outcome?.step.kind.rawValue ?? "takes no step") \(client)")
        guard let step = outcome?.step else { return }
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
        if let contact { ledger.note(contact.id, outlet: outlet, node: index) }
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
