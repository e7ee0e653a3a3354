import Foundation
import Testing

/// Rules that a reader would otherwise have to check by eye.
@Suite struct TidyTests {
    private let sources = House.files("Sources", ".swift")

    @Test func `SQL stands only in schema, the stores and the vault`() {
        // The simulator is another program that writes past the product, and looks past it; the
        // benchmarks ask another database.
        let homes = [
            "Sources/Store/", "Sources/HeadOfficeStore/", "Sources/Vault/", "Sources/simulate/",
            "Sources/bench/PostgreSQL.swift",
        ]

        for file in sources where !homes.contains(where: file.path.hasPrefix) {
            let found = file.matches(#""[^"]*\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) "#)
            #expect(found.isEmpty, "\(file)")
        }
    }

    @Test func `nothing traps on what the world may do`() {
        for file in sources {
            for line in file.code {
                #expect(
                    !line.contains("try!") && !line.contains(" as! ")
                        && !line.contains("fatalError("), "\(file): \(line)")
            }
        }
    }

    @Test func `no drawer is named Manager, Helper, Utils, Service or Impl`() {
        let declaration = #"(?:struct|enum|class|actor|protocol) (\w+)"#

        for file in sources {
            for name in file.matches(declaration) where name != "Manager" {
                let isDrawer = ["Manager", "Helper", "Helpers", "Utils", "Service", "Impl"]
                    .contains { name.hasSuffix($0) }
                #expect(!isDrawer, "\(file) declares \(name)")
            }
        }
    }

    @Test func `time and chance enter in one place`() {
        let home = "Sources/Commands/World+Live.swift"
        let read = #"\bDate\(\)|\bUUID\(\)|\.random\(in:|clock_gettime|Calendar\.current"#

        for file in sources where file.path != home && !file.path.hasPrefix("Sources/Sealing/") {
            for line in file.code {
                let found = line.range(of: read, options: .regularExpression)
                #expect(found == nil, "\(file): \(line)")
            }
        }
    }

    @Test func `no file names this machine or leaves a note to itself`() {
        let folders = ["Sources", "Tests", "schema", "scripts", "docs"]
        let files = folders.flatMap { House.files($0, "") } + [SourceFile(path: "README.md")]
        // Written apart, so that this test does not find itself.
        let left = ["/" + "work/main", "/" + "root/", "TO" + "DO", "FIX" + "ME"]

        for file in files {
            for word in left { #expect(!file.text.contains(word), "\(file): \(word)") }
        }
    }
}
