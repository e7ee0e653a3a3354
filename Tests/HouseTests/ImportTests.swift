import Foundation
import Testing

/// What each layer may import of the others and of the packages; nothing points up.
@Suite struct ImportTests {
    private static let allowed: [String: Set<String>] = [
        "Bank": [],
        "Texts": ["Bank", "Sync"],
        "Sealing": ["CSodium", "Dispatch", "FoundationEssentials", "Glibc"],
        "Certificates": ["CCertificates", "Sealing"],
        "Feed": ["Bank", "Foundation", "Glibc", "Sealing"],
        "Sync": ["Bank", "CZstd", "Sealing"],
        "Vault": [
            "Bank", "Dispatch", "Foundation", "GRDB", "GRDBSQLite", "Glibc", "Schema", "Sealing",
            "Sync", "Synchronization",
        ],
        "Store": [
            "Bank", "Certificates", "Feed", "Foundation", "GRDB", "Schema", "Sealing", "Sync",
            "Synchronization", "Vault", "Texts",
        ],
        "HeadOfficeStore": [
            "Bank", "Certificates", "Foundation", "GRDB", "Schema", "Sealing", "Sync",
            "Synchronization", "Vault",
        ],
        "Transport": ["CCurl", "Glibc"],
        "Courier": [
            "Bank", "Certificates", "Dispatch", "Logging", "Store", "Sync", "Synchronization",
            "Transport", "Vault",
        ],
        "Pages": [
            "Bank", "Foundation", "FoundationEssentials", "Glibc", "HTTPTypes", "Hummingbird",
            "Logging", "Mustache", "NIOCore", "Sealing", "Sync", "Vault", "Texts",
        ],
        "Web": [
            "Bank", "HTTPTypes", "Hummingbird", "Logging", "Pages", "Store", "Sync", "Vault",
            "Texts",
        ],
        "HeadOffice": [
            "Bank", "Dispatch", "HTTPTypes", "HeadOfficeStore", "Hummingbird", "Logging", "NIOSSL",
            "Pages", "Sync", "Synchronization", "Vault", "Texts",
        ],
        "Commands": [
            "ArgumentParser", "Bank", "Certificates", "Foundation", "Glibc", "Hummingbird",
            "HummingbirdCore", "HummingbirdTLS", "Logging", "NIOCore", "NIOHTTPTypes", "NIOSSL",
            "Sealing", "Sync",
            "Synchronization", "Transport", "Vault", "Texts",
        ],
        "branchnode": [
            "ArgumentParser", "Bank", "Certificates", "Commands", "Courier", "Feed", "Foundation",
            "Glibc", "Logging", "Pages", "Sealing", "Store", "Sync", "Vault", "Web", "Texts",
        ],
        "headoffice": [
            "ArgumentParser", "Bank", "Certificates", "Commands", "HeadOffice", "HeadOfficeStore",
            "Logging", "Pages", "Sync", "Vault", "Texts",
        ],
        "bench": [
            "ArgumentParser", "Bank", "CBaseline", "Certificates", "Courier", "Foundation",
            "Glibc", "HeadOfficeStore", "Logging", "Sealing", "Store", "Sync",
            "Synchronization", "Vault",
        ],
        "simulate": [
            "ArgumentParser", "Bank", "Certificates", "Commands", "Courier", "Dispatch",
            "Foundation", "GRDB", "HeadOfficeStore", "Schema", "Sealing", "Store", "Sync",
            "Synchronization",
            "Transport", "Vault",
        ],
        "generate": [
            "ArgumentParser", "Bank", "Feed", "Foundation", "FoundationEssentials", "Glibc",
            "Sealing",
        ],
    ]

    @Test(arguments: allowed.keys.sorted())
    func `a layer imports only what it may`(layer: String) {
        let may = Self.allowed[layer] ?? []

        for file in House.files("Sources/\(layer)", ".swift") {
            for module in file.matches(#"(?m)^(?:package |public |private )?import (?:\w+ )?(\w+)"#)
            {
                #expect(may.contains(module), "\(file) imports \(module)")
            }
        }
    }

    @Test func `every folder of Sources is a layer that the table knows`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: House.root.appending(path: "Sources").path(percentEncoded: false))

        #expect(
            Set(folders).subtracting(Self.allowed.keys) == [
                "CBaseline", "CCertificates", "CCurl", "CSodium", "CZstd",
            ])
    }

    @Test func `no module shares its name with a type`() {
        for layer in Self.allowed.keys {
            let declaration =
                #"(?m)^(?:package |public |private )?(?:final )?(?:struct|enum|class|actor|protocol) (\w+)"#
            for file in House.files("Sources", ".swift") where !layer.isEmpty {
                #expect(
                    !file.matches(declaration).contains(layer),
                    "\(file) declares \(layer)")
            }
        }
    }
}
