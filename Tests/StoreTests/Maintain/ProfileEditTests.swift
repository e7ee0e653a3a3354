import Bank
import Store
import TestSupport
import Testing
import Vault

struct ProfileEditTests {
    private let store: BranchStore

    /// Wang is Ada's by assignment.
    init() throws {
        store = try BranchStore.alone()
        try store.takeAndClose(
            [ExtractBuilder(day("2025-03-01")).holding(.wang, "300000")], in: TemporaryDirectory())
        _ = try store.assign([.wang], to: .ada, by: .eve)
    }

    @Test(
        arguments: [
            (StaffID.ada, ProfileField.hobbies, " 钓鱼 \n", "钓鱼"),
            (.eve, .mobile, "+86 138-1234-5678", "13812345678"), (.tom, .family, "", nil),
        ] as [(StaffID, ProfileField, String, String?)])
    func `a field is written trimmed, by whoever may`(
        staff: StaffID, field: ProfileField, typed: String, kept: String?
    ) throws {
        let other = field == .mobile ? "13700000000" : "旧"
        _ = try store.edit(field, of: .wang, to: other, by: .eve)

        let edit = try store.edit(field, of: .wang, to: typed, by: staff)

        #expect(edit.value == kept)
        #expect(try store.profile(of: .wang, by: "os:test")[field] == kept)
    }

    @Test(
        arguments: [
            (
                "a mobile that is none", StaffID.eve, ProfileField.mobile, "0571-88886666",
                Refusal(.invalidMobile)
            ),
            (
                "too long", .eve, .hobbies, String(repeating: "长", count: 201),
                Refusal(.textTooLong, ["field": "value", "most": "200"])
            ),
            (
                "another manager's customer", .ben, .hobbies, "x",
                Refusal(.notAllowed, ["staff": "ben"])
            ),
            ("another outlet's staff", .sun, .hobbies, "x", Refusal(.notAllowed, ["staff": "sun"])),
            ("marketing as a field", .eve, .marketing, "agreed", Refusal(.fieldByItself)),
        ] as [(String, StaffID, ProfileField, String, Refusal)])
    func `what the rules do not admit is refused and changes nothing`(
        name: String, staff: StaffID, field: ProfileField, text: String, refusal: Refusal
    ) throws {
        #expect(throws: refusal) { try store.edit(field, of: .wang, to: text, by: staff) }
        #expect(try store.profile(of: .wang, by: "os:test").history == [])
    }

    @Test func `a customer who is not served here has no profile here`() throws {
        #expect(throws: Refusal(.unknownCustomer, ["customer": "3300000002"])) {
            try store.edit(.hobbies, of: .zhang, to: "x", by: .eve)
        }
    }

    @Test func `both values of a field stay in its history, and the same again adds nothing`()
        throws
    {
        _ = try store.edit(.hobbies, of: .wang, to: "钓鱼", by: .ada)
        _ = try store.edit(.hobbies, of: .wang, to: "书法", by: .eve, because: "来访时说")
        _ = try store.edit(.hobbies, of: .wang, to: "书法", by: .eve)

        let profile = try store.profile(of: .wang, by: "os:test")
        #expect(profile[.hobbies] == "书法")
        #expect(profile.history.map(\.value) == ["书法", "钓鱼"])
        #expect(profile.history[0].note == "来访时说")
    }

    @Test func `whoever hears a refusal writes it down; an agreement is told how it was given`()
        throws
    {
        _ = try store.note(.refused, of: .wang, by: .ben)
        #expect(try store.marketingHold(on: .wang) == .refused)
        #expect(throws: Refusal(.reasonMissing)) {
            try store.note(.agreed, of: .wang, by: .ada, because: " ")
        }
        #expect(throws: Refusal(.notAllowed, ["staff": "ben"])) {
            try store.note(.agreed, of: .wang, by: .ben, because: "书面同意")
        }

        _ = try store.note(.agreed, of: .wang, by: .ada, because: "书面同意")

        #expect(try store.marketingHold(on: .wang) == nil)
        #expect(try store.profile(of: .wang, by: "os:test").marketing == .agreed)
    }

    @Test func `a message is no way to a customer who refused; a call is`() throws {
        _ = try store.note(.refused, of: .wang, by: .tom)

        for way in [Contact.Way.sms, .wechat] {
            #expect(throws: Refusal(.marketingRefused, ["customer": "3300000001"])) {
                try store.addContact(with: .wang, by: .ada, way: way, note: "理财新品")
            }
        }
        #expect(try store.addContact(with: .wang, by: .ada, way: .call, note: "续存").way == .call)
    }

    @Test func `a mobile is shown in full only with a reason`() throws {
        _ = try store.edit(.mobile, of: .wang, to: "13912345678", by: .ada)

        #expect(
            try store.unmask("profile-mobile", of: .wang, by: .ada, reason: "约见") == "13912345678")
        #expect(throws: Refusal(.reasonMissing)) {
            try store.unmask("profile-mobile", of: .wang, by: .ada, reason: "")
        }
    }
}
