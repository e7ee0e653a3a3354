import Bank
import HeadOfficeStore
import Store
import TestSupport
import Testing

/// Head office's export of an outlet and the node's own are the same bytes when they are in step.
struct CanonicalExportTests {
    private static let all: [UnitCode] = [.wulin, .xihu, .gulou]

    private func here(_ outlets: ThreeOutlets, _ outlet: UnitCode) throws -> [String] {
        var lines: [String] = []
        try outlets[outlet].exportCanonical(by: "os:test") { lines.append($0) }
        return lines
    }

    private func there(_ outlets: ThreeOutlets, _ outlet: UnitCode) throws -> [String] {
        var lines: [String] = []
        try outlets.bank.exportCanonical(of: outlet, by: "os:test") { lines.append($0) }
        return lines
    }

    private func settled() throws -> ThreeOutlets {
        let outlets = try ThreeOutlets()
        try outlets.close("2025-03-01", [.wulin: "300000", .xihu: "100000", .gulou: "500000"])
        try outlets.close("2025-03-02", [.wulin: "400000"], of: .zhang)
        for outlet in Self.all { try outlets.claim(at: outlet) }
        try outlets.claim(.zhang, at: .wulin)
        _ = try outlets[.wulin].addContact(
            with: .wang, by: .tom, way: .call, note: "想了解理财")
        return outlets
    }

    @Test func `in step, both exports are the same bytes`() throws {
        let outlets = try settled()
        #expect(try here(outlets, .wulin) != there(outlets, .wulin))

        try outlets.exchange()
        try outlets.exchange()
        for outlet in Self.all {
            #expect(try here(outlets, outlet) == there(outlets, outlet))
        }
        try outlets.settle(now: true)
        #expect(try here(outlets, .wulin) != there(outlets, .wulin))
        try outlets.exchange()
        try outlets.exchange()

        for outlet in Self.all {
            let lines = try here(outlets, outlet)
            #expect(try lines == there(outlets, outlet))
            #expect(lines.contains { $0.contains(#""table":"settlement""#) })
        }
    }

    @Test func `what followed a customer is in both exports, as long as the customer is here`()
        throws
    {
        let outlets = try ThreeOutlets.ownedByWulin()
        for note in ["想换大额存单", "子女留学"] {
            _ = try outlets[.wulin].addContact(
                with: .wang, by: .ada, way: .visit, note: note, followUpOn: day("2025-03-20"))
        }
        try outlets.exchange()
        func past(_ outlet: UnitCode) throws -> Int {
            try here(outlets, outlet).count { $0.contains(#""table":"pastContact""#) }
        }
        func rule(to outlet: UnitCode, _ manager: StaffID) throws {
            _ = try outlets.bank.adjudicate(
                .wang, to: outlet, manager: manager, by: .fay, opinion: "随客户")
            for _ in 0..<3 { try outlets.exchange() }
        }

        try rule(to: .xihu, .cai)
        #expect(try past(.xihu) == 2 && past(.wulin) == 0 && past(.gulou) == 0)
        for outlet in Self.all {
            #expect(try here(outlets, outlet) == there(outlets, outlet))
        }
        #expect(try !here(outlets, .xihu).contains { $0.contains("子女留学") })

        try rule(to: .wulin, .ada)
        #expect(try past(.xihu) == 0 && past(.wulin) == 0)
        for outlet in Self.all {
            #expect(try here(outlets, outlet) == there(outlets, outlet))
        }
    }

    @Test func `an export names every table once in order and shows no identifier`() throws {
        let outlets = try settled()
        try outlets.exchange()
        try outlets.settle(now: true)
        try outlets.exchange()

        let lines = try here(outlets, .wulin)
        let tables = lines.compactMap { $0.split(separator: "\"").dropLast().last }
        var runs: [Substring] = []
        for table in tables where runs.last != table { runs.append(table) }

        #expect(
            runs == [
                "claim", "contact", "customer", "customerKey", "dayClose", "organisation",
                "reminder", "settlement", "standing",
            ])
        for text in ["王小明", "11010519491231002X", "13812345678", "想了解理财", "13900000000"] {
            #expect(!lines.contains { $0.contains(text) }, "\(text)")
        }
    }

    @Test func `a note that differs shows although no note is shown`() throws {
        let outlets = try settled()
        let other = try settled()
        _ = try outlets[.wulin].addContact(
            with: .zhang, by: .tom, way: .call, note: "甲")
        _ = try other[.wulin].addContact(
            with: .zhang, by: .tom, way: .call, note: "乙")

        let lines = try here(outlets, .wulin).filter { $0.contains(#""table":"contact""#) }
        let others = try here(other, .wulin).filter { $0.contains(#""table":"contact""#) }

        #expect(lines.count == others.count && lines != others)
    }
}
