import Bank
import CBaseline
import Store

/// P7: who owns a customer, asked of a node whose directory has all of the first-tier branch's.
///
/// Looks are written down together, between those that are timed.
enum LookUps {
    private static let looks = 2000

    static func measure(rows: Int, pairs: Int, _ workspace: Workspace) throws -> [Figure] {
        let count = rows * 10
        let outlet = try Outlet(workspace)
        BareDatabase(outlet.database).with { cbaseline_fill_directory($0, Int64(count)) }
        let store = try outlet.open()
        store.groupLooks()
        let bare = BareDatabase(outlet.database)
        return try bare.with { handle in
            guard let look = cbaseline_make_look(handle) else { throw BookError.noLook }
            defer { cbaseline_free_look(look) }
            return try measure(store, look, count, pairs)
        }
    }

    private static func measure(
        _ store: BranchStore, _ look: OpaquePointer, _ count: Int, _ pairs: Int
    ) throws -> [Figure] {
        // Both read pages that the system has, and that their own caches have not.
        for customer in customers(count, from: 0) {
            _ = try store.owner(of: customer, by: "m000001")
            _ = cbaseline_look_up(look, customer.rawValue)
        }
        var (ours, theirs): ([[Double]], [[Double]]) = ([], [])
        for pair in 1...pairs {
            try store.writeDownLooks()
            let customers = customers(count, from: pair)
            var (mine, other): ([Double], [Double]) = ([], [])
            for (index, customer) in customers.enumerated() {
                func lookHere() throws {
                    mine.append(
                        try Timing.of {
                            let answer = try store.owner(of: customer, by: "m000001")
                            precondition(answer.ownership.owner != nil, "everybody has an owner")
                        }.wall)
                }
                if index % 2 == 0 { try lookHere() }
                other.append(
                    Timing.of {
                        let isOwned = cbaseline_look_up(look, customer.rawValue)
                        precondition(isOwned == 1, "everybody has an owner")
                    }.wall)
                if index % 2 == 1 { try lookHere() }
            }
            ours.append(mine.sorted())
            theirs.append(other.sorted())
        }
        func figure(_ part: Double, _ reach: Reach) -> Figure {
            let pairs = zip(ours, theirs).map { ours, theirs in
                let place = Int(Double(looks) * part)
                return (
                    ours: Timing(cpu: ours[place], wall: ours[place]),
                    theirs: Timing(cpu: theirs[place], wall: theirs[place])
                )
            }
            return .rate(
                .p7, "owner of one of \(count), p\(Int(part * 100)) of the wall time", pairs, reach,
                by: \.wall, isCost: true)
        }
        return [figure(0.5, .atMost(1.5)), figure(0.99, .atMost(2))]
    }

    private static func customers(_ count: Int, from seed: Int) -> [CustomerNumber] {
        (0..<looks).map { index in
            let place = (seed * looks + index) &* 7_919_999 % count
            let number = String(place * 3)
            return CustomerNumber(
                "33" + String(repeating: "0", count: 10 - number.count) + number)
        }
    }
}
