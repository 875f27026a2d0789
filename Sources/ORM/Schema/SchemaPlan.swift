internal import SQL
internal import Values

/// The statements that bring a database's tables up to the models, worked out from a snapshot without touching the
/// database. Names of tables, columns, indexes and constraints are OpenERP's.
struct SchemaPlan {
    /// A column that a table with rows gets: its rows need a value.
    struct NewColumn {
        let model: Model
        let field: Field
    }

    let registry: Registry
    let scope: Scope
    var snapshot: SchemaSnapshot
    /// In four passes: tables, columns, then what refers to other tables.
    var tables: [SQL] = []
    var columns: [SQL] = []
    var references: [SQL] = []
    private(set) var comments: [SQL] = []
    /// Rules for rows that were there before, which may break them: wanted, not needed.
    var wishes: [SQL] = []
    /// Whether columns change that views may be made from.
    private(set) var changesColumns = false
    private(set) var newColumns: [NewColumn] = []
    /// Columns that must not be empty but may hold empty rows: table and column.
    private(set) var required: [(table: String, column: String)] = []

    /// How far tables that are there already are changed.
    enum Scope {
        /// They become as the models say.
        case everything
        /// They get what they lack. Whoever else works with them finds all he knows unchanged.
        case additions
    }

    init(
        _ models: [Model], in registry: Registry, over snapshot: SchemaSnapshot, _ scope: Scope = .everything
    ) throws {
        self.registry = registry
        self.scope = scope
        self.snapshot = snapshot
        let stored = models.filter { $0.ownsTable }
        // A table that others inherit from comes before them.
        for model in stored.filter({ $0.parentTable == nil }) + stored.filter({ $0.parentTable != nil }) {
            plan(table: model)
        }
        for model in models { for field in model.fields { try plan(relation: field, of: model) } }
        for model in stored { plan(constraints: model) }
    }

    // MARK: - Tables and columns

    private mutating func plan(table model: Model) {
        let wanted = model.fields.filter(\.hasColumn).filter { !model.isMagic($0.name) }
        if let existing = snapshot.tables[model.table] {
            if model.logsAccess { planLogColumns(of: model, existing) }
            for field in wanted { plan(field, of: model, existing: existing[field.name]) }
            if scope == .everything { release(existing, besides: wanted, of: model) }
        } else {
            create(model, wanted)
        }
        for field in wanted { plan(index: field, of: model) }
        plan(foreignKeys: wanted, of: model)
    }

    /// A column that left the model stays, and no longer asks for a value.
    private mutating func release(
        _ existing: [String: SchemaSnapshot.Column], besides wanted: [Field], of model: Model
    ) {
        // Tables that inherit from one another, or serve several models, have columns of others.
        guard model.parentTable == nil, !isInherited(model.table), !isShared(model) else { return }
        let names = Set(wanted.map(\.name))
        for (name, column) in existing.sorted(by: { $0.key < $1.key })
        where column.isRequired && !names.contains(name) && !model.isMagic(name) && name != TransientRecords.useColumn {
            columns.append("ALTER TABLE \(table: model.table) ALTER COLUMN \(column: name) DROP NOT NULL")
        }
    }

    private func isShared(_ model: Model) -> Bool {
        registry.models.values.contains { $0.table == model.table && $0.name != model.name }
    }

    private mutating func create(_ model: Model, _ fields: [Field]) {
        let inherited = model.parentTable.flatMap { snapshot.tables[$0] } ?? [:]
        var lines: [SQL] = []
        if model.sequence != (model.parentTable ?? model.table) + "_id_seq" {
            let sequence = SQL.quoted(model.sequence)
            tables.append("CREATE SEQUENCE IF NOT EXISTS \(sequence)")
            lines.append("\"id\" integer NOT NULL DEFAULT nextval(\(Self.literal(sequence.rendered().text)))")
        } else if model.parentTable == nil {
            lines.append("\"id\" serial NOT NULL")
        }
        lines.append("PRIMARY KEY (\"id\")")
        var known: [String: SchemaSnapshot.Column] = inherited
        if model.logsAccess {
            for (name, type) in Self.logColumns where inherited[name] == nil {
                lines.append("\(column: name) \(trusted: type)")
                known[name] = .init(type: ColumnType(type), isRequired: false)
            }
        }
        if model.isTransient {
            lines.append("\(column: TransientRecords.useColumn) timestamp NOT NULL DEFAULT now()")
        }
        for field in fields {
            guard let type = field.columnType else { continue }
            if inherited[field.name] == nil {
                let notNull: SQL = isRequired(field, of: model) ? " NOT NULL" : .empty
                lines.append("\(column: field.name) \(trusted: type.text)\(notNull)")
            }
            known[field.name] = .init(type: type, isRequired: isRequired(field, of: model))
        }
        let parent: SQL = model.parentTable.map { " INHERITS (\(table: $0))" } ?? .empty
        let kind: SQL = model.isTransient ? "UNLOGGED TABLE" : "TABLE"
        tables.append("CREATE \(kind) \(table: model.table) (\(lines.joined(by: ", ")))\(parent)")
        snapshot.tables[model.table] = known
        comments.append("COMMENT ON TABLE \(table: model.table) IS \(Self.literal(model.title))")
        for field in fields { comment(field, of: model) }
    }

