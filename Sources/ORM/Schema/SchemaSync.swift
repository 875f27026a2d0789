internal import PostgreSQL
internal import SQL
internal import Values

/// Creates and migrates tables so that they fit a registry's models (contract/orm.md §2, contract/addons.md §9).
///
/// Nothing is ever lost: columns that left their model stay, sizes never shrink, and a column whose type cannot be
/// changed in place is kept under another name.
public struct SchemaSync {
    let environment: Environment

    /// Works in the environment's transaction, as the superuser.
    public init(in environment: Environment) { self.environment = environment.superuser }

    /// Brings the tables of the given models, and the relation tables of their fields, up to date.
    public func apply(to models: [Model]) throws {
        let snapshot = try SchemaSnapshot(reading: environment.transaction)
        let plan = try SchemaPlan(models, in: environment.registry, over: snapshot)
        let views = ViewSync(environment: environment)
        if plan.changesColumns { try views.dropAll(snapshot.views) }
        try run(plan.tables + plan.columns + plan.references + plan.comments)
        for column in plan.newColumns { try fill(column) }
        for (table, column) in plan.required { try require(column, in: table) }
        var shown = Set(models.filter(\.isView).map(\.name))
        if plan.changesColumns {
            shown.formUnion(environment.registry.models.values.filter { snapshot.views.contains($0.table) }.map(\.name))
        }
        if !shown.isEmpty { try views.make(shown, existing: plan.changesColumns ? [] : snapshot.views) }
    }

    func run(_ statements: [SQL]) throws {
        try environment.transaction.execute(script: statements.map { $0.rendered().text }.joined(separator: ";\n"))
    }

    /// Rows that are there already get the default, or the computed value, of a new column.
    func fill(_ column: SchemaPlan.NewColumn) throws {
        let (model, field) = (column.model, column.field)
        let ids = try environment.rows("SELECT \"id\" FROM \(table: model.table)").integers(column: 0)
        if ids.isEmpty { return }
        if field.isFunction {
            try Recomputation(environment: environment).compute([field], of: model, ids)
        } else if let fallback = field.fallback {
            let value = try ValueConversion(environment: environment)
                .stored(fallback.value(in: environment), in: field)
            try environment.rows(
                "UPDATE \(table: model.table) SET \(column: field.name) = \(value) WHERE \(column: field.name) IS NULL")
        }
    }

    /// A column becomes mandatory once no row is without a value; until then it is left as it is, as in the original.
    private func require(_ column: String, in table: String) throws {
        let empty = try environment.rows(
            "SELECT 1 FROM \(table: table) WHERE \(column: column) IS NULL LIMIT 1")
        if empty.rowCount > 0 { return }
        try environment.transaction.execute(
            script: ("ALTER TABLE \(table: table) ALTER COLUMN \(column: column) SET NOT NULL" as SQL).rendered().text)
    }
}
