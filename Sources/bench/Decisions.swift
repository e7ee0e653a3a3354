import Bank
import CBaseline
import Sealing

/// P4: who owns each of many customers whom two or three outlets claim.
enum Decisions {
    /// So many at a time, so that the claims themselves take no memory to speak of.
    private static let slice = 2000

    static func measure(count: Int, pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        let decided = interleaved(pairs) { _ in
            var cpu = 0.0
            var wall = 0.0
            for start in stride(from: 0, to: count, by: slice) {
                let contested = (start..<min(start + slice, count)).map(claims)
                let timing = Timing.of {
                    for claims in contested {
                        let decision = Settlement(
                            customer: claims[0].customer, firstTier: Cast.firstTier, previous: nil,
                            claims: claims
                        ).decide()
                        precondition(decision.owner != nil, "somebody wins")
                    }
                }
                cpu += timing.cpu
                wall += timing.wall
            }
            return Timing(cpu: cpu, wall: wall)
        } theirs: { _ in
            let path = workspace.next("owners")
            let database = BareDatabase(path)
            defer { workspace.remove(path) }
            return Timing.of { cbaseline_upsert_owners(database.handle, Int64(count)) }
        }
        return [
            .rate(
                .p4, "decide \(count) contested ownerships, against a bare upsert of as many",
                decided, .atLeast(0.5))
        ]
    }

    /// Two claims, or three for every third customer; half are told apart by their holdings.
    private static func claims(on index: Int) -> [Claim] {
        (0..<(index % 3 == 0 ? 3 : 2)).map { place in
            let outlet = UnitCode("33010\(place + 1)")
            let day = BusinessDay(daysSinceEpoch: 20_089)
            return Claim(
                id: ClaimID(Digest.sha256("\(index)/\(place)").hex),
                customer: CustomerNumber("33\(index)"), firstTier: Cast.firstTier, author: outlet,
                kind: .assignment, base: nil, outlet: outlet, manager: "m000001",
                evidence: Evidence(
                    activeCard: false, holdings: HalfFen(index % 2 == 0 ? 200 : Int64(place)),
                    demandAccountOpened: BusinessDay(
                        daysSinceEpoch: 18_000 + Int32(place)),
                    businessDate: day),
                businessDate: day, stamp: "0", enteredBy: "s000001")
        }
    }
}
