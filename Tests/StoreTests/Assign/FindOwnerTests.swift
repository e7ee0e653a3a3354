import Bank
import Store
import TestSupport
import Testing
import Vault

/// The owner of any customer by whatever strong key somebody brings to the counter.
struct FindOwnerTests {
    private let node: NodeOnDisk
    private let store: BranchStore
    private static let mobile = "13800138000"

    /// Wang is Ada's; Zhang and Zhou, who are nobody's, share a mobile.
    init() throws {
        node = try NodeOnDisk()
        store = try node.open()
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-01"))
                    .customerRow(.wang, name: "王小明", mobile: "13911112222")
                    .accountRow("A6222000000000017", of: .wang)
                    .balanceRow("A6222000000000017", "300000")
                    .cardRow("6228480000001234", of: .wang)
                    .customerRow(
                        .zhang, name: "张三", idNumber: "440524188001010014", mobile: Self.mobile
                    )
                    .accountRow("A2", of: .zhang)
                    .customerRow(
                        .zhou, name: "王小明", idNumber: "370101190102039973", mobile: Self.mobile
                    )
                    .accountRow("A3", of: .zhou)
            ], in: node.directory)
        _ = try store.assign([.wang], to: .ada, by: .eve)
    }

    private func numbers(_ text: String, as kind: StrongKey.Kind? = nil) throws -> [CustomerNumber]
    {
        try store.owners(by: text, as: kind, actor: "ben").found.map(\.owner.customer)
    }

    private func audited() throws -> [String] {
        try node.dump()["audit"].filter { $0.contains("looked-up-owner") }
    }

    @Test(arguments: [
        "3300000001", "11010519491231002X", "11010519491231002x", "110105491231002",
        "1101 0519 4912 3100 2X", "A6222000000000017", "6228480000001234", "6228 4800 0000 1234",
        "13911112222", "+86 139-1111-2222", "王小明 002X", "王小明 1002",
    ])
    func `each strong key finds the one customer who has it`(key: String) throws {
        let search = try store.owners(by: key, actor: "ben")

        let found = try #require(search.found.first)
        #expect(search.found.count == 1)
        #expect(found.owner.customer == .wang)
        #expect(found.owner.ownership.owner?.manager == .ada)
        #expect(found.owner.ownership.state == .provisional)
        #expect(found.name == "王**")
        #expect(found.isServed)
        #expect(search.isByNumber == (key == "3300000001"))
    }

    @Test func `a kind that is named finds by nothing else`() throws {
        #expect(try numbers("6228480000001234", as: .card) == [.wang])
        #expect(try numbers("6228480000001234", as: .account) == [])
        #expect(try numbers("3300000001", as: .identity) == [])
    }

    @Test func `of several who share a mobile each is told`() throws {
        let search = try store.owners(by: Self.mobile, actor: "ben")

        #expect(search.found.map(\.owner.customer) == [.zhang, .zhou])
        #expect(search.found.map(\.owner.ownership.state) == [.unowned, .unowned])
        #expect(search.found.map(\.name) == ["张*", "王**"])
        #expect(!search.isByNumber)
    }

    @Test func `of two with one name the last four tell which`() throws {
        #expect(
            try store.owners(by: "王小明", lastFour: "9973", actor: "ben")
                .found.map(\.owner.customer) == [.zhou])
        #expect(try numbers("王小明 0000") == [])
    }

    @Test func `a key that nobody has is answered with nobody, and when that was known`() throws {
        for key in ["13700000000", "110101199003070011", "李四 1234"] {
            let search = try store.owners(by: key, actor: "ben")

            #expect(search.found.isEmpty)
            #expect(!search.isByNumber)
            #expect(search.asOf == nil)
        }
    }

    @Test func `a number that nobody knows is unowned`() throws {
        let search = try store.owners(by: "3300000009", actor: "ben")

        #expect(search.isByNumber)
        #expect(search.found.map(\.owner.customer) == ["3300000009"])
        #expect(search.found.map(\.owner.ownership) == [.none])
    }

    @Test(arguments: ["王小明", "王", "", "John Smith"])
    func `a name alone finds nobody, and the try is written down`(text: String) throws {
        #expect(throws: Refusal(.notAStrongKey)) { try store.owners(by: text, actor: "ben") }

        let entries = try audited()
        #expect(entries.count == 1)
        #expect(entries.allSatisfy { $0.contains("ben") && !$0.contains("王") })
    }

    @Test func `whom this outlet does not serve its counter does not find`() throws {
        let search = try store.owners(by: "3300000009", servedOnly: true, actor: "tom")

        #expect(search.found.isEmpty)
        #expect(
            try store.owners(by: "13911112222", servedOnly: true, actor: "tom").found.count == 1)
    }

    @Test func `each look-up is audited by customer, never with the key`() throws {
        let keys = [
            "11010519491231002X", "6228480000001234", "13911112222", "A6222000000000017",
            "王小明 002X", "13700000000", "110101199003070011", "6228480000009999",
        ]
        for key in keys { _ = try store.owners(by: key, actor: "ben") }

        let entries = try audited()

        #expect(entries.count == keys.count)
        #expect(entries.count { $0.contains("subject=\"3300000001\"") } == 5)
        #expect(entries.count { $0.contains("\"found\":0") || $0.contains(#"\"found\":0"#) } == 3)
        for entry in entries {
            #expect(entry.contains("ben"))
            for key in keys { #expect(!entry.contains(key)) }
        }
    }

    @Test func `whom CIF has merged into another is that other`() throws {
        try store.takeAndClose(
            [
                ExtractBuilder(day("2025-03-02")).row(
                    "customers.csv",
                    "\(CustomerNumber.zhou),王小明,id_card,370101190102039973,M,,13511112222,,,,"
                        + "\(CustomerNumber.wang)")
            ], in: node.directory)

        #expect(try numbers("13511112222") == [.wang])
        #expect(try numbers("370101190102039973") == [.wang])
    }
}
