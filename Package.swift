// swift-tools-version: 6.2
import PackageDescription

/// What every target of Apus is compiled with.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// For code that runs once a byte or cell: the run-time check of exclusive access costs it a tenth of its time, and
/// each object belongs to one thread. Debug builds, and so all tests, keep the check.
let hot: [SwiftSetting] = [
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

/// An engine target: `Sources/<name>`.
func engine(_ name: String, _ dependencies: [Target.Dependency], _ more: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: settings + more)
}

/// The Swift half of an addon: `Addons/<folder>/models`. Its data files lie beside it and are found at run time.
func addon(_ name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: ["ORM", "Domain", "PostgreSQL", "SQL", "Values"] + dependencies,
        path: "Addons/\(folder)/models", swiftSettings: settings)
}

/// The tests of a target, or of several: `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", swiftSettings: settings)
}

let addons: [Target.Dependency] = [
    "BaseAddon", "BaseSetupAddon", "MailGatewayAddon", "BaseCalendarAddon", "ProcessAddon", "ResourceAddon",
    "BoardAddon", "CRMAddon",
]

let package = Package(
    name: "apus",
    products: [.executable(name: "apus", targets: ["apus"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        engine("Values", []),
        engine("SQL", ["Values"]),
        engine("Compression", ["CZlib"]),
        engine("PythonExpression", ["Values"]),
        engine("XMLTree", ["CLibXML2"]),
        engine("ViewArchitecture", ["XMLTree", "Values"]),
        engine("XMLRPC", ["Values", "CLibXML2"], hot),
        engine("PostgreSQL", ["SQL", "Values", "CLibPQ", .product(name: "Logging", package: "swift-log")]),
        engine("Domain", ["SQL", "Values"]),
        engine(
            "ORM",
            [
                "Values", "PythonExpression", "Domain", "SQL", "PostgreSQL",
                .product(name: "Logging", package: "swift-log"),
            ]),
        engine(
            "AddonLoader",
            [
                "ORM", "XMLTree", "PythonExpression", "PostgreSQL", "SQL", "Values", "Compression",
                .product(name: "Logging", package: "swift-log"),
            ]),
        engine("Workflow", ["ORM", "PythonExpression", "PostgreSQL", "SQL", "Values"]),
        addon(
            "BaseAddon", in: "base",
            ["ViewArchitecture", "Workflow", .product(name: "CryptoExtras", package: "swift-crypto")]),
        addon("BaseSetupAddon", in: "base_setup", ["BaseAddon"]),
        addon("MailGatewayAddon", in: "mail_gateway", ["BaseAddon"]),
        addon("BaseCalendarAddon", in: "base_calendar", ["BaseAddon"]),
        addon("ProcessAddon", in: "process", ["BaseAddon"]),
        addon("ResourceAddon", in: "resource", ["BaseAddon", "ProcessAddon"]),
        addon("BoardAddon", in: "board", ["BaseAddon"]),
        addon("CRMAddon", in: "crm", ["BaseAddon", "MailGatewayAddon"]),
        engine(
            "Services",
            [
                "AddonLoader", "Domain", "ORM", "PostgreSQL", "SQL", "Values",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        engine(
            "Transports",
            [
                "Services", "XMLRPC", "Values", "Compression",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "apus",
            dependencies: addons + [
                "Transports", "Services", "AddonLoader", "ORM", "PostgreSQL", "SQL", "Values", "CMalloc",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Sources/apus", swiftSettings: settings),
        engine("TestSupport", ["ORM", "PostgreSQL", "SQL", "Values", .product(name: "Logging", package: "swift-log")]),
        tests("PythonExpression", ["TestSupport", "PythonExpression", "Values"]),
        tests("XMLRPC", ["TestSupport", "XMLRPC", "Values"]),
        tests("XMLTree", ["TestSupport", "XMLTree"]),
        tests("Compression", ["Compression"]),
        tests("ViewArchitecture", ["ViewArchitecture", "Values"]),
        tests("AddonLoader", ["TestSupport", "AddonLoader", "BaseAddon", "ORM", "PostgreSQL", "SQL", "Values"]),
        tests("BaseAddon", ["BaseAddon", "ORM", "Values"]),
        tests("BaseCalendar", ["BaseCalendarAddon", "ORM", "Values"]),
        tests("PostgreSQL", ["PostgreSQL", "SQL", "Values"]),
        tests("Domain", ["Domain", "SQL", "Values"]),
        .testTarget(
            name: "ClientTests", dependencies: ["TestSupport", "PostgreSQL", "apus"], path: "Tests/ClientTests",
            exclude: ["scripts"], swiftSettings: settings),
        tests(
            "Command",
            [
                "apus", "ORM", "Transports", "PostgreSQL",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        tests(
            "Integration",
            [
                "TestSupport", "AddonLoader", "BaseAddon", "BaseCalendarAddon", "BaseSetupAddon", "BoardAddon",
                "CRMAddon", "MailGatewayAddon", "ProcessAddon", "ResourceAddon", "XMLTree", "ORM", "PostgreSQL",
                "Services", "SQL", "Values", .product(name: "Logging", package: "swift-log"),
            ]),
        tests(
            "Services",
            [
                "TestSupport", "Services", "AddonLoader", "Domain", "ORM", "PostgreSQL", "SQL", "Values",
                .product(name: "Logging", package: "swift-log"),
            ]),
        tests(
            "Transports",
            [
                "Transports", "Services", "PostgreSQL", "XMLRPC", "Values",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        tests("ORM", ["TestSupport", "Domain", "ORM", "PostgreSQL", "SQL", "Values"]),
    ]
)
