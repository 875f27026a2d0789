public import ORM
public import PostgreSQL
internal import SQL
internal import Values

/// What an adoption has added to a database.
public struct Adoption: Sendable {
    public let schema: SchemaAdditions
    /// How many records there are more of each table, those with external ids and the external ids themselves among them.
    public let records: Int
    /// Records of our data files that the database does not get, one clause each.
    public let leftOut: [String]
    /// Whether the database was adopted before and nothing was missing.
    public let isRepetition: Bool
}

extension Installer {
    /// Takes over a database that OpenERP 6.0 made: gives it the tables, columns, descriptions, external ids and records
    /// that the addons it has need here. All of it, or nothing, in the caller's transaction.
    ///
    /// What is there is left alone, so that OpenERP can work with the database again: no row of it is written, no column
    /// changed or taken away, none made mandatory. A second time nothing changes.
    ///
    /// - Throws: `LoadError.notAdoptable` for a database that is none of OpenERP 6.0's.
    public func adopt(
        in transaction: Transaction, progress: (InstallationProgress) -> Void = { _ in }
    ) throws -> Adoption {
        let survey = try AdoptionSurvey(reading: transaction, addons: addons, ports: ports)
        let installed = try locked(transaction)
        let before = try Self.highestExternalID(transaction)
        let environment = Environment(
            registry: survey.registry, transaction: transaction, uid: Environment.superuserID)
        let schema = try SchemaSync(in: environment).add(to: survey.models)
        let records = try AdoptedRecords(in: environment)
        let order = addons.order(of: installed)
        for name in order {
            let models = survey.models.filter { $0.addons.contains(name) }
            try ports.catalog.describe(models, of: name, keepingKnown: true, in: environment)
        }
        _ = try AddonDirectory(environment: environment).update(addons, keepingKnown: true)
        try environment.deferringTrees { try load(order, environment, records, progress) }
        try ports.catalog.setOrigin(Self.openERP + survey.version, in: environment)
        let added = try transaction.rows("SELECT count(*) FROM \"ir_model_data\" WHERE \"id\" > \(before)")
        let count = added.integer(0, 0) ?? 0
        return Adoption(
            schema: schema, records: count, leftOut: records.leftOut.map(\.description),
            isRepetition: survey.isAdopted && schema.isEmpty && count == 0)
    }

    /// What the origin of adopted databases begins with; the version follows.
    private static let openERP = "OpenERP "

    /// Whether the database was taken over: then its addons have brought records that our files of the same names do not
    /// know, and that are its owner's.
    func isAdopted(_ transaction: Transaction) throws -> Bool {
        try ports.catalog.origin(in: transaction)?.hasPrefix(Self.openERP) == true
    }

    private static func highestExternalID(_ transaction: Transaction) throws -> Int {
        try transaction.rows("SELECT coalesce(max(\"id\"), 0) FROM \"ir_model_data\"").integer(0, 0) ?? 0
    }

    private func load(
        _ order: [String], _ environment: Environment, _ records: AdoptedRecords,
        _ progress: (InstallationProgress) -> Void
    ) throws {
        let book = ExternalIDBook(environment: environment)
        for (index, name) in order.enumerated() {
            guard let folder = addons.folders[name] else { throw LoadError.unknownAddon(name) }
            let context = LoadContext(
                addon: folder, mode: .adopt, environment: environment, book: book, logger: logger, adoption: records)
            for file in folder.manifest.dataFiles { try load(file, in: context) }
            progress(.init(addon: name, fraction: Double(index + 1) / Double(order.count)))
        }
    }
}
