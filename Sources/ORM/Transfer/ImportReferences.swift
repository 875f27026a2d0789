internal import PostgreSQL
internal import SQL
internal import Values

/// What the cells of an import refer to, looked up for all rows at once: external ids and database ids by one statement
/// each, names by one for each model they are of. What rows create meanwhile is added.
final class ImportReferences {
    private let environment: Environment
    private let module: String
    private var externalIDs: [String: RecordReference] = [:]
    private var existing: [ModelName: Set<RecordID>] = [:]
    /// Names that were looked up, with the first hit if there was one.
    private var names: [ModelName: [String: RecordID?]] = [:]
    /// What selections take for each of their keys: the key or the label, as the caller reads it.
    private var options: [ModelName: [FieldName: [String: String]]] = [:]

    init(environment: Environment, module: String) {
        self.environment = environment
        self.module = module
    }

    /// `module.name` for a name that may stand without its module.
    ///
    /// - Throws: `ORMError.assertion` for one with two dots.
    func fullName(_ externalID: String) throws -> String {
        let dots = externalID.utf8.count { $0 == UInt8(ascii: ".") }
        guard dots <= 1 else { throw ORMError.assertion("The external id '\(externalID)' has more than one dot") }
        return dots == 1 ? externalID : module + "." + externalID
    }

    // MARK: - Before the first row

    /// Looks up what the cells of a level and of the lines within it name.
    func lookUp(_ level: ImportLevel, in rows: [[Value]]) throws {
        var wanted = Wanted()
        collect(level, rows, into: &wanted)
        externalIDs = try environment.registry.ports.externalIDs.targets(of: wanted.externalIDs, in: environment)
        for reference in externalIDs.values { wanted.numbers[reference.model, default: []].insert(reference.id) }
        for (name, ids) in wanted.numbers.sorted(by: { $0.key < $1.key }) {
            guard let model = environment.registry.models[name] else { continue }
            let found = try environment.rows(
                "SELECT \"id\" FROM \(table: model.table) WHERE \"id\" = ANY(\(ids.sorted()))")
            existing[name, default: []].formUnion(found.integers(column: 0))
        }
        for (name, texts) in wanted.names.sorted(by: { $0.key < $1.key }) {
            try lookUp(texts.sorted(), in: environment.registry.model(name))
        }
    }

    private struct Wanted {
        var externalIDs: [String] = []
        var numbers: [ModelName: Set<RecordID>] = [:]
        var names: [ModelName: Set<String>] = [:]
    }

    private func collect(_ level: ImportLevel, _ rows: [[Value]], into wanted: inout Wanted) {
        for (place, content) in level.columns {
            for row in rows where !row[place].isEmptyCell {
                let text = row[place].plainText
                switch content {
                case .externalID: wanted.externalIDs += [try? fullName(text)].compactMap(\.self)
                case .databaseID:
                    Self.numbers(text).forEach { wanted.numbers[level.model.name, default: []].insert($0) }
                case .named(let field):
                    wanted.externalIDs += Self.parts(text, of: field).compactMap { try? fullName($0) }
                case .numbered(let field):
                    Self.numbers(text).forEach { wanted.numbers[field.kind.target ?? "", default: []].insert($0) }
                case .plain(let field):
                    guard let target = field.kind.target else { continue }
                    wanted.names[target, default: []].formUnion(Self.parts(text, of: field))
                }
            }
        }
        for line in level.lines { collect(line.level, rows, into: &wanted) }
    }

    /// One name, or for a many2many several with commas between.
    static func parts(_ text: String, of field: Field) -> [String] {
        guard case .many2many = field.kind else { return [text] }
        return text.split(separator: ",").map(String.init)
    }

    private static func numbers(_ text: String) -> [RecordID] {
        text.split(separator: ",").compactMap { RecordID(String($0).trimmed) }.filter { Int32(exactly: $0) != nil }
    }

