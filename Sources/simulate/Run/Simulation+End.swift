import Bank
import GRDB
import HeadOfficeStore
import Store
import Sync
import Vault

// The end of a run: everything is healed, all comes to rest, and everything is compared.

extension Simulation {
    /// Rounds after which a healthy line has to have brought everything everywhere.
    private static let mostSweeps = 12
    /// Statement 8: 60 seconds of a healthy line.
    private static let wait: Int64 = 60_000

    func heal() throws {
        isHealing = true
        note("healing")
        office.machine.isDiskFull = false
        office.isOff = false
        try office.start()
        for (index, node) in nodes.enumerated() {
            node.isCutOff = false
            node.machine.isDiskFull = false
            if node.isClone {
                node.isRetired = true
                node.die()
                // It was shut off; what it had not delivered is gone with it, or in review.
                ledger.forget(node: index, after: 0)
            } else {
                try node.start()
            }
        }
        try comeToRest()
        try settle(isForced: true)
        try comeToRest()
    }

    private func comeToRest() throws {
        for _ in 0..<Self.mostSweeps {
            for index in nodes.indices where !nodes[index].isRetired {
                try takeAndClose(index)
                try letInAgain(index)
                try beginRound(index)
            }
            let end = clock.now + Self.wait
            while let next = queue.nextAt, next <= end, let (at, event) = queue.next() {
                clock.now = max(clock.now, at)
                try handleWhileHealing(event)
            }
            clock.now = end
            if try isQuiet() { return }
        }
        for (index, node) in nodes.enumerated() where !node.isRetired {
            guard let line = try node.store?.lineState() else { continue }
            if line.pending > 0 || line.failure != nil {
                throw Violation(
                    8,
                    "node \(index) still has \(line.pending) rows to send after \(Self.mostSweeps) minutes of a healthy line; last failure \(line.failure ?? "none")"
                )
            }
        }
        throw Violation(8, "the nodes do not come to rest")
    }

    private func handleWhileHealing(_ event: Event) throws {
        switch event {
        case .arrive(let letter): try arrive(letter)
        case .answered(let node, let round, let question, let arrival):
            try take(arrival, node, round, question)
        case .beginRound(let node): try beginRound(node)
        // The days are over; a process that was to start again has been started.
        default: break
        }
    }

    /// An operator looks at a node that head office takes for a copy, and lets the outlet's own in;
    /// one whose certificate a restored head office does not know is enrolled again.
    private func letInAgain(_ index: Int) throws {
        let node = nodes[index]
        let failure = try node.store?.lineState().failure.flatMap(ExchangeError.init(rawValue:))
        switch failure {
        case .suspectedCopy, .corrupted:
            guard mayBeACopy(node) else {
                throw Violation(5, "node \(index), of which there is no copy, is fenced")
            }
            note("operator readmits \(index)")
            do {
                try office.store?.readmit(
                    scenario.outlets[node.outlet], by: "os:operator", reason: "looked into")
                done[.readmission, default: 0] += 1
            } catch let refusal as Refusal
                where refusal.reason == .notFenced && injected[.officeRestored, default: 0] > 0
            {
                // Put back to before it fenced the node, head office lets it in by itself.
            }
        case .notEnrolled:
            note("operator enrols \(index) again")
            try enrolAgain(node)
        case .certificateNotYetValid:
            // Its sentence asks for that: head office's clock went back behind what it has issued.
            note("operator sets head office's clock")
            office.machine.skew = 0
        default: break
        }
    }

    /// Whether head office has a reason to take the outlet's node for a copy.
    private func mayBeACopy(_ node: NodeMachine) -> Bool {
        node.wasRolledBack || nodes.contains { $0.isClone && $0.outlet == node.outlet }
    }

    private func isQuiet() throws -> Bool {
        guard let bank = office.store, try !office.awaits(scenario.outlets) else { return false }
        for node in nodes where !node.isRetired {
            guard node.round == nil, node.isEqual, let line = try node.store?.lineState(),
                line.pending == 0,
                line.failure == nil, let sender = try identity(of: node)
            else { return false }
            let delta = try bank.delta(
                for: sender,
                PullRequest(
                    after: line.watermark,
                    organisationVersion: try node.store?.organisationVersion() ?? 0))
            guard delta.claims.isEmpty, delta.settled.isEmpty, delta.steps.isEmpty,
                delta.records.isEmpty
            else { return false }
        }
        return true
    }

    func checkEnd() throws {
        guard let bank = office.store else { preconditionFailure("head office was healed") }
        for (index, node) in nodes.enumerated() where !node.isRetired {
            guard let store = node.store else { preconditionFailure("nodes were healed") }
            try checkRecords(of: node.outlet, bank)
            try compare(index, store, bank)
            try checkQuarantine(index, store)
            try checkDigest(index, store)
            let whole = try store.verify(by: "os:simulate")
            guard whole.isWhole else {
                throw Violation(0, "node \(index) is not whole: \(whole.checks.flatMap(\.faults))")
            }
            checked += 1
        }
        let whole = try bank.verify(by: "os:simulate")
        guard whole.isWhole else {
            throw Violation(0, "head office is not whole: \(whole.checks.flatMap(\.faults))")
        }
        try checkOwners(bank)
        note("end")
    }

