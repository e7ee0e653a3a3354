import Bank
import HeadOfficeStore
import Sync
import Vault

// Head office settles, and every record is held against the model.

extension Simulation {
    func settle(isForced: Bool) throws {
        guard let bank = office.store else { return }
        let records: [SettlementRecord]
        do {
            records = try bank.settle(
                Scenario.firstTier, now: isForced,
                by: isForced ? Scenario.judge.rawValue : "os:close",
                reason: isForced ? "the simulation ends" : nil)
        } catch is Crash {
            // What was committed before is found at the next look.
            officeCrashed()
            return
        } catch StoreError.diskFull {
            note("office disk full")
            return
        } catch let refusal as Refusal {
            note("office refuses to settle: \(refusal.reason.rawValue)")
            return
        }
        done[.settlement, default: 0] += records.count
        let settled = records.map {
            "\($0.number):\($0.digest.prefix(8)) \($0.customer) \($0.owner?.outlet.rawValue ?? "–")"
        }
        note("office settles \(settled)")
        try followRecords(isForced: isForced)
    }

    /// Holds every record that is new since the last look against the model: also those of a
    /// settlement that a crash kept from being returned.
    func followRecords(isForced: Bool = false) throws {
        guard let bank = office.store else { return }
        let new = try office.records(after: owners.last)
        guard !new.isEmpty else { return }
        let closed = try office.machine.inspect { try closedThrough(bank) }
        for (record, decision) in new {
            let claims = try office.claims(on: record.customer)
            let mayBeLost = injected[.officeRestored, default: 0] > 0
            if let fault = owners.follow(record, decision, claims, mayBeLost: mayBeLost) {
                throw Violation(0, fault)
            }
            for id in (decision["considered"]?.array ?? []).compactMap(\.string) {
                guard let claim = claims.first(where: { $0.id.rawValue == id }) else { continue }
                try checkEvidence(of: claim, decision, record)
            }
            let considered = Set((decision["considered"]?.array ?? []).compactMap(\.string))
            // The first-tier branch's own word is settled at once, with what is open.
            let isDecreed = claims.contains {
                $0.author == Scenario.firstTier && considered.contains($0.id.rawValue)
            }
            if !isForced, !isDecreed { try checkDue(record, claims, closed) }
            checked += 2
        }
    }

    /// Item 6: head office's figure counts, and it is what the core system said of the last close
    /// before the claim's chain began.
    private func checkEvidence(
        of claim: Claim, _ decision: JSONValue, _ record: SettlementRecord
    ) throws {
        guard let outlet = scenario.outlets.firstIndex(where: { $0 == claim.outlet }),
            let client = scenario.clients.firstIndex(where: { $0.number == claim.customer }),
            let holdings = decision["evidence"]?[claim.id.rawValue]?["holdings"]?.int
        else { return }
        let chainDay = claim.evidence.businessDate ?? claim.businessDate
        let before = min(chainDay - Scenario.firstDay, scenario.days)
        let said = scenario.said[outlet][client].prefix(max(before, 0))
        guard said.contains(where: { $0.contains(holdings) }) else {
            throw Violation(
                0, "record \(record.number) counts \(holdings) half-fen that no extract said")
        }
        checked += 1
    }

    private func closedThrough(_ bank: BankStore) throws -> [UnitCode: BusinessDay] {
        var closed: [UnitCode: BusinessDay] = [:]
        for node in try bank.nodes(by: "os:simulate") {
            closed[node.outlet.code] = node.businessDate
        }
        return closed
    }

    /// A customer's claims are due when every outlet known to hold an account has closed and
    /// delivered their business dates, or three business days are over.
    private func checkDue(
        _ record: SettlementRecord, _ claims: [Claim], _ closed: [UnitCode: BusinessDay]
    ) throws {
        guard let client = scenario.clients.first(where: { $0.number == record.customer }),
            let first = claims.map(\.businessDate).min()
        else { return }
        // Only the newest matters where none of them was settled before; the others were due then.
        let newest = closed.values.max() ?? first
        let missing = client.outlets.map { scenario.outlets[$0] }.filter { outlet in
            guard let through = closed[outlet] else { return false }
            return through < first
        }
        checked += 1
        guard missing.isEmpty || newest - first >= 3 else {
            throw Violation(
                0, "record \(record.number) was settled before \(missing[0]) had its time")
        }
    }
}
