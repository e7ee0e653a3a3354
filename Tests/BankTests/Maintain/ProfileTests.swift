import Bank
import TestSupport
import Testing

struct ProfileTests {
    private static let decade: Int64 = 10 * 365 * 86_400_000
    private static let now: Int64 = 1_743_465_600_000
    private static let earlier: Int64 = now - 1
    private static let later: Int64 = now + 1
    private static let behind: Int64 = now - decade
    private static let ahead: Int64 = now + decade
    private static let furtherAhead: Int64 = ahead + 1
    private static let latest: Int64 = now + HybridStamp.tolerance
    private static let tooLate: Int64 = latest + 1

    /// An edit of the field hobbies, its value named as the edit.
    private static func edit(
        _ name: String, at milliseconds: Int64, _ counter: Int = 0, by outlet: UnitCode = .wulin,
        writtenAt: Int64? = nil, field: ProfileField = .hobbies, value: String? = nil,
        lifts: Set<ProfileEditID> = [], of customer: CustomerNumber = .wang
    ) -> ProfileEdit {
        let node = "node-\(outlet)"
        return ProfileEdit(
            id: ProfileEditID("\(outlet)-\(name)"), author: outlet, customer: customer,
            field: field.rawValue, value: value ?? name, note: nil, lifts: lifts,
            stamp: HybridStamp(milliseconds: milliseconds, counter: counter, node: node),
            written: HybridStamp(
                milliseconds: writtenAt ?? milliseconds, counter: counter, node: node),
            staff: .eve, date: day("2025-04-01"))
    }

    @Test(
        arguments: [
            ("nothing written", [], nil),
            ("one edit", [edit("a", at: now)], "a"),
            ("the newer one", [edit("a", at: now), edit("b", at: later, by: .xihu)], "b"),
            (
                "the later one of one millisecond",
                [edit("a", at: now, 1), edit("b", at: now, 0, by: .xihu)], "a"
            ),
            (
                "of two equally new, the greater node's",
                [edit("a", at: now), edit("b", at: now, by: .gulou)], "b"
            ),
            (
                "a clock ten years behind loses to what it never saw",
                [edit("a", at: now), edit("b", at: behind, by: .xihu)], "a"
            ),
            (
                "a clock ten years ahead wins until head office caps it",
                [edit("a", at: now), edit("b", at: ahead, by: .xihu)], "b"
            ),
            (
                "and is overtaken five minutes after it was capped",
                [
                    edit("a", at: tooLate),
                    edit("b", at: latest, by: .xihu, writtenAt: ahead),
                ], "a"
            ),
            (
                "of what one clock wrote and was capped at once, the later written",
                [
                    edit("a", at: now, writtenAt: ahead),
                    edit("b", at: now, writtenAt: furtherAhead),
                ], "b"
            ),
            (
                "of two clocks capped at once, the greater node's, whichever is further ahead",
                [
                    edit("a", at: now, writtenAt: ahead),
                    edit("b", at: now, by: .xihu, writtenAt: later),
                ], "b"
            ),
        ] as [(String, [ProfileEdit], String?)])
    func `per field the newest stamp counts, in every order of arrival`(
        name: String, edits: [ProfileEdit], value: String?
    ) {
        for order in permutations(edits) {
            let profile = Profile(order)

            #expect(profile[.hobbies] == value)
            #expect(Set(profile.history) == Set(edits))
            #expect(profile.history == Profile(edits).history)
        }
    }

    @Test func `fields do not touch each other, and an emptied field is empty`() {
        let profile = Profile([
            Self.edit("fishing", at: Self.now),
            Self.edit("teacher", at: Self.earlier, field: .employer),
            ProfileEdit(
                id: "330101-x", author: .wulin, customer: .wang, field: "family", value: nil,
                note: nil, lifts: [],
                stamp: HybridStamp(milliseconds: Self.now, counter: 0, node: "n"),
                written: HybridStamp(milliseconds: Self.now, counter: 0, node: "n"), staff: .eve,
                date: day("2025-04-01")),
        ])

        #expect(profile[.hobbies] == "fishing")
        #expect(profile[.employer] == "teacher")
        #expect(profile[.family] == nil)
        #expect(profile.current[.family] != nil)
    }

    private static func refusal(_ name: String, at: Int64, by outlet: UnitCode = .wulin)
        -> ProfileEdit
    {
        edit(name, at: at, by: outlet, field: .marketing, value: "refused")
    }

    private static func agreement(
        _ name: String, at: Int64, by outlet: UnitCode = .xihu, lifting lifts: Set<ProfileEditID>
    ) -> ProfileEdit {
        edit(name, at: at, by: outlet, field: .marketing, value: "agreed", lifts: lifts)
    }

