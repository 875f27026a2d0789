import AddonLoader
import BaseAddon
import Foundation
import ORM
import PostgreSQL
import SQL
import Synchronization
import TestSupport

/// A database that has the real base, and a folder of addons beside it. Each step is a transaction of its own.
struct InstalledDatabase {
    let name: String
    let folder: TemporaryAddons
    private let settings: ConnectionSettings

    fileprivate init(_ name: String, _ folder: TemporaryAddons, _ settings: ConnectionSettings) {
        self.name = name
        self.folder = folder
        self.settings = settings
    }

    /// Installs addons and looks at the outcome; committed, unless something throws.
    ///
    /// - Parameter extra: Swift halves of addons in the folder.
    func install(
        _ names: [String] = ["park"], extra: [AddonModels] = [],
        then body: (Environment) throws -> Void = { _ in }
    ) throws {
        try transaction { try body(installer(extra).install(names, in: $0)) }
    }

    /// As `install`, for addons that are there.
    func upgrade(
        _ names: [String] = ["park"], extra: [AddonModels] = [],
        then body: (Environment) throws -> Void = { _ in }
    ) throws {
        try transaction { try body(installer(extra).upgrade(names, in: $0)) }
    }

    /// Runs something on a connection of its own; committed, unless it throws.
    @discardableResult
    func transaction<Answer>(_ body: (Transaction) throws -> Answer) throws -> Answer {
        try settings.database(name).transaction(body)
    }

    func installer(_ extra: [AddonModels]) -> Installer {
        let addons = collection(extra)
        var ports = Base.ports()
        ports.translationFiles = AddonTranslations { addons }
        return Installer(addons, ports: ports, logger: Load.quiet)
    }

    func collection(_ extra: [AddonModels] = []) -> AddonCollection {
        let path = AddonsPath([Self.ownAddons, folder.path])
        return AddonCollection(path: path, models: [Base.addon] + extra, logger: Load.quiet)
    }

    /// The columns of all tables, and a checksum of each table's rows.
    func snapshot() throws -> [String: String] {
        try transaction { transaction in
            let tables = try transaction.rows(
                """
                SELECT table_name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position) \
                FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name
                """)
            var shape: [String: String] = [:]
            for row in 0..<tables.rowCount {
                guard let table = tables.text(row, 0) else { continue }
                let rows = try transaction.rows(
                    "SELECT md5(string_agg(\"t\"::text, ';' ORDER BY \"t\"::text)) FROM \(table: table) AS \"t\"")
                shape[table] = "\(tables.text(row, 1) ?? ""): \(rows.text(0, 0) ?? "empty")"
            }
            return shape
        }
    }

    // MARK: - The template

    private static let number = Mutex(0)
    private static let plain = Swift.Result { try template(demo: false) }
    private static let withDemo = Swift.Result { try template(demo: true) }

    /// The addons that come with the server.
    private static let ownAddons = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Addons").standardizedFileURL.path

    fileprivate static func uniqueName() -> String {
        let number = number.withLock { number in
            number += 1
            return number
        }
        return "apus_installed_\(getpid())_\(number)"
    }

    /// Base is installed once for all tests of a run; each gets a copy.
    fileprivate static func template(withDemo isDemo: Bool) throws -> String {
        try (isDemo ? withDemo : plain).get()
    }

    private static func template(demo: Bool) throws -> String {
        let cluster = try TestCluster.shared.get()
        let database = InstalledDatabase(uniqueName(), try TemporaryAddons([:]), cluster.settings)
        try cluster.server.createDatabase(database.name)
        try database.transaction { transaction in
            _ = try database.installer([]).install(["base"], hasDemoData: demo, in: transaction)
        }
        return database.name
    }
}

/// Writes the addons, and gives the test a database with the real base; it is dropped afterwards.
func withInstalledDatabase(
    addons: [String: [String: String]], demo: Bool = false, _ body: (InstalledDatabase) throws -> Void
) throws {
    let cluster = try TestCluster.shared.get()
    let folder = try TemporaryAddons(addons)
    let name = InstalledDatabase.uniqueName()
    try cluster.server.createDatabase(name, template: InstalledDatabase.template(withDemo: demo))
    defer { try? cluster.server.dropDatabase(name) }
    try body(InstalledDatabase(name, folder, cluster.settings))
}

/// Gives a test a database without any table; it is dropped afterwards.
func withEmptyDatabase(_ body: (InstalledDatabase) throws -> Void) throws {
    let cluster = try TestCluster.shared.get()
    let name = InstalledDatabase.uniqueName()
    try cluster.server.createDatabase(name)
    defer { try? cluster.server.dropDatabase(name) }
    try body(InstalledDatabase(name, try TemporaryAddons([:]), cluster.settings))
}
