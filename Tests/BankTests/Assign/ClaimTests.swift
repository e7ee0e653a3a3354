import Bank
import TestSupport
import Testing

struct ClaimTests {
    @Test(
        arguments: [
            .made("a"), .made("a", by: .gulou, .release, on: "p"),
            .made("a", by: .gulou, .transfer, on: "p", to: .xihu),
            .made("a", by: .zhejiang, .ruling, on: "p", to: .xihu),
            .made("a", card: true, holdings: nil, demand: nil, began: nil),
        ] as [Claim])
    func `a claim is read back from its content`(claim: Claim) {
        #expect(Claim(id: claim.id, content: claim.content) == claim)
    }

    @Test(arguments: [
        "author", "businessDate", "customer", "enteredBy", "evidence", "firstTier", "kind",
        "outlet", "manager", "stamp",
    ])
    func `a claim that lacks what it must say is none`(field: String) {
        var content = Claim.made("a").content.object ?? [:]
        content[field] = .null

        #expect(Claim(id: "a", content: .object(content)) == nil)
    }

    @Test(
        arguments: [
            (
                "a release that gives", .made("a", by: .gulou, .release, on: "p"),
                ["outlet": "330201"]
            ),
            ("a release that names a manager", .made("a", .release, on: "p"), ["manager": "ada"]),
            ("an unknown kind", .made("a"), ["kind": "gift"]),
            ("a date that is none", .made("a"), ["businessDate": "2025-02-30"]),
            ("a ruling by an outlet", .made("a"), ["kind": "ruling"]),
            ("a reorganisation by an outlet", .made("a"), ["kind": "reorganisation"]),
            ("an exit by an outlet", .made("a", .release, on: "p"), ["kind": "exit"]),
        ] as [(String, Claim, [String: JSONValue])])
    func `a claim that its author may not write, or of no known form, is none`(
        name: String, claim: Claim, change: [String: JSONValue]
    ) {
        let content = (claim.content.object ?? [:]).merging(change) { _, new in new }

        #expect(Claim(id: "a", content: .object(content)) == nil)
    }

    @Test func `a ruling may leave the customer awaiting assignment`() {
        var content = Claim.made("a", by: .zhejiang, .ruling, to: .xihu).content.object ?? [:]
        content["manager"] = .null

        #expect(Claim(id: "a", content: .object(content))?.manager == nil)
        #expect(Claim(id: "a", content: .object(content)) != nil)
    }
}
