import Foundation
import Schema
import Sync
import Testing

/// The lists that an addition has to be entered in are complete.
@Suite struct SchemaTests {
    @Test func `every migration in schema is applied somewhere`() {
        let applied = Set(
            (Migrations.branch + Migrations.headOffice + Migrations.firstTier).map(\.name))
        let files = House.files("schema", ".sql").map {
            String($0.path.split(separator: "/").last?.dropLast(".sql".count) ?? "")
        }

        #expect(applied == Set(files))
        #expect(files.count == applied.count)
    }

    @Test func `every table is strict`() {
        for file in House.files("schema", ".sql") {
            let code = file.lines.map { $0.components(separatedBy: "--")[0] }
                .joined(separator: "\n")
            for table in code.components(separatedBy: "CREATE TABLE ").dropFirst() {
                #expect(
                    table.prefix { $0 != ";" }.contains(") STRICT"), "\(file): \(table.prefix(20))")
            }
        }
    }

    @Test func `every table has a comment above it`() {
        for file in House.files("schema", ".sql") {
            let lines = file.lines
            for (index, line) in lines.enumerated() where line.hasPrefix("CREATE TABLE ") {
                #expect(lines[index - 1].hasPrefix("-- "), "\(file): \(line)")
            }
        }
    }

    @Test(arguments: SyncedTable.all.map(\.name))
    func `a synced table stands on both sides, with its change captured`(name: String) {
        let branch = Migrations.branch.map(\.sql).joined()
        let firstTier = Migrations.firstTier.map(\.sql).joined()

        #expect(branch.contains("CREATE TABLE \(name) ("))
        #expect(branch.contains("CREATE TRIGGER \(name)Inserted AFTER INSERT ON \(name) "))
        #expect(branch.contains("CREATE TRIGGER \(name)Changed AFTER UPDATE OF"))
        // A reopening is carried out at head office, not kept.
        #expect(firstTier.contains("CREATE TABLE \(name) (") || name == "reopening")
    }
}
