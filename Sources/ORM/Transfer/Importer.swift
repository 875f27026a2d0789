internal import PostgreSQL
internal import SQL
internal import Values

/// Carries out an import (contract/addons.md §6): rows of new records are taken together, and so are rows of known ones,
/// as far as no row refers to one before it.
final class Importer {
    private let handle: Records
    private let request: ImportRequest
    private let level: ImportLevel
    private let references: ImportReferences

    private var environment: Environment { handle.environment }
    private var model: Model { handle.model }

    /// A record that waits to be created, or written.
    private struct Waiting {
        let content: ImportValues.Content
        /// The record, if it is known.
        let id: RecordID?
        /// Its first row.
        let row: Int
        /// The number of its last row, counted from 1.
        let line: Int
    }

    private var waiting: [Waiting] = []
    private var waitingNames: Set<String> = []
    private var waitingIDs: Set<RecordID> = []
    /// The models whose records wait: the model itself and those of the lines.
    private let createdModels: Set<ModelName>
    /// External ids to register, or to mark as met again.
    private var met: [(name: String, id: RecordID)] = []

    /// Is told the row at hand; when an error passes on, the one at fault.
    private let at: (Int) -> Void

    init(_ handle: Records, _ request: ImportRequest, at: @escaping (Int) -> Void) throws {
        self.at = at
        // Whoever imports does not want to be told of each record.
        let environment = handle.environment.adding(["res_log_read": true])
        self.handle = handle.other([]).seen(in: environment)
        self.request = request
        level = try ImportLevel(request.columns, of: handle.model, in: environment.registry)
        references = ImportReferences(environment: environment, module: request.module)
        createdModels = level.models
    }

    /// A row that was refused when it was written.
    private struct Refusal: Error {
        let values: FieldValues
        let message: String
    }

    /// All rows are taken, or nothing is changed.
    func run() throws -> ImportOutcome {
        do {
            try environment.savepoint { try takeAll() }
            return .done(rows: request.rows.count)
        } catch let refusal as Refusal {
            return .refused(refusal.values, message: refusal.message)
        }
    }

    private func takeAll() throws {
        try references.lookUp(level, in: request.rows)
        let values = ImportValues(
            rows: request.rows, references: references,
            needs: { [unowned self] in try prepare(for: $0, $1) })
        for record in level.records(in: request.rows, 0..<request.rows.count) {
            at(record.row)
            do {
                try take(values.content(of: record, level), row: record.row, line: record.last + 1)
            } catch let error as ImportValues.UnknownOption {
                try flush()
                throw Refusal(values: error.values, message: "Line \(record.last + 1) : \(error.message)")
            } catch let error as ORMError {
                // What was to be done before would have been refused before.
                try flush()
                throw error
            }
        }
        try flush()
        try register()
    }

    private func take(_ content: ImportValues.Content, row: Int, line: Int) throws {
        if let name = content.externalID, waitingNames.contains(name) { try flush() }
        let known = try content.id ?? content.externalID.flatMap { try references.record($0, of: model.name) }
        guard known != nil || request.createsUnnamed || content.externalID != nil else { return }
        // What is created and what is written wait by themselves, and no record waits twice: rows count in their order.
        if let first = waiting.first, (first.id == nil) != (known == nil) { try flush() }
        if let known, !waitingIDs.insert(known).inserted {
            try flush()
            waitingIDs = [known]
        }
        waiting.append(Waiting(content: content, id: known, row: row, line: line))
        if let name = content.externalID { waitingNames.insert(name) }
    }

    /// Does what waits when a row refers to it.
    private func prepare(for model: ModelName, _ externalID: String?) throws {
        guard !waiting.isEmpty else { return }
        if externalID.map({ waitingNames.contains($0) }) ?? createdModels.contains(model) { try flush() }
    }

    // MARK: - Writing

    /// Creates or writes what waits.
    private func flush() throws {
        if waiting.isEmpty { return }
        let batch = waiting
        waiting = []
        waitingNames = []
        waitingIDs = []
        let ids = try environment.inParts(batch) { rows -> [RecordID] in
            let known = rows.compactMap(\.id)
            if known.isEmpty { return try handle.create(rows.map(\.content.values)) }
            try handle.write(each: zip(known, rows).map { (id: $0, values: $1.content.values) })
            return known
        } refused: { row, error in
            at(row.row)
            throw Refusal(values: row.content.values, message: "Line \(row.line) : \(told(error))")
        }
        for (row, id) in zip(batch, ids) {
            references.add(id, of: model.name, externalID: row.content.externalID)
            if let name = row.content.externalID { met.append((name, id)) }
        }
        references.forgetNames(of: createdModels)
    }

    private func told(_ error: any Error) -> String {
        guard let message = (error as? PostgreSQLError)?.serverMessage else { return "\(error)" }
        return message.constraint.flatMap { environment.registry.message(ofConstraint: $0) } ?? message.fullText
    }

    // MARK: - External ids

    private func register() throws {
        if met.isEmpty { return }
        var entries: [String: RecordReference] = [:]
        for (name, id) in met { entries[name] = RecordReference(model: model.name, id: id) }
        if !model.delegates.isEmpty {
            let records = handle.other(Array(Set(met.map(\.id))))
            let links = try records.map { record in try model.delegates.map { ($0.model, try record.one($0.link)?.id) }
            }
            var parents: [String: RecordReference] = [:]
            for (name, id) in met {
                for case (let parent, let link?) in links[id] ?? [] {
                    let parentName = "\(name)_\(parent.replacing(".", with: "_"))"
                    parents[parentName] = RecordReference(model: parent, id: link)
                }
            }
            // A name that stands for another record goes on doing so.
            let taken = try environment.registry.ports.externalIDs.targets(of: Array(parents.keys), in: environment)
            for (name, reference) in parents where taken[name].map({ $0 == reference }) ?? true {
                entries[name] = reference
            }
        }
        try environment.registry.ports.externalIDs.register(
            entries, isNoUpdate: request.isNoUpdate, in: environment)
    }
}

extension ImportLevel {
    /// The models whose records an import may create.
    fileprivate var models: Set<ModelName> {
        lines.reduce(into: [model.name]) { $0.formUnion($1.level.models) }
    }
}

extension Records {
    /// Takes rows of a table as records of the model (`import_data`, contract/addons.md §6): all of them, or none.
    ///
    /// - Parameter row: Is told the row at hand, counted from 0; when rows are refused or an error is thrown, the last
    ///   one told is at fault.
    /// - Throws: `ORMError` for unknown columns, unreadable numbers, and records that cannot be found.
    public func importRows(
        _ request: ImportRequest, at row: @escaping (Int) -> Void = { _ in }
    ) throws -> ImportOutcome {
        try Importer(self, request, at: row).run()
    }

    /// The values of the first record of a table that might be imported; nothing is written.
    ///
    /// - Throws: As `importRows`.
    public func values(of request: ImportRequest) throws -> FieldValues {
        let level = try ImportLevel(request.columns, of: model, in: environment.registry)
        let references = ImportReferences(environment: environment, module: request.module)
        try references.lookUp(level, in: request.rows)
        guard let record = level.records(in: request.rows, 0..<request.rows.count).first else { return [:] }
        do {
            return try ImportValues(rows: request.rows, references: references, needs: { _, _ in })
                .content(of: record, level).values
        } catch let error as ImportValues.UnknownOption {
            throw ORMError.badValue(error.message)
        }
    }
}