    /// The plain ones by one statement. Where names are translated, or an addon changed how they are searched, each
    /// distinct text is a question of its own: those ways take one text.
    private func lookUp(_ texts: [String], in model: Model) throws {
        let handle = Records(of: model, [], in: environment)
        let isPlain =
            model.hasPlainNames && model.overrides.nameSearch.isEmpty && model.overrides.search.isEmpty
            && model.ownField(model.nameField)?.attributes.translate == false
        guard isPlain else {
            for text in texts {
                let hit = try handle.nameSearch(NameQuery(text, comparison: "=", limit: 1)).first?.id
                names[model.name, default: [:]].updateValue(hit, forKey: text)
            }
            return
        }
        try environment.check(.read, on: model)
        let condition = try DomainCompiler(environment: environment).condition(
            [[.text(model.nameField), "in", .list(texts.map { .text($0) })]], on: model)
        let result = try environment.rows(
            """
            SELECT \(table: model.table)."id", \(table: model.table).\(column: model.nameField) \
            FROM \(table: model.table) WHERE \(condition) ORDER BY \(OrderClause(of: model).terms)
            """)
        var hits: [String: RecordID?] = [:]
        for text in texts { hits.updateValue(nil, forKey: text) }
        for row in 0..<result.rowCount {
            if let id = result.integer(row, 0), let name = result.text(row, 1), hits[name] == .some(nil) {
                hits[name] = id
            }
        }
        names[model.name, default: [:]].merge(hits) { $1 }
    }

    // MARK: - Row by row

    /// The living record of a model behind an external id; nil when there is none.
    ///
    /// - Throws: `ORMError.badValue` when the id is that of another model's record.
    func record(_ externalID: String, of model: ModelName) throws -> RecordID? {
        guard let reference = externalIDs[externalID] else { return nil }
        guard existing[reference.model]?.contains(reference.id) == true else { return nil }
        guard reference.model == model else {
            throw ORMError.badValue("\(externalID) is a record of \(reference.model), not of \(model)")
        }
        return reference.id
    }

    /// The record of a model with a name.
    ///
    /// - Throws: `ORMError.badValue` when there is none.
    func record(named text: String, of model: ModelName) throws -> RecordID {
        if names[model]?[text] == nil { try lookUp([text], in: environment.registry.model(model)) }
        guard let id = names[model]?[text] ?? nil else { throw ORMError.badValue("No record found for \(text)") }
        return id
    }

    /// The number of a record that must be there.
    func record(numbered text: String, of model: ModelName) throws -> RecordID {
        guard let id = RecordID(text.trimmed) else {
            throw ORMError.badValue("invalid literal for int() with base 10: \(Value.text(text).pythonText)")
        }
        guard existing[model]?.contains(id) == true else {
            throw ORMError.badValue("Database ID doesn't exist: \(model) : \(id)")
        }
        return id
    }

    /// The key of a selection for what a cell says; nil for no option. Asked for once a column.
    func option(_ text: String, of field: Field, in model: Model) throws -> String? {
        if let known = options[model.name]?[field.name] { return known[text] }
        let all = try Records(of: model, [], in: environment).options(of: field.name)
        var keys = Dictionary(all.map { ($0.label, $0.key) }, uniquingKeysWith: { first, _ in first })
        // A key counts before a label that reads the same.
        for option in all { keys[option.key] = option.key }
        options[model.name, default: [:]][field.name] = keys
        return keys[text]
    }

    /// Notes a new record; its model's names are looked up anew when they are asked for.
    func add(_ id: RecordID, of model: ModelName, externalID: String?) {
        existing[model, default: []].insert(id)
        if let externalID { externalIDs[externalID] = RecordReference(model: model, id: id) }
    }

    /// Forgets the names of models that rows have changed.
    func forgetNames(of models: Set<ModelName>) {
        for model in models { names[model] = nil }
    }
}
