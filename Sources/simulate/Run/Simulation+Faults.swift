import Bank
import GRDB
import Sealing
import Store
import Vault

// What happens to machines.

extension Simulation {
    /// Faults of machines begin at some time of the day, at some node.
    func scheduleFaults(from start: Int64) {
        func schedule(_ kind: FaultKind, perMille share: Int) {
            for index in nodes.indices
            where plan.has(kind) && !nodes[index].isRetired && fate.hits(perMille: share) {
                queue.add(.fault(kind, node: index), at: start + hours(0, 22, &fate))
            }
        }
        schedule(.partition, perMille: 200)
        schedule(.nodeCrash, perMille: 250)
        schedule(.nodeDiskFull, perMille: 80)
        schedule(.wrongClock, perMille: 150)
        schedule(.otherProgram, perMille: 150)
        schedule(.poison, perMille: 100)
        schedule(.flipped, perMille: 100)
        // A copy of every disk is made each night; few are ever put back.
        for index in nodes.indices where !nodes[index].isClone {
            queue.add(.backUp(node: index), at: start + hours(0, 22, &fate))
        }
        guard today > 0 else { return }
        schedule(.restored, perMille: 80)
        schedule(.rolledBack, perMille: 60)
        if !nodes.contains(where: \.isClone) { schedule(.cloned, perMille: 60) }
        for (kind, share) in [
            (FaultKind.officeCrash, 500), (.officeDiskFull, 150), (.officeRestored, 250),
            (.herd, 200), (.clockStep, 300),
        ] where plan.has(kind) && fate.hits(perMille: share) {
            queue.add(.fault(kind, node: 0), at: start + hours(0, 22, &fate))
        }
    }

    func inject(_ kind: FaultKind, _ index: Int) throws {
        let node = nodes[index]
        switch kind {
        case .partition:
            node.isCutOff = true
            later(kind, index, 1, 40)
        case .nodeCrash:
            node.machine.crash(afterMoments: fate.below(30))
            return  // Counted when it dies.
        case .officeCrash:
            office.machine.crash(afterMoments: fate.below(60))
            return
        case .nodeDiskFull:
            node.machine.isDiskFull = true
            later(kind, index, 1, 10)
        case .officeDiskFull:
            office.machine.isDiskFull = true
            later(kind, index, 1, 6)
        case .wrongClock:
            // Up to ten years either way, or a step back of some hours.
            let years = Int64(fate.within(-10...10)) * 365 * Self.dayMilliseconds
            node.machine.skew = fate.hits(perMille: 300) ? -hours(1, 30, &fate) : years
        case .clockStep:
            let machine = fate.hits(perMille: 300) ? office.machine : fate.pick(nodes).machine
            machine.skew += fate.hits(perMille: 500) ? hours(0, 20, &fate) : -hours(0, 20, &fate)
        case .flipped:
            guard try flipCell(of: scenario.outlets[node.outlet]) else { return }
        case .herd:
            guard !office.isOff else { return }
            beginOutage()
        case .restored: try putBack(index, isMarked: true)
        case .rolledBack: try putBack(index, isMarked: false)
        case .cloned: try clone(index)
        case .officeRestored: try putBackOffice()
        case .otherProgram, .poison: try writeAsOtherProgram(index, isPoison: kind == .poison)
        case .dropped, .duplicated, .delayed, .cut, .proxyPage, .schemaSkew, .forged, .correction,
            .oldCertificate, .olderVersion, .damagedChunk:
            preconditionFailure("\(kind) is no fault of a machine")
        }
        note("\(kind.rawValue) at \(index)")
        injected[kind, default: 0] += 1
    }

    private func later(_ kind: FaultKind, _ index: Int, _ from: Int, _ to: Int) {
        queue.add(.endOfFault(kind, node: index), at: clock.now + hours(from, to, &fate))
    }

    func end(_ kind: FaultKind, _ index: Int) throws {
        let node = nodes[index]
        switch kind {
        case .partition: node.isCutOff = false
        case .nodeDiskFull: node.machine.isDiskFull = false
        case .officeDiskFull: office.machine.isDiskFull = false
        case .nodeCrash: if node.store == nil, !node.isRetired { try node.start() }
        case .officeCrash: if office.store == nil { try office.start() }
        case .herd: try endOutage()
        default: preconditionFailure("\(kind) does not end by itself")
        }
    }

    func backUp(_ index: Int) throws {
        if index == 0, plan.has(.officeRestored) { try office.backUp(owners) }
        guard plan.has(.restored) || plan.has(.rolledBack) else { return }
        let node = nodes[index]
        node.backups.append(
            NodeMachine.Backup(
                disk: try DatabaseFile.copyInMemory(of: node.disk),
                operations: ledger.operations.count, extracts: node.extracts))
    }

