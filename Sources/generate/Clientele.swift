/// A customer of the first-tier branch as one outlet sees them.
struct Member: Sendable {
    /// Where the outlet stands among those where the customer holds accounts.
    enum Rank: Sendable { case home, guest, secondGuest }

    /// The place of the outlet where the customer first came, from 0.
    let home: Int
    /// From 1, within the home outlet.
    let serial: Int
    let rank: Rank
    /// Whether `Clientele` promises their deposits.
    let isAnchored: Bool
}

/// Who holds accounts at which outlets.
///
/// Of every outlet's own customers the first ones, four percent and at least three, hold accounts
/// at the next outlet, too, the last outlet's at the first; some of them at the one after that.
/// The first three of every outlet (from nine customers an outlet on) are anchored: at both
/// outlets they have a demand account and, in demand and time deposits together, more than
/// 150,000 yuan, of different amounts, from the first date through the last.
struct Clientele: Sendable {
    private static let sharedPercent = 4
    private static let mostAnchored = 3

    private let outlets: Int
    /// Home customers of each outlet.
    let home: Int
    /// Of these, the first so many are shared.
    let shared: Int
    /// Of the shared ones, the last so many are at a third outlet.
    private let atThree: Int

    init(outlets: Int, customers: Int) {
        self.outlets = outlets
        shared = outlets < 2 ? 0 : min(max(3, customers * Self.sharedPercent / 100), customers / 3)
        atThree = outlets < 3 || shared < 3 ? 0 : max(1, shared / 5)
        home = customers - shared - atThree
    }

    /// Everybody with an account at an outlet on the first date.
    func members(of outlet: Int) -> [Member] {
        let own = (1...home).map { member(outlet, $0, .home) }
        guard shared > 0 else { return own }
        let guests = (1...shared).map { member(place(outlet - 1), $0, .guest) }
        let far = ((shared - atThree + 1)..<(shared + 1)).map {
            member(place(outlet - 2), $0, .secondGuest)
        }
        return own + guests + far
    }

    /// The outlets of a shared customer, home first.
    func outlets(of member: Member) -> [Int] {
        let isAtThree = member.serial > shared - atThree
        return (0...(isAtThree ? 2 : 1)).map { place(member.home + $0) }
    }

    /// The first shared customers, those of the first outlet before those of the next.
    func sharedMembers(most: Int) -> [Member] {
        guard shared > 0 else { return [] }
        return Array(
            (0..<outlets).lazy
                .flatMap { outlet in (1...shared).lazy.map { member(outlet, $0, .home) } }
                .prefix(most))
    }

    private func member(_ home: Int, _ serial: Int, _ rank: Member.Rank) -> Member {
        Member(
            home: home, serial: serial, rank: rank,
            isAnchored: serial <= min(shared, Self.mostAnchored))
    }

    private func place(_ outlet: Int) -> Int { (outlet + outlets) % outlets }
}
