import Bank
import HeadOfficeStore
import Sealing
import Sync

/// A node that is none of ours: enrolled as an outlet of its own, it sends what a hostile one
/// would, or what one of a later version does.
struct Stranger {
    private let node: EnrolledNode
    private var batch: Int64 = 0
    private var sequence: Int64 = 0
    private var previous = ""
    /// Contacts that head office is to keep.
    private(set) var sent: Set<String> = []

    init(_ node: EnrolledNode) {
        self.node = node
    }

    /// One forged push; throws where head office keeps any of it.
    mutating func forge(
        _ bank: BankStore, against victim: UnitCode, on customer: CustomerNumber,
        _ chance: inout Chance
    ) throws -> String {
        let day = Scenario.firstDay
        func claim(author: UnitCode, kind: Claim.Kind, outlet: UnitCode) -> Claim {
            Claim.make(
                customer: customer, firstTier: Scenario.firstTier, author: author, kind: kind,
                base: nil, outlet: outlet, manager: StaffID("\(outlet)-M1"),
                evidence: Evidence(
                    activeCard: true, holdings: HalfFen(1 << 50), demandAccountOpened: day,
                    businessDate: day),
                businessDate: day,
                stamp: HybridStamp(milliseconds: 0, counter: 0, node: "stranger"),
                enteredBy: "stranger")
        }
        let name: String
        let rows: TableRows
        switch chance.below(6) {
        case 0:
            name = "another outlet's claim"
            rows = Self.claim(claim(author: victim, kind: .assignment, outlet: victim))
        case 1:
            name = "a ruling by an outlet"
            rows = Self.claim(
                claim(author: Scenario.firstTier, kind: .ruling, outlet: node.outlet))
        case 2:
            name = "a claim under a false name"
            rows = Self.claim(
                claim(author: node.outlet, kind: .assignment, outlet: node.outlet),
                id: String(repeating: "0", count: 64))
        case 3:
            name = "a contact without a column"
            rows = contact("forged", lacking: "note")
        case 4:
            name = "a note beyond all bounds"
            rows = contact("forged", note: String(repeating: "x", count: 40_000))
        default:
            name = "a batch in another outlet's name"
            let part = try part([contact("forged")], outlet: victim)
            guard try refuses(bank, part) else { throw Violation(12, "head office took \(name)") }
            return name
        }
        let part = try part([rows])
        do {
            let reply = try bank.answer(part.message, at: Message.pushPath, from: node)
            guard PushReply(json: reply)?.setApart.isEmpty == false else {
                throw Violation(12, "head office took \(name)")
            }
            follow(part)
        } catch is ExchangeError {
            // Refused whole; the next one begins at the same place.
        }
        return name
    }

    /// Head office passes over what it does not know, and keeps it.
    mutating func sendFromLaterVersion(_ bank: BankStore, _ id: String) throws {
        var known = contact(id)
        known = TableRows(table: known.table, columns: known.columns + ["mood"])
        known.append(contact(id).values.map { $0[0] } + ["glad"])
        var unknown = TableRows(table: "wish", columns: [SyncedTable.version, "id", "wish"])
        unknown.append([.int(sequence + 1), .string(id), "a boat"])
        let part = try part([known, unknown])
        let reply = try bank.answer(part.message, at: Message.pushPath, from: node)
        guard PushReply(json: reply)?.setApart.isEmpty == true else {
            throw Violation(14, "head office set apart what a later version sent")
        }
        follow(part)
        sent.insert(id)
    }

    /// What head office gives a node that serves nobody: no claim, no decision.
    func look(_ bank: BankStore) throws {
        let delta = try bank.delta(for: node, PullRequest(after: 0, organisationVersion: 1))
        guard delta.claims.allSatisfy({ $0.claim.author == node.outlet }),
            delta.settled.allSatisfy({ $0.decision == nil })
        else { throw Violation(12, "a node got rows outside its scope") }
    }

    /// Head office keeps of it what it sent as itself, and nothing else.
    func check(_ bank: BankStore) throws {
        let tables = try bank.received(from: node.outlet, by: "os:simulate")
        guard tables["claim"] == [], Set(tables["contact"] ?? []) == sent else {
            throw Violation(12, "head office keeps a forged record")
        }
    }

    private func refuses(_ bank: BankStore, _ part: Part) throws -> Bool {
        do {
            _ = try bank.answer(part.message, at: Message.pushPath, from: node)
            return false
        } catch is ExchangeError {
            return true
        }
    }

    private mutating func follow(_ part: Part) {
        batch = part.head.number
        sequence = part.head.through
        previous = part.head.hash
    }

    private func part(_ tables: [TableRows], outlet: UnitCode? = nil) throws -> Part {
        var frame = BatchFrameWriter()
        var bytes: [UInt8] = []
        for rows in tables {
            let known = SyncedTable.named(rows.table)
            let types = rows.columns.indices.map { index in
                known?.columns.first { $0.name == rows.columns[index] }?.wireType
                    ?? (rows.values[index].contains { $0.int != nil } ? .integer : .text)
            }
            try frame.append(rows.block(types: types)) { bytes += $1 }
        }
        let (size, content) = try frame.finish { bytes += $1 }
        let head = BatchHead(
            outlet: outlet ?? node.outlet, nodeName: node.name, epoch: node.epoch, lane: .records,
            number: batch + 1, after: sequence, through: sequence + 1, previous: previous,
            size: size, content: content)
        return Part(head: head, index: 0, bytes: bytes)
    }

    private static func claim(_ claim: Claim, id: String? = nil) -> TableRows {
        var rows = TableRows(
            table: "claim", columns: [SyncedTable.version, "id", "customer", "author", "content"])
        rows.append([
            1, .string(id ?? claim.id.rawValue), JSONValue(claim.customer),
            JSONValue(claim.author), .string(claim.content.description),
        ])
        return rows
    }

    private func contact(
        _ id: String, note: String = "by a stranger", lacking: String? = nil
    ) -> TableRows {
        let values: [(String, JSONValue)] = [
            (SyncedTable.version, .int(sequence + 1)), ("id", .string(id)),
            ("customer", "3300009999"), ("staff", "stranger"), ("way", "call"),
            ("date", .int(Int64(Scenario.firstDay.daysSinceEpoch))), ("note", .string(note)),
            ("followUpOn", .null), ("amends", .null), ("at", 0),
        ].filter { $0.0 != lacking }
        var rows = TableRows(table: "contact", columns: values.map(\.0))
        rows.append(values.map(\.1))
        return rows
    }
}
