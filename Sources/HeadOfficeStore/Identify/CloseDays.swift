package import Bank
import GRDB
package import Sync
import Vault

/// What the first-tier branch's close of one date decided.
package struct TierClosedDay: Hashable, Sendable {
    package let firstTier: UnitCode
    package let date: BusinessDay
    /// The outlets whose last figures were carried forward.
    package let late: [UnitCode]
    /// Looked at, because something may have moved them.
    package let customers: Int
    package let potentialIn: Int
    package let potentialOut: Int
    package let targetIn: Int
    package let targetOut: Int
    /// Targets of each tier; nil but at a month's end.
    package let tiers: [Tier: Int]?
}

/// What a run of the first-tier branches' close did.
package struct TierCloses: Sendable {
    package var days: [TierClosedDay] = []
    /// How many customers were closed again from an earlier date, by first-tier branch.
    package var reclosed: [UnitCode: Int] = [:]
    /// Decisions on closed dates that came out otherwise, for the first-tier supervisor.
    package var differences = 0
    /// Ownerships that ended because the customer left the target pool.
    package var exits: [SettlementRecord] = []
    /// What was due and settled afterwards.
    package var settled: [SettlementRecord] = []
}

extension BankStore {
    /// So many customers share a commit at the most: an interrupted close loses that much work and
    /// goes on there, and nobody waits longer for the database.
    private static let customersPerClose = 500

    /// Closes date after date from the figures of all outlets, of one first-tier branch or of each:
    /// by default through the latest date that one of its outlets delivered. First whoever's
    /// figures came late or changed is closed again; at the end those who left the target pool are
    /// released, and what is due is settled.
    package func closeDays(
        firstTier code: UnitCode? = nil, through last: BusinessDay? = nil, by actor: String,
        progress: (UnitCode, BusinessDay) -> Void = { _, _ in }
    ) throws -> TierCloses {
        let codes = try code.map { [try firstTier($0).code] } ?? firstTierCodes
        let ends = try closableDates(of: codes, through: last)
        for code in codes { try endRecovery(of: code, isForced: false) }
        // The close and the audit are two databases: who asks is written down before.
        try audit(
            .closed, by: actor, on: code?.rawValue,
            detail: ["intended": true, "through": JSONValue(last)])
        var closes = TierCloses()
        for code in codes {
            let tier = try firstTier(code)
            if let end = ends[code] {
                try closeDays(of: tier, through: end, &closes) { progress(code, $0) }
            }
            try releaseWhoLeft(tier, by: actor, &closes)
        }
        closes.settled = try settle(code, by: actor)
        // Of what was settled just now somebody may have left the pool since.
        for code in codes { try releaseWhoLeft(firstTier(code), by: actor, &closes) }
        try audit(
            .closed, by: actor, on: code?.rawValue,
            detail: [
                "days": JSONValue(closes.days.count), "differences": JSONValue(closes.differences),
                "exits": JSONValue(closes.exits.count),
                "reclosed": JSONValue(closes.reclosed.values.reduce(0, +)),
            ])
        return closes
    }

    /// The first-tier branches that have something to close: a date that an outlet delivered,
    /// figures that came late or changed, or ownerships to end that an interrupted close left.
    package func firstTiersToClose() throws -> [UnitCode] {
        let ends = try closableDates(of: firstTierCodes, through: nil)
        return try firstTierCodes.filter { code in
            guard let end = ends[code] else { return false }
            let isBehind = try translating {
                try firstTier(code).database.readState { db in
                    guard let mark = try db.lastTierCloseMark(), mark.through >= end else {
                        return true
                    }
                    // An outlet that was named as late may have delivered without news.
                    let delivered = try DeliveredDates(db).last
                    let isHeard = mark.late.contains { outlet in
                        delivered[outlet].map { $0 >= mark.through } ?? false
                    }
                    if isHeard { return true }
                    return try Bool.fetchOne(
                        db, prepared: "SELECT EXISTS (SELECT 1 FROM tierDue)") ?? false
                }
            }
            return try isBehind || areExitsDue(in: firstTier(code))
        }
    }

    /// The first-tier branches of which outlets have yet to deliver the date that may be closed and
    /// had delivered the one that was closed last. Whoever closes by themselves waits for those for
    /// a while: what comes after the close has customers closed again.
    package func firstTiersAwaited() throws -> Set<UnitCode> {
        let ends = try closableDates(of: firstTierCodes, through: nil)
        return try Set(
            ends.filter { code, end in
                let outlets = try outletsToHear(in: code).outlets
                return try translating {
                    try firstTier(code).database.readState { db in
                        let delivered = try DeliveredDates(db)
                        let silent = Set(try db.lastTierCloseMark()?.late ?? [])
                        return outlets.subtracting(silent).contains { outlet in
                            delivered.last[outlet].map { $0 < end } ?? false
                        }
                    }
                }
            }.keys)
    }

