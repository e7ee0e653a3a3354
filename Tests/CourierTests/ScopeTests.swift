import Bank
import HeadOfficeStore
import Store
import Sync
import TestSupport
import Testing

/// What an outlet has of customers it no longer serves goes (`sync.md`, statement 12).
struct ScopeTests {
    private let outlets: ThreeOutlets

    /// Wulin owns Wang, Xihu asks for him, Gulou has an account of his and no part in it.
    init() throws {
        outlets = try ThreeOutlets.ownedByWulin()
        try outlets.request()
        try outlets.close("2025-03-03", [.gulou: "900000"])
        try outlets.exchange([.gulou])
    }

    private func closeAccount(on date: String) throws {
        try outlets[.gulou].takeAndClose(
            [
                ExtractBuilder(day(date), outlet: .gulou).accountRow(
                    "A\(UnitCode.gulou)\(CustomerNumber.wang)", of: .wang, closedOn: date)
            ], in: outlets.files)
    }

    @Test func `claims and steps of others go once head office knows of the last account's close`()
        throws
    {
        let gulou = outlets[.gulou]
        #expect(try gulou.disputes(about: .wang).count == 1)
        #expect(try gulou.ownership(of: .wang, by: "t").claims?.isEmpty == false)

        try closeAccount(on: "2025-03-04")
        #expect(try gulou.disputes(about: .wang).count == 1)
        try outlets.exchange([.gulou])

        #expect(try gulou.disputes(about: .wang) == [])
        #expect(try gulou.ownership(of: .wang, by: "t").claims?.isEmpty != false)
        // Who owns the customer stays in the directory.
        #expect(try outlets.owner(at: .gulou) == .ada)
    }

    @Test func `an outlet that serves the customer again gets them again`() throws {
        try closeAccount(on: "2025-03-04")
        try outlets.exchange([.gulou])

        try outlets[.gulou].takeAndClose(
            [
                ExtractBuilder(day("2025-03-05"), outlet: .gulou).holding(
                    .wang, "5", account: "A2")
            ], in: outlets.files)
        try outlets.exchange([.gulou])

        #expect(try outlets[.gulou].disputes(about: .wang).count == 1)
        #expect(try outlets[.gulou].ownership(of: .wang, by: "t").claims?.isEmpty == false)
    }

    @Test func `one that was away while the customer came back loses nothing`() throws {
        try closeAccount(on: "2025-03-04")
        try outlets[.gulou].takeAndClose(
            [
                ExtractBuilder(day("2025-03-05"), outlet: .gulou).holding(
                    .wang, "5", account: "A2")
            ], in: outlets.files)
        try outlets.exchange([.gulou])

        #expect(try outlets[.gulou].disputes(about: .wang).count == 1)
    }

    @Test func `an applicant keeps the steps of its dispute, whoever wrote them`() throws {
        try outlets.take(.refuse(from: nil), at: .wulin, by: .eve)
        try outlets[.xihu].takeAndClose(
            [
                ExtractBuilder(day("2025-03-03"), outlet: .xihu).accountRow(
                    "A\(UnitCode.xihu)\(CustomerNumber.wang)", of: .wang, closedOn: "2025-03-03")
            ], in: outlets.files)
        try outlets.exchange()
        try outlets.exchange()

        #expect(try outlets[.xihu].disputes(about: .wang).map(\.ending) == [.refused])
    }
}
