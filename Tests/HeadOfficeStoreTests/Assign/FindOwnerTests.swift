import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing
import Vault

/// Head office answers by the same keys, for every first-tier branch whose outlets told of them.
struct FindOwnerTests {
    private let outlets: ThreeOutlets
    private var bank: BankStore { outlets.bank }

    /// Wang is Wulin's; Zhang is a customer of Gulou's whom nobody owns.
    init() throws {
        outlets = try ThreeOutlets.ownedByWulin()
        try outlets[.gulou].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .gulou)
                    .customerRow(
                        .zhang, name: "张三", idNumber: "440524188001010014", mobile: "13800138000")
            ], in: outlets.files)
        try outlets.exchange()
    }

    @Test(arguments: [
        "11010519491231002X", "110105491231002", "13812345678", "王小明 002X",
        "A3301013300000001",
    ])
    func `an owned customer is found by every key`(key: String) throws {
        let search = try bank.owners(by: key, actor: "hal")

        #expect(search.number == nil)
        #expect(search.found.map(\.owner.customer) == [.wang])
        #expect(search.found.map(\.owner.firstTier) == [.zhejiang])
        #expect(search.found.map(\.owner.ownership.owner?.manager) == [.ada])
        #expect(search.found.map(\.name) == ["王**"])
    }

    @Test func `whom nobody owns is found by what the extracts say`() throws {
        for key in ["440524188001010014", "13800138000", "张三 0014"] {
            let search = try bank.owners(by: key, actor: "hal")

            #expect(search.found.map(\.owner.customer) == [.zhang])
            #expect(search.found.map(\.owner.ownership.state) == [.unowned])
        }
    }

    @Test func `a customer number has one answer, whoever knows it`() throws {
        #expect(try bank.owners(by: "3300000001", actor: "hal").number == .wang)
        let unknown = try bank.owners(by: "3300000009", actor: "hal")
        #expect(unknown.number == "3300000009")
        #expect(unknown.found.isEmpty)
    }

    @Test func `one first-tier branch answers for itself alone`() throws {
        let key = "13812345678"

        #expect(try bank.owners(by: key, firstTier: .jiangsu, actor: "oki").found.isEmpty)
        #expect(try bank.owners(by: key, firstTier: .zhejiang, actor: "fay").found.count == 1)
    }

    @Test func `a name alone is refused`() throws {
        #expect(throws: Refusal(.notAStrongKey)) { try bank.owners(by: "王小明", actor: "hal") }
    }

    @Test func `a look-up is written down with whom it found, never with the key`() throws {
        let office = try HeadOfficeOnDisk(world: TestWorld())
        for key in ["13812345678", "11010519491231002X", "王小明 002X", "6228480000009999"] {
            _ = try office.store.owners(by: key, actor: "hal")
        }

        let entries = try TableDump(office.directory.path + "/office/data.sqlite")["audit"].filter {
            $0.contains("looked-up-owner")
        }
        #expect(entries.count == 4)
        for key in ["13812345678", "11010519491231002X", "王", "6228480000009999"] {
            #expect(entries.allSatisfy { !$0.contains(key) })
        }
    }

    @Test func `every owner that a customer had is told, with the record that made them`() throws {
        _ = try bank.adjudicate(.wang, to: .xihu, manager: .cai, by: .fay, opinion: "随客户")

        let history = try #require(
            try bank.ownership(of: .wang, firstTier: .zhejiang, by: "fay").first
        ).history

        #expect(history.periods.map(\.manager) == [.ada, .cai])
        #expect(history.periods.map(\.reason) == [.assignment, .ruling])
        #expect(history.periods.map(\.enteredBy) == [.eve, .fay])
        #expect(history.periods.map(\.isOver) == [true, false])
        #expect(history.periods.first?.to == history.periods.last?.from)
        #expect(history.periods.compactMap(\.record).count == 2)
    }
}
