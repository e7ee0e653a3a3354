import Bank
import TestSupport
import Testing

/// What the first-tier branch's word on a customer says to an outlet.
struct FirstTierWordTests {
    private func word(_ standing: Standing) -> FirstTierWord {
        FirstTierWord(
            standing: standing, activeCard: false, outlets: 2,
            history: StandingHistory([standing]), said: 1)
    }

    private func assets(_ yuan: Int64, largest: Int64) -> Assets {
        Assets(financial: HalfFen(yuan * 200), largestAccount: Fen(largest * 100))
    }

    @Test func `what is held elsewhere is the whole less what is held here`() {
        let word = word(.ofFirstTier("2025-03-01", .target, assets: 120_000, largest: 60_000))

        #expect(
            word.elsewhere(beside: assets(50_000, largest: 50_000))
                == assets(70_000, largest: 60_000))
        // The largest account may be here.
        #expect(
            word.elsewhere(beside: assets(60_000, largest: 60_000)) == assets(60_000, largest: 0))
        // An outlet whose newest figures the branch does not have yet may hold more than all.
        #expect(word.elsewhere(beside: assets(200_000, largest: 200_000)) == .none)
    }

    @Test func `a renewal at the outlet stays, and only of a target by hand`() {
        func below(_ origin: Origin) -> BusinessDay? {
            word(
                .ofFirstTier(
                    "2025-06-01", .target, since: "2025-03-01", origin: origin,
                    belowSince: "2025-03-01", assets: 1000, largest: 1000)
            ).standing(beside: .none, .init(renewedOn: day("2025-05-01"))).belowSince
        }

        #expect(below(.manual) == day("2025-05-01"))
        #expect(below(.rule) == day("2025-03-01"))
    }

    @Test func `an addition by hand goes before a word that does not know of it`() {
        let word = word(.ofFirstTier("2025-03-01", .potential, assets: 20_000, largest: 20_000))

        #expect(word.isOverruled(by: .init(addedByHand: true)))
        #expect(!word.isOverruled(by: .init()))
    }

    @Test func `the steps to a word's pool are those of the rules`() {
        let target = word(.ofFirstTier("2025-03-01", .target, assets: 120_000, largest: 60_000))

        #expect(target.transitions(from: .retained).map(\.from) == [.retained, .potential])
        #expect(target.transitions(from: .retained).map(\.to) == [.potential, .target])
        #expect(target.transitions(from: .target) == [])
    }

    @Test func `a history comes back as it was sent`() throws {
        let history = StandingHistory([
            .ofFirstTier("2025-03-01", .potential, assets: 20_000, largest: 20_000),
            .ofFirstTier("2025-03-05", .target, assets: 120_000, largest: 60_000),
        ])

        #expect(history.pools.map(\.to) == [day("2025-03-05"), nil])
        #expect(StandingHistory(json: history.json) == history)
        #expect(StandingHistory(json: ["pools": [["pool": "vip"]], "tiers": []]) == nil)
    }
}
