import AddonLoader
import BaseAddon
import Logging
import ORM
import PostgreSQL
import SQL
import TestSupport
import Values

/// External ids as the table keeps them; everything else is open.
private struct TestPorts: ExternalIDs {
    static let all = Ports(
        access: OpenPorts(), externalIDs: TestPorts(), userDefaults: OpenPorts(), catalog: OpenPorts(),
        translator: OpenPorts(), properties: OpenPorts())

    func target(of externalID: String, in environment: Environment) throws -> RecordReference? {
        let result = try environment.rows(
            "SELECT model, res_id FROM ir_model_data WHERE module || '.' || name = \(externalID)")
        guard result.rowCount > 0, let model = result.text(0, 0), let id = result.integer(0, 1) else { return nil }
        return RecordReference(model: model, id: id)
    }

    func targets(of externalIDs: [String], in environment: Environment) throws -> [String: RecordReference] {
        try ExternalIDTable().targets(of: externalIDs, in: environment)
    }

    func register(_ records: [String: RecordReference], isNoUpdate: Bool, in environment: Environment) throws {
        try ExternalIDTable().register(records, isNoUpdate: isNoUpdate, in: environment)
    }

    func names(of records: Records) throws -> [RecordID: [String]] { [:] }

    func forget(_ records: Records) throws {
        try records.environment.rows(
            "DELETE FROM ir_model_data WHERE model = \(records.model.name) AND res_id = ANY(\(records.ids))")
    }
}

/// A database with the small base, and a folder of addons to install into it.
struct Load {
    let folder: TemporaryAddons
    let transaction: Transaction
    /// What loading tells.
    let log = NotedLog(level: .debug)
    var workflows: (any Workflows)?

    /// What was told so far, each message with its level.
    var messages: [String] { log.lines.map { "\($0.level): \($0.message)" } }

    /// What the installer has warned of so far.
    var warnings: [String] {
        log.lines.filter { $0.level == .warning }.map(\.message)
    }

    /// The addons as they lie in the folder now.
    var addons: AddonCollection {
        AddonCollection(path: AddonsPath([folder.path]), models: [SmallBase.addon], logger: Self.quiet)
    }

    private func installer() -> Installer {
        var ports = TestPorts.all
        if let workflows { ports.workflows = workflows }
        return Installer(addons, ports: ports, logger: log.logger)
    }

    func install(
        _ names: [String] = ["zoo"], demo: Bool = false, progress: (InstallationProgress) -> Void = { _ in }
    ) throws -> Environment {
        try installer().install(names, hasDemoData: demo, in: transaction, progress: progress)
    }

    func upgrade(_ names: [String] = ["zoo"]) throws -> Environment {
        try installer().upgrade(names, in: transaction)
    }

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Whether an external id is marked as protected; nil when there is none.
    static func isNoUpdate(_ externalID: String, in environment: Environment) throws -> Bool? {
        let result = try environment.rows(
            "SELECT noupdate FROM ir_model_data WHERE module || '.' || name = \(externalID)")
        return result.rowCount > 0 ? result.boolean(0, 0) ?? false : nil
    }
}

/// Writes the addons, with a base beside them, and gives the test an empty database.
func withLoad(_ addons: [String: [String: String]], _ body: (Load) throws -> Void) throws {
    let folder = try TemporaryAddons(addons.merging(["base": TemporaryAddons.manifest()]) { given, _ in given })
    try withScratchDatabase(models: []) { database in
        try database.run { try body(Load(folder: folder, transaction: $0.transaction)) }
    }
}

/// An addon `zoo` whose only data file, in XML, has these tags within its `data`.
func withZoo(_ tags: String, _ body: (Load) throws -> Void) throws {
    try withLoad(["zoo": zoo(tags)], body)
}

/// The files of such an addon; the tags begin on line 3.
func zoo(_ tags: String) -> [String: String] {
    TemporaryAddons.manifest(depends: ["base"], "'update_xml': ['zoo.xml']").merging([
        "zoo.xml": "<openerp>\n<data>\n\(tags)\n</data>\n</openerp>\n"
    ]) { $1 }
}

/// An addon `zoo` whose only data file holds comma-separated values.
func withZoo(csv name: String, _ text: String, _ body: (Load) throws -> Void) throws {
    try withLoad(
        [
            "zoo": TemporaryAddons.manifest(depends: ["base"], "'update_xml': ['\(name)']").merging([name: text]) { $1 }
        ], body)
}