    /// Statement 1: what people were told was saved is at head office once, and nothing else is.
    private func checkRecords(of outlet: Int, _ bank: BankStore) throws {
        let tables = try bank.received(from: scenario.outlets[outlet], by: "os:simulate")
        let claims = tables["claim"] ?? []
        let contacts = tables["contact"] ?? []
        let here = Set(claims + contacts)
        let (required, allowed) = ledger.ids(outlet: outlet)
        if let lost = required.subtracting(here).sorted().first {
            throw Violation(
                1, "\(scenario.outlets[outlet]): \(lost) was saved and is not at head office")
        }
        let unexpected = here.subtracting(allowed)
        guard unexpected.count <= ledger.unknown[outlet] ?? 0 else {
            throw Violation(
                1, "\(scenario.outlets[outlet]): \(unexpected.count) records nobody entered")
        }
        guard poison.isDisjoint(with: tables["reminder"] ?? []) else {
            throw Violation(6, "head office took a record that it may not take")
        }
        checked += 3
    }

    /// Statement 6: whatever head office could not take is listed at the node, with a reason.
    private func checkQuarantine(_ index: Int, _ store: BranchStore) throws {
        let listed = Set(try store.quarantine().map(\.key))
        // From the disk itself: what the store says of its records is what is being checked.
        let here = try nodes[index].disk.readState { db in
            Set(try String.fetchAll(db, sql: "SELECT id FROM reminder")).intersection(poison)
        }
        if let missing = here.subtracting(listed).sorted().first {
            throw Violation(6, "node \(index) does not know that \(missing) was set apart")
        }
        checked += 1
    }

    /// Statement 4: what head office was seen to hold is never gone.
    func checkDay(_ day: Int) throws {
        guard let bank = office.store else { return }
        for outlet in scenario.outlets.indices {
            let tables = try office.machine.inspect {
                try bank.received(from: scenario.outlets[outlet], by: "os:simulate")
            }
            let here = Set((tables["claim"] ?? []) + (tables["contact"] ?? []))
            if let gone = seen[outlet].subtracting(here).sorted().first {
                throw Violation(
                    4, "\(scenario.outlets[outlet]): \(gone) was at head office and is gone")
            }
            seen[outlet] = here
            checked += 1
        }
        try checkLag(bank)
    }

    /// Statement 15 by way of the canonical export: both sides hold the same of the outlet, byte
    /// for byte.
    private func compare(_ index: Int, _ store: BranchStore, _ bank: BankStore) throws {
        var here: [String] = []
        var there: [String] = []
        try store.exportCanonical(by: "os:simulate") { line in
            if !poison.contains(where: line.contains) { here.append(line) }
        }
        try bank.exportCanonical(of: scenario.outlets[nodes[index].outlet], by: "os:simulate") {
            there.append($0)
        }
        let common = Set(there)
        here.removeAll { isLastCopy($0) && !common.contains($0) }
        checked += here.count
        guard here != there else {
            note("node \(index) holds \(here.count) lines in common")
            return
        }
        let mine = Set(here).subtracting(there).sorted().first
        let theirs = Set(there).subtracting(here).sorted().first
        throw Violation(
            15,
            """
            node \(index) and head office differ:
              here  \(mine ?? "–")
              there \(theirs ?? "–")
            """)
    }

    /// Whether a line is the copy of what its author's node and head office may both have lost: a
    /// marketing record stays where the customer went, and so does what a customer is found by,
    /// which nobody believes of an outlet that does not own the customer.
    private func isLastCopy(_ line: String) -> Bool {
        injected[.officeRestored, default: 0] > 0
            && [SyncedTable.pastContact.name, "customerKey"].contains {
                line.hasSuffix(#""table":"\#($0)"}"#)
            }
            && !ledger.operations.contains { !$0.mayBeGone && line.contains($0.id) }
    }

    /// Statement 15: the digest that travels says so as well.
    private func checkDigest(_ index: Int, _ store: BranchStore) throws {
        guard let bank = office.store, let sender = try identity(of: nodes[index]) else { return }
        let question: JSONValue = [
            "protocol": .int(Message.version), "root": .string(try store.digest().root),
        ]
        let answer = try bank.answer(question.canonicalBytes, at: Message.digestPath, from: sender)
        guard answer["equal"]?.bool == true else {
            throw Violation(15, "node \(index) and head office hold the same and do not say so")
        }
        checked += 1
    }

    /// At most one confirmed owner, the same everywhere, and no claim without an end.
    private func checkOwners(_ bank: BankStore) throws {
        for client in scenario.clients {
            let entry = try bank.ownership(
                of: client.number, firstTier: Scenario.firstTier, by: "os:simulate"
            ).first
            guard let entry else { continue }
            if let open = entry.claims.first(where: { $0.outcome == nil }) {
                throw Violation(0, "claim \(open.claim.id) came to no end")
            }
            let ownership = entry.owner.ownership
            guard ownership.claim?.rawValue == owners.owner(of: client.number) else {
                throw Violation(0, "\(client.number) has another owner than the model says")
            }
            for (index, node) in nodes.enumerated() where !node.isRetired {
                let answer = try node.store?.owner(of: client.number, by: "os:simulate")
                guard answer?.ownership == ownership else {
                    throw Violation(
                        0,
                        "\(client.number) is \(ownership) at head office and \(answer.map { "\($0.ownership)" } ?? "–") at node \(index)"
                    )
                }
                checked += 1
            }
        }
    }
}
