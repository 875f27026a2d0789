internal import PostgreSQL
internal import SQL
internal import Values

/// What a database lacks of its models' tables.
public struct SchemaAdditions: Sendable, Equatable {
    /// New tables, relation tables among them.
    public var tables: [String] = []
    /// New columns of tables that were there: `crm_lead.ref`.
    public var columns: [String] = []
    /// Rules that rows break, as PostgreSQL words it; such a rule is done without.
    public var broken: [String] = []

    public init() {}

    /// Whether the tables are complete.
    public var isEmpty: Bool { tables.isEmpty && columns.isEmpty }
}

extension SchemaSync {
    /// What `add` would add; nothing is changed.
    public func additions(to models: [Model]) throws -> SchemaAdditions {
        let snapshot = try SchemaSnapshot(reading: environment.transaction)
        return Self.additions(of: try plan(models, over: snapshot), over: snapshot)
    }

    /// Gives tables that another program has made, and goes on using, what they lack: tables, columns that may be empty,
    /// indexes, and rules that all rows keep. Nothing that is there is changed, renamed or taken away, not even the
    /// type of a column.
    public func add(to models: [Model]) throws -> SchemaAdditions {
        let snapshot = try SchemaSnapshot(reading: environment.transaction)
        let plan = try plan(models, over: snapshot)
        var additions = Self.additions(of: plan, over: snapshot)
        try run(plan.tables + plan.columns + plan.references + plan.comments)
        for column in plan.newColumns { try fill(column) }
        for column in plan.newColumns where column.field.name == "parent_left" {
            try NestedSet(model: column.model, environment: environment).recompute()
        }
        additions.broken = try fulfil(plan.wishes)
        let shown = models.filter { $0.isView && !snapshot.views.contains($0.table) }.map(\.name)
        if !shown.isEmpty { try ViewSync(environment: environment).make(Set(shown), existing: snapshot.views) }
        return additions
    }

    /// A view that stands where a model wants a table, or a table where it wants a view, is left as it is.
    private func plan(_ models: [Model], over snapshot: SchemaSnapshot) throws -> SchemaPlan {
        let fitting = models.filter { model in
            model.isView ? snapshot.tables[model.table] == nil : !snapshot.views.contains(model.table)
        }
        return try SchemaPlan(fitting, in: environment.registry, over: snapshot, .additions)
    }

    private static func additions(of plan: SchemaPlan, over snapshot: SchemaSnapshot) -> SchemaAdditions {
        var additions = SchemaAdditions()
        additions.tables = plan.snapshot.tables.keys.filter { snapshot.tables[$0] == nil }.sorted()
        additions.columns = snapshot.tables.flatMap { table, known in
            plan.snapshot.tables[table, default: [:]].keys.filter { known[$0] == nil }.map { "\(table).\($0)" }
        }.sorted()
        return additions
    }

    /// All rules at once; when that is refused, one after the other, which finds those that rows break.
    private func fulfil(_ wishes: [SQL]) throws -> [String] {
        if wishes.isEmpty { return [] }
        let transaction = environment.transaction
        do {
            try transaction.savepoint { try run(wishes) }
            return []
        } catch let error as PostgreSQLError where Self.isBroken(error) {
            return try wishes.compactMap { wish in
                do {
                    try transaction.savepoint { try run([wish]) }
                    return nil
                } catch let error as PostgreSQLError where Self.isBroken(error) {
                    return error.serverMessage?.message ?? "\(error)"
                }
            }
        }
    }

    /// Rows break it, or the column is of another type than what it refers to.
    private static func isBroken(_ error: PostgreSQLError) -> Bool {
        error.isIntegrityViolation || error.serverMessage?.sqlState.hasPrefix("42") == true
    }
}
