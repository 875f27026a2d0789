import AddonLoader
import BaseAddon
import BaseCalendarAddon
import BaseSetupAddon
import BoardAddon
import CRMAddon
import Foundation
import Logging
import MailGatewayAddon
import ORM
import PostgreSQL
import ProcessAddon
import ResourceAddon
import Synchronization
import TestSupport

@testable import Services

/// A database with all addons and their demo data, installed once for the whole run; tests work on copies of it.
final class DemoTemplate: Sendable {
    /// Installed on first use; what failed then fails every test that asks.
    static let shared = Swift.Result { try DemoTemplate() }

    /// The Swift halves of the addons, those first that others build on.
    static let addons = [
        Base.addon, BaseSetup.addon, MailGateway.addon, BaseCalendar.addon, Processes.addon, Resource.addon,
        Dashboards.addon, CRM.addon,
    ]

    /// The names of all models, in alphabetical order; known without a database.
    static let modelNames =
        ((try? Registry(addons: addons, ports: OpenPorts.all))?.models.keys).map { $0.sorted() } ?? []

    private let cluster: TestCluster
    private let template: String
    private let counter = Mutex(0)

    private init() throws {
        cluster = try TestCluster.shared.get()
        template = "apus_integration_\(getpid())"
        try cluster.server.createDatabase(template)
        let connection = try Connection(cluster.settings.database(template))
        // Nobody may be connected to a database that is copied.
        defer { connection.close() }
        let transaction = Transaction(on: connection, isolation: .repeatableRead)
        try Self.installer.install(["base", "base_setup", "profile_crm"], hasDemoData: true, in: transaction)
        try transaction.commit()
    }

    /// A new copy, with a registry of its own: rights are remembered in it.
    func copy() throws -> DemoDatabase {
        let number = counter.withLock { number in
            number += 1
            return number
        }
        let name = "\(template)_\(number)"
        try cluster.server.createDatabase(name, template: template)
        let settings = cluster.settings.database(name)
        let connection = try Connection(settings)
        defer { connection.close() }
        let transaction = Transaction(on: connection, isolation: .repeatableRead, readOnly: true)
        let installed = try InstalledAddons(reading: transaction)
        defer { transaction.rollback() }
        let registry = try installed.registry(among: Self.collection, ports: Self.ports(), in: transaction)
        return DemoDatabase(name: name, settings: settings, registry: registry)
    }

    func drop(_ database: DemoDatabase) { try? cluster.server.dropDatabase(database.name) }

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Where the addons lie.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Addons").path

    /// Installs and upgrades the addons of copies.
    static var installer: Installer { Installer(collection, ports: ports(), logger: quiet) }

    private static func ports() -> Ports {
        var ports = Base.ports()
        ports.translationFiles = AddonTranslations(serverTexts: FaultSentence.allCases.map(\.rawValue)) { collection }
        return ports
    }

    private static var collection: AddonCollection {
        AddonCollection(path: AddonsPath([folder]), models: addons, logger: quiet)
    }
}