    /// The last date that may be closed, for each first-tier branch of which anything came. One far
    /// ahead of head office's own clock says nothing.
    private func closableDates(
        of codes: [UnitCode], through last: BusinessDay?
    ) throws -> [UnitCode: BusinessDay] {
        var ends: [UnitCode: BusinessDay] = [:]
        for code in codes {
            let calendar = try TierCalendar(of: code, bank: bank, now: world.now())
            ends[code] = try translating {
                try firstTier(code).database.readState { try calendar.lastDelivered($0) }
            }
        }
        if let last {
            guard let latest = ends.values.max(), last <= latest else {
                throw Refusal(
                    .dateBeyondDelivered,
                    [
                        "date": last.description,
                        "latest": ends.values.max()?.description ?? "–",
                    ])
            }
            ends = ends.mapValues { min($0, last) }
        }
        return ends
    }

    private func closeDays(
        of tier: FirstTier, through end: BusinessDay, _ closes: inout TierCloses,
        progress: (BusinessDay) -> Void
    ) throws {
        let (outlets, gone) = try outletsToHear(in: tier.code)
        // What an interrupted close left half done comes first: closing again is for whole dates.
        try closeDates(tier, through: nil, outlets, gone, &closes, progress)
        try extendBack(tier, outlets)
        try closeAgain(tier, &closes)
        try closeDates(tier, through: end, outlets, gone, &closes, progress)
        // Whatever came in meanwhile.
        try closeAgain(tier, &closes)
        try updateLate(tier, outlets)
    }

    /// The outlets whose figures are to come: those with a node, and those that have sent some,
    /// unless they are closed or under another first-tier branch, as the others are.
    private func outletsToHear(
        in code: UnitCode
    ) throws -> (outlets: Set<UnitCode>, gone: Set<UnitCode>) {
        let tier = try firstTier(code)
        let (enrolled, gone) = try translating {
            try bank.readState { db in
                (
                    try UnitCode.fetchSet(
                        db,
                        prepared: """
                            SELECT outlet FROM node WHERE firstTier = ? AND revokedAt IS NULL
                            """,
                        arguments: [code]),
                    Organisation(units: try db.units(), staff: []).outlets(notOpenIn: code)
                )
            }
        }
        let sent = try translating {
            try tier.database.readState { Set(try DeliveredDates($0).last.keys) }
        }
        return (enrolled.union(sent).subtracting(gone), sent.intersection(gone))
    }

    /// - Parameter end: nil to end what is begun, and no more.
    private func closeDates(
        _ tier: FirstTier, through end: BusinessDay?, _ outlets: Set<UnitCode>,
        _ gone: Set<UnitCode>, _ closes: inout TierCloses, _ progress: (BusinessDay) -> Void
    ) throws {
        while let begun = try beginDate(tier, through: end, gone), let day = begun.date {
            let customers = try translating {
                try tier.database.readState {
                    try $0.customersToClose(on: day, after: begun.customer)
                }
            }
            var rest = customers[...]
            var state: TierProgress? = begun
            repeat {
                let group = rest.prefix(Self.customersPerClose)
                rest = rest.dropFirst(group.count)
                guard let before = state else { break }
                state = try translating {
                    try tier.write(world) { db in try close(group, after: before, db) }
                }
            } while !rest.isEmpty
            // Somebody else closes the same dates: then it is theirs, from where they are.
            guard let done = state, let closed = try endDate(tier, done, outlets) else { continue }
            closes.days.append(closed)
            progress(day)
        }
    }

    /// The date that is to be closed and how far that is; nil where there is none.
    private func beginDate(
        _ tier: FirstTier, through end: BusinessDay?, _ gone: Set<UnitCode>
    ) throws -> TierProgress? {
        let begun = try translating { try tier.database.readState { try $0.unfinishedTierClose() } }
        guard begun == nil, let end else { return begun }
        let settings = try translating { try bank.readState { try $0.parameterSettings() } }
        return try translating {
            try tier.write(world) { db in
                if let begun = try db.unfinishedTierClose() { return begun }
                let first = try db.lastTierClose()?.next ?? db.firstToClose(through: end)
                guard let day = first, day <= end else { return nil }
                try db.noteGone(gone, on: day)
                let progress = TierProgress(date: day)
                try db.set(progress)
                try db.keepTierParameters(
                    ParameterSetting.effective(settings, on: day, firstTier: tier.code), on: day)
                return progress
            }
        }
    }

    /// Closes the date for the next of its customers; nil where it has got somewhere else by now.
    private func close(
        _ customers: ArraySlice<CustomerNumber>, after before: TierProgress, _ db: Database
    ) throws -> TierProgress? {
        guard let day = before.date, try db.unfinishedTierClose() == before else { return nil }
        guard let last = customers.last else { return before }
        let (rules, _) = try db.tierRules(on: day)
        let additions = try db.tierAdditions(on: day)
        let sequence = try db.nextSequence()
        var progress = before
        for customer in customers {
            let closed = try db.close(
                customer, by: rules, isAdded: additions.contains(customer), sequence: sequence)
            if let closed { progress.add(closed.transitions) }
        }
        progress.customer = last
        try db.set(progress)
        return progress
    }