    /// The node's disk goes back in time: by `restore`, which marks it, or by somebody who copies
    /// old files over it.
    private func putBack(_ index: Int, isMarked: Bool) throws {
        let node = nodes[index]
        guard !node.backups.isEmpty, !node.isClone, !node.isRetired else { return }
        let backup = fate.pick(node.backups)
        node.die()
        node.disk = try DatabaseFile.copyInMemory(of: backup.disk)
        if !isMarked { node.wasRolledBack = true }
        if isMarked {
            let id = "restore-\(clock.now)"
            try node.disk.write {
                try $0.setRestoreMark(RestoreMark(id: id, restoredAt: clock.now, backupAt: 0))
            }
        }
        node.extracts = backup.extracts
        ledger.forget(node: index, after: backup.operations)
        // What was made later is of a time that did not happen here.
        node.backups.removeAll { $0.operations > backup.operations }
        try node.start()
        // The outlet's people see that days are missing, and close them again.
        queue.add(.takeAndClose(node: index), at: clock.now + 600_000)
    }

    private func clone(_ index: Int) throws {
        let node = nodes[index]
        guard !node.isClone, node.isRunning else { return }
        let copy = NodeMachine(
            outlet: node.outlet, isClone: true,
            machine: Machine(clock, Chance(seed, "clone", nodes.count)), keys: node.keys,
            disk: try DatabaseFile.copyInMemory(of: node.disk))
        copy.extracts = node.extracts
        try copy.start()
        nodes.append(copy)
        let new = nodes.count - 1
        for _ in 0..<3 {
            queue.add(.work(node: new), at: clock.now + hours(0, 3, &fate))
            queue.add(.beginRound(node: new), at: clock.now + hours(0, 6, &fate))
        }
    }

    /// Changes a cell of the outlet's at head office without anything else; false where there is
    /// none that is compared and decides nothing.
    private func flipCell(of outlet: UnitCode) throws -> Bool {
        let table = fate.pick(["dayClose", "contact", "reminder"])
        let column = table == "dayClose" ? "balanceSum" : "at"
        return try office.flip(column, of: table, outlet: outlet)
    }

    private func putBackOffice() throws {
        guard !office.backups.isEmpty else { return }
        let backup = fate.pick(office.backups)
        try office.restore(backup, at: clock.now)
        owners = backup.owners
        seen = seen.map { _ in [] }
        try office.start()
    }

    /// A record that another program wrote while the node was stopped; as poison, one with a text
    /// longer than any that head office takes.
    private func writeAsOtherProgram(_ index: Int, isPoison: Bool) throws {
        let node = nodes[index]
        let client = scenario.clients.first { $0.outlets.contains(node.outlet) }
        guard let client, !node.isClone, !node.isRetired, node.round == nil, node.extracts > 0
        else { return }
        node.die()
        let id = "\(isPoison ? "poison" : "other")-\(clock.now)-\(index)"
        try node.disk.write { db in
            if isPoison {
                try insertPoison(db, id)
            } else {
                try insertContact(db, id, client.number, node)
            }
        }
        if isPoison {
            poison.insert(id)
        } else {
            ledger.note(id, outlet: node.outlet, node: index)
        }
        try node.start()
    }

    private func insertPoison(_ db: Database, _ id: String) throws {
        let facts: JSONValue = ["text": .string(String(repeating: "x", count: 20_000))]
        try db.execute(
            sql: """
                INSERT INTO reminder (id, staff, kind, dueOn, facts, at)
                VALUES (?, 'nobody', 'assigned', ?, ?, ?)
                """,
            arguments: [id, Scenario.day(today), facts.description, clock.now])
    }

    private func insertContact(
        _ db: Database, _ id: String, _ customer: CustomerNumber, _ node: NodeMachine
    ) throws {
        let note = FieldCipher(key: node.keys.data).seal(
            "by another program", table: "contact", row: id, column: "note")
        try db.execute(
            sql: """
                INSERT INTO contact (id, customer, staff, way, date, note, at)
                VALUES (?, ?, ?, 'call', ?, ?, ?)
                """,
            arguments: [
                id, customer, scenario.teller(node.outlet), Scenario.day(today), Blob(note),
                clock.now,
            ])
    }

    /// A stranger comes with forged records, or with records of a later version.
    func bringStranger() throws {
        guard var stranger, let bank = office.store else { return }
        let victim = fate.pick(scenario.outlets)
        let customer = fate.pick(scenario.clients).number
        try office.machine.inspect {
            if plan.has(.forged) {
                let name = try stranger.forge(bank, against: victim, on: customer, &fate)
                note("stranger: \(name)")
                injected[.forged, default: 0] += 1
                try stranger.look(bank)
            }
            if plan.has(.schemaSkew) {
                try stranger.sendFromLaterVersion(bank, "strange-\(clock.now)")
                note("stranger of a later version")
                injected[.schemaSkew, default: 0] += 1
            }
            try stranger.check(bank)
        }
        checked += 2
        self.stranger = stranger
    }
}