    /// A transient record may lack anything: it is a form being filled in.
    private func isRequired(_ field: Field, of model: Model) -> Bool { field.attributes.required && !model.isTransient }

    private mutating func comment(_ field: Field, of model: Model) {
        comments.append(
            "COMMENT ON COLUMN \(table: model.table).\(column: field.name) IS \(Self.literal(field.label))")
    }

    private mutating func planLogColumns(of model: Model, _ existing: [String: SchemaSnapshot.Column]) {
        for (name, type) in Self.logColumns where existing[name] == nil {
            columns.append("ALTER TABLE \(table: model.table) ADD COLUMN \(column: name) \(trusted: type)")
            snapshot.tables[model.table]?[name] = .init(type: ColumnType(type), isRequired: false)
        }
    }

    private mutating func plan(_ field: Field, of model: Model, existing: SchemaSnapshot.Column?) {
        guard let type = field.columnType else { return }
        if scope == .additions {
            if existing == nil { add(field, type, to: model) }
            return
        }
        let table: SQL = "ALTER TABLE \(table: model.table)"
        guard let existing = existing ?? renamed(field, of: model) else {
            add(field, type, to: model)
            return
        }
        switch type.change(from: existing.type) {
        case .none: break
        case .alter:
            changesColumns = true
            columns.append(
                """
                \(table) ALTER COLUMN \(column: field.name) TYPE \(trusted: type.text) \
                USING \(column: field.name)::\(trusted: type.text)
                """)
        case .move:
            changesColumns = true
            var number = 0
            while snapshot.tables[model.table]?["\(field.name)_moved\(number)"] != nil { number += 1 }
            let old = "\(field.name)_moved\(number)"
            columns.append("\(table) RENAME COLUMN \(column: field.name) TO \(column: old)")
            columns.append("\(table) ALTER COLUMN \(column: old) DROP NOT NULL")
            snapshot.tables[model.table]?[old] = existing
            snapshot.foreignKeys[model.table]?.remove(field.name)
            add(field, type, to: model)
            return
        }
        if isRequired(field, of: model), !existing.isRequired {
            required.append((model.table, field.name))
        } else if !isRequired(field, of: model), existing.isRequired, model.parentTable == nil {
            columns.append("\(table) ALTER COLUMN \(column: field.name) DROP NOT NULL")
        }
    }

    /// The column under the name the field had before, renamed; nil when there is none.
    private mutating func renamed(_ field: Field, of model: Model) -> SchemaSnapshot.Column? {
        guard let old = field.attributes.oldName, model.ownField(old) == nil,
            let column = snapshot.tables[model.table]?.removeValue(forKey: old)
        else { return nil }
        columns.append("ALTER TABLE \(table: model.table) RENAME COLUMN \(column: old) TO \(column: field.name)")
        snapshot.tables[model.table]?[field.name] = column
        if snapshot.foreignKeys[model.table]?.remove(old) != nil {
            snapshot.foreignKeys[model.table]?.insert(field.name)
        }
        if snapshot.indexes.remove("\(model.table)_\(old)_index") != nil {
            columns.append("DROP INDEX \(table: "\(model.table)_\(old)_index")")
        }
        return column
    }

    private mutating func add(_ field: Field, _ type: ColumnType, to model: Model) {
        columns.append(
            "ALTER TABLE \(table: model.table) ADD COLUMN \(column: field.name) \(trusted: type.text)")
        snapshot.tables[model.table]?[field.name] = .init(type: type, isRequired: false)
        newColumns.append(NewColumn(model: model, field: field))
        if isRequired(field, of: model), scope == .everything { required.append((model.table, field.name)) }
        comment(field, of: model)
    }

    // MARK: - Text

    private static let logColumns = [
        ("create_uid", "integer"), ("create_date", "timestamp without time zone"), ("write_uid", "integer"),
        ("write_date", "timestamp without time zone"),
    ]

    /// COMMENT takes no parameters, so its text stands in the statement, quotes doubled.
    private static func literal(_ text: String) -> SQL {
        SQL(trusted: "'" + text.replacing("'", with: "''").replacing("\\", with: "/") + "'")
    }
}