    private func endDate(
        _ tier: FirstTier, _ done: TierProgress, _ outlets: Set<UnitCode>
    ) throws -> TierClosedDay? {
        try translating {
            try tier.write(world) { db in
                guard let day = done.date, try db.unfinishedTierClose() == done else { return nil }
                let late = try DeliveredDates(db).late(on: day, of: outlets)
                try db.insertTierClose(
                    day, late: late, at: world.now(), sequence: try db.nextSequence())
                return TierClosedDay(
                    firstTier: tier.code, date: day, late: late, customers: done.customers,
                    potentialIn: done.potentialIn, potentialOut: done.potentialOut,
                    targetIn: done.targetIn, targetOut: done.targetOut,
                    tiers: day.isEndOfMonth ? try db.tierTargetsByTier() : nil)
            }
        }
    }
}

extension Database {
    /// How far the close of the date begun last is; nil where that is closed whole.
    func unfinishedTierClose() throws -> TierProgress? {
        let progress = try tierProgress()
        guard let date = progress.date, try lastTierClose().map({ $0 < date }) ?? true else {
            return nil
        }
        return progress
    }

    /// Whom the close of `day` has to look at, in the order of their numbers: whose figures at some
    /// outlet begin with it, who is due, whom somebody added or renewed by hand, who was at an
    /// outlet that is gone from here on; all where the parameters changed.
    fileprivate func customersToClose(
        on day: BusinessDay, after last: CustomerNumber?
    ) throws -> [CustomerNumber] {
        try CustomerNumber.fetchAll(
            self,
            prepared: """
                WITH RECURSIVE sender (outlet) AS (
                    SELECT min(outlet) FROM standing
                    UNION ALL
                    SELECT (SELECT min(outlet) FROM standing WHERE outlet > sender.outlet)
                    FROM sender WHERE sender.outlet IS NOT NULL)
                SELECT customer FROM (
                    SELECT standing.customer FROM sender
                    CROSS JOIN standing INDEXED BY standingByOutlet
                    ON standing.outlet = sender.outlet AND standing.date = ?1
                    UNION
                    SELECT customer FROM tierStanding
                    WHERE isLatest = 1 AND reviewOn IS NOT NULL AND reviewOn <= ?1
                    UNION
                    SELECT customer FROM tierStanding WHERE ?2 AND isLatest = 1
                    UNION
                    SELECT customer FROM claim INDEXED BY claimByHand
                    WHERE instr(content, '"kind":"manual"') > 0
                        AND \(Self.businessDate) = ?3
                    UNION
                    SELECT customer FROM targetRenewal WHERE date = ?1
                    UNION
                    SELECT standing.customer FROM tierOutletGone AS gone
                    CROSS JOIN standing INDEXED BY standingByOutlet
                    ON standing.outlet = gone.outlet
                    WHERE gone.fromDate = ?1 OR gone.untilDate = ?1)
                WHERE ?4 IS NULL OR customer > ?4
                ORDER BY customer
                """,
            arguments: [day, try tierRules(on: day).looksAtAll, day.description, last])
    }

    /// Closes one date for one customer; nil where no outlet ever said anything of them.
    ///
    /// - Parameter isAdded: by hand.
    func close(
        _ customer: CustomerNumber, by rules: DailyClose, isAdded: Bool, sequence: Int64
    ) throws -> (standing: Standing, transitions: [Transition])? {
        let position = try tierPosition(of: customer, at: rules.day)
        let previous = try latestTierStanding(of: customer)
        guard previous != nil || !position.isEmpty else { return nil }
        let result = try rules.standing(
            after: previous?.standing, assets: position.assets,
            entries: DailyClose.Entries(
                addedByHand: isAdded,
                renewedOn: try tierRenewal(of: customer, through: rules.day))
        ) {
            try tierAssetHistory(of: customer, through: rules.day.previous)
        }
        let isSaid = position.outlets > 1 && rules.saysAgain(result.standing)
        try save(
            result.standing, position, of: customer, after: previous, evenAlike: isSaid,
            sequence: sequence)
        return result
    }
}

extension DailyClose {
    /// Whether outlets are told where a customer of several stands although nothing changed: what
    /// an outlet knows of earlier assets elsewhere has gaps, so by rules that need them it may have
    /// come to something else. Each month's end looks at all of those customers.
    fileprivate func saysAgain(_ standing: Standing) -> Bool {
        guard day.isEndOfMonth, parameters.needHistory else { return false }
        return switch standing.pool {
        case .retained: false
        case .potential: parameters.averaging != .yearToDate || parameters.januaryPolicy != .reset
        case .target: true
        }
    }
}