    @Test(
        arguments: [
            ("nobody asked", [], nil),
            ("agreed", [agreement("a", at: now, lifting: [])], .agreed),
            ("refused", [refusal("r", at: now)], .refused),
            (
                "refused before a newer agreement that knew nothing of it",
                [refusal("r", at: now), agreement("a", at: later, lifting: [])], .refused
            ),
            (
                "refused by a clock ten years behind",
                [refusal("r", at: behind), agreement("a", at: now, lifting: [])], .refused
            ),
            (
                "agreed again by somebody who knew of the refusal, whatever the clocks say",
                [
                    refusal("r", at: now),
                    agreement("a", at: behind, lifting: ["330101-r"]),
                ], .agreed
            ),
            (
                "refused elsewhere meanwhile",
                [
                    refusal("r", at: now), refusal("s", at: earlier, by: .gulou),
                    agreement("a", at: later, lifting: ["330101-r"]),
                ], .refused
            ),
        ] as [(String, [ProfileEdit], MarketingChoice?)])
    func `R15: a refusal of marketing wins every merge`(
        name: String, edits: [ProfileEdit], choice: MarketingChoice?
    ) {
        for order in permutations(edits) { #expect(Profile(order).marketing == choice) }
    }

    @Test func `marketing messages pause while refused or contested`() {
        let refused = Profile([Self.refusal("r", at: Self.now)])
        let contested = Ownership(
            owner: .init(manager: .ada, outlet: .wulin, since: day("2025-04-01")),
            state: .contested, claim: "c")

        #expect(MarketingHold(Profile([]), .none) == nil)
        #expect(MarketingHold(refused, .none) == .refused)
        #expect(MarketingHold(Profile([]), contested) == .contested)
        #expect(MarketingHold(refused, contested) == .refused)
    }

    @Test(
        arguments: [
            (now, now), (behind, behind),
            (latest, latest),
            (tooLate, latest),
            (ahead, latest),
        ])
    func `a stamp counts as five minutes after head office's time at the latest`(
        written: Int64, counts: Int64
    ) {
        let stamp = HybridStamp(milliseconds: written, counter: 3, node: "n")

        let capped = stamp.capped(at: Self.now)

        #expect(capped.milliseconds == counts)
        #expect(capped.counter == (written == counts ? 3 : 0))
        #expect(capped.node == "n")
    }

    /// Zhang's refusal, said again for Wang by two outlets since CIF merged the numbers.
    private static let heard = edit(
        "a", at: earlier, field: .marketing, value: "refused", of: .zhang)
    private static let again = edit(
        "b", at: now, field: .marketing, value: "refused", lifts: ["330101-a"])
    private static let twice = edit(
        "b", at: now, by: .xihu, field: .marketing, value: "refused", lifts: ["330101-a"])

    @Test(arguments: [[heard, again, twice], [again, twice], [again], [heard, again]])
    func `a refusal that is said again is one, and falls with an agreement to either`(
        known: [ProfileEdit]
    ) {
        let agreed = Self.edit(
            "c", at: Self.later, by: .gulou, field: .marketing, value: "agreed",
            lifts: ["330101-b"])

        #expect(Profile(known).marketing == .refused)
        #expect(Profile(known + [agreed]).marketing == .agreed)
        #expect(Profile(known).refusals(notUnder: .wang) == [])
    }

    @Test func `one that says several again goes by the first of their names, everywhere`() {
        let names: Set<ProfileEditID> = ["330101-a", "330101-x", "330101-y", "330101-z"]
        let strange = Self.edit(
            "b", at: Self.now, field: .marketing, value: "refused", lifts: names)
        for name in names {
            let agreed = Self.edit(
                "c", at: Self.later, field: .marketing, value: "agreed", lifts: [name])
            let isLifted = Profile([strange, agreed]).marketing == .agreed
            #expect(isLifted == (name == "330101-a"))
        }
    }

    @Test func `a refusal that nobody said again is to be, and a later one stands by itself`() {
        let later = Self.edit(
            "d", at: Self.later, field: .marketing, value: "refused", of: .zhang)
        let agreed = Self.edit(
            "c", at: Self.later, field: .marketing, value: "agreed", lifts: ["330101-b"])

        #expect(Profile([Self.heard]).refusals(notUnder: .wang) == [Self.heard])
        let profile = Profile([Self.heard, Self.again, agreed, later])
        #expect(profile.marketing == .refused)
        #expect(profile.refusals(notUnder: .wang) == [later])
    }

}
