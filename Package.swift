// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

/// Layers, from what knows least to what knows most. `HouseTests` guard their imports.
let package = Package(
    name: "BranchNode",
    products: [
        .executable(name: "branchnode", targets: ["branchnode"]),
        .executable(name: "headoffice", targets: ["headoffice"]),
        .executable(name: "generate", targets: ["generate"]),
        .executable(name: "simulate", targets: ["simulate"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CCertificates", linkerSettings: [.linkedLibrary("crypto")]),

        .target(name: "Bank", swiftSettings: house),
        .target(name: "Texts", dependencies: ["Bank"], swiftSettings: house),
        .target(name: "Sealing", dependencies: ["CSodium"], swiftSettings: house),
        .target(
            name: "Certificates", dependencies: ["CCertificates", "Sealing"],
            swiftSettings: house),
        .target(name: "Feed", dependencies: ["Bank", "Sealing"], swiftSettings: house),
        .target(
            name: "Schema", path: "schema",
            resources: [
                .embedInCode("common"), .embedInCode("branch"), .embedInCode("head-office"),
                .embedInCode("first-tier"),
            ],
            swiftSettings: house),
        .target(name: "Sync", dependencies: ["Bank", "CZstd", "Sealing"], swiftSettings: house),
        .target(
            name: "Vault", dependencies: ["Bank", "Schema", "Sealing", "Sync", grdb, sqlite],
            swiftSettings: house),
        .target(
            name: "Store",
            dependencies: [
                "Bank", "Certificates", "Feed", "Schema", "Sealing", "Sync", "Vault", grdb,
            ],
            swiftSettings: house),
        .target(
            name: "HeadOfficeStore",
            dependencies: ["Bank", "Certificates", "Schema", "Sealing", "Sync", "Vault", grdb],
            swiftSettings: house),
        .target(name: "Transport", dependencies: ["CCurl"], swiftSettings: house),
        .target(
            name: "Courier",
            dependencies: ["Bank", "Certificates", "Transport", "Store", "Sync", "Vault", logging],
            swiftSettings: house),
        .target(
            name: "Pages",
            dependencies: [
                "Bank", "Sealing", "Sync", "Vault", "Texts", hummingbird, logging, mustache, nio,
            ],
            resources: [.copy("templates"), .copy("assets")], swiftSettings: house),
        .target(
            name: "Web",
            dependencies: ["Bank", "Pages", "Store", "Sync", "Vault", "Texts", hummingbird],
            swiftSettings: house),
        .target(
            name: "HeadOffice",
            dependencies: [
                "Bank", "HeadOfficeStore", "Pages", "Sync", "Vault", "Texts", hummingbird, nioSSL,
            ],
            swiftSettings: house),
        .target(
            name: "Commands",
            dependencies: [
                "Bank", "Certificates", "Sealing", "Sync", "Transport", "Vault", "Texts",
                argumentParser, hummingbird, hummingbirdCore, hummingbirdTLS, logging, nio, nioSSL,
            ],
            swiftSettings: house),
        .executableTarget(
            name: "branchnode",
            dependencies: [
                "Bank", "Certificates", "Commands", "Courier", "Feed", "Pages", "Sealing", "Store",
                "Sync", "Vault", "Web", "Texts", argumentParser, hummingbird, logging,
            ],
            swiftSettings: house),
        .executableTarget(
            name: "headoffice",
            dependencies: [
                "Bank", "Certificates", "Commands", "HeadOffice", "HeadOfficeStore", "Pages",
                "Sync",
                "Vault", "Texts",
                argumentParser, hummingbird, logging,
            ],
            swiftSettings: house),
        .executableTarget(
            name: "simulate",
            dependencies: [
                "Bank", "Certificates", "Commands", "Courier", "HeadOfficeStore", "Schema",
                "Sealing", "Store", "Sync", "Transport", "Vault", argumentParser, grdb,
            ],
            // It ships nowhere, so its tests may look inside.
            swiftSettings: house + [.unsafeFlags(["-enable-testing"])]),
        .executableTarget(
            name: "generate", dependencies: ["Bank", "Feed", "Sealing", argumentParser],
            swiftSettings: house),
        // The benchmarks, and the same work on the bare libraries.
        .target(
            name: "CBaseline", dependencies: ["CSodium", "CZstd"],
            linkerSettings: [
                .linkedLibrary("sqlite3"), .linkedLibrary("sodium"), .linkedLibrary("zstd"),
            ]),
        .executableTarget(
            name: "bench",
            dependencies: [
                "Bank", "CBaseline", "Certificates", "Courier", "HeadOfficeStore", "Sealing",
                "Store", "Sync", "Vault", argumentParser, logging,
            ],
            swiftSettings: house),

        .target(
            name: "TestSupport",
            dependencies: [
                "Bank", "Certificates", "Courier", "Feed", "HeadOfficeStore", "Schema", "Sealing",
                "Store", "Sync", "Vault", grdb,
            ],
            path: "Tests/TestSupport", swiftSettings: house),
        .testTarget(
            name: "BankTests", dependencies: ["Bank", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "FeedTests", dependencies: ["Bank", "Feed", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Bank", "Certificates", "Feed", "HeadOfficeStore", "Schema", "Sealing", "Store",
                "Sync",
                "TestSupport", "Vault", grdb,
            ],
            swiftSettings: house),
        .testTarget(
            name: "HeadOfficeStoreTests",
            dependencies: [
                "Bank", "Certificates", "HeadOfficeStore", "Schema", "Sealing", "Store", "Sync",
                "TestSupport", "Vault", grdb,
            ],
            swiftSettings: house),
        .testTarget(
            name: "CourierTests",
            dependencies: [
                "Bank", "Certificates", "Courier", "HeadOfficeStore", "Sealing", "Store", "Sync",
                "TestSupport", "Transport", "Vault", grdb,
            ],
            swiftSettings: house),
        .testTarget(
            name: "HouseTests", dependencies: ["Bank", "Feed", "Schema", "Sync", "Vault", "Texts"],
            swiftSettings: house),
        .testTarget(
            name: "GenerateTests", dependencies: ["Bank", "Feed", "Sealing", "generate"],
            swiftSettings: house),
        .testTarget(
            name: "SimulateTests", dependencies: ["Bank", "Sync", "simulate"],
            swiftSettings: house),
        .target(
            name: "BrowserSupport", dependencies: ["Bank", "Pages", hummingbird, logging],
            path: "Tests/BrowserSupport", swiftSettings: house),
        .testTarget(
            name: "PagesTests",
            dependencies: [
                "Bank", "BrowserSupport", "HeadOffice", "Pages", "Vault", "Web", "Texts",
                hummingbird,
            ],
            swiftSettings: house),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Bank", "BrowserSupport", "HeadOfficeStore", "Pages", "Store", "Sync",
                "TestSupport",
                "Vault", "Web", "Texts",
                hummingbird,
            ],
            swiftSettings: house),
        .testTarget(
            name: "HeadOfficeTests",
            dependencies: [
                "Bank", "BrowserSupport", "HeadOffice", "HeadOfficeStore", "Pages", "Store", "Sync",
                "TestSupport", "Vault", hummingbird,
            ],
            swiftSettings: house),
        .testTarget(name: "SealingTests", dependencies: ["Sealing"], swiftSettings: house),
        .testTarget(
            name: "CertificatesTests", dependencies: ["Certificates", "Sealing"],
            swiftSettings: house),
        .testTarget(
            name: "SecureTests",
            dependencies: [
                "Bank", "Certificates", "Commands", "Courier", "HeadOffice", "HeadOfficeStore",
                "Pages", "Sealing", "Store", "Sync", "TestSupport", "Transport", "Vault",
                hummingbird, hummingbirdCore, logging, nio,
            ],
            swiftSettings: house),
        .testTarget(name: "TransportTests", dependencies: ["Transport"], swiftSettings: house),
        .testTarget(
            name: "SyncTests", dependencies: ["Bank", "Sealing", "Sync"], swiftSettings: house),
    ]
)
