internal import Domain
internal import SQL
internal import Values

/// The tables a read joins beside the model's own: parents of a delegation, and those along related fields.
///
/// Each path is joined once, however many fields run along it, so that reading related fields needs no statement
/// of its own. Related fields are read as the superuser (contract/orm.md §9): no right is asked for.
struct ReadJoins {
    private(set) var text: SQL = .empty
    private var aliases: [String: (SQL, Model)] = [:]
    /// The model and the records that are read.
    private let base: Model
    private let ids: [RecordID]

    init(of base: Model, ids: [RecordID]) {
        self.base = base
        self.ids = ids
    }

    /// The table that holds an inherited field, with its model.
    mutating func parentTable(
        of field: FieldName, in model: Model, registry: Registry
    ) throws -> (table: SQL, model: Model) {
        var table: SQL = "\(table: model.table)"
        var current = model
        var path = "^"
        while current.ownField(field) == nil, let delegate = current.inherited[field]?.delegate {
            path += "." + delegate.link
            let parent = try registry.model(delegate.model)
            table = join(
                path, parent, on: { alias in "\(alias).\"id\" = \(table).\(column: delegate.link)" })
            current = parent
        }
        return (table, current)
    }

    /// Where a related path ends: a table and the column's field. Nil when a step is no plain relation.
    mutating func end(
        of path: [FieldName], from model: Model, at table: SQL, registry: Registry
    ) throws -> (table: SQL, field: Field, model: Model)? {
        guard let last = path.last, let steps = try relations(along: path, from: model, registry: registry) else {
            return nil
        }
        var table = table
        let start = model.table
        var key = start
        var end = model
        for (field, target) in steps {
            key += "." + field.name
            switch field.kind {
            case .many2one:
                let from = table
                table = join(key, target) { alias in "\(alias).\"id\" = \(from).\(column: field.name)" }
            case .one2many(_, let inverse):
                let isFirst = key == start + "." + field.name && model === base
                table =
                    isFirst
                    ? joinFirstOfAll(key, target, inverse: inverse)
                    : joinFirst(key, target, inverse: inverse, owner: table)
            default:
                return nil
            }
            end = target
        }
        guard let field = end.ownField(last), field.hasColumn else { return nil }
        return (table, field, end)
    }

    /// The relations of a path with their targets, if a join can follow all of them.
    private func relations(
        along path: [FieldName], from model: Model, registry: Registry
    ) throws -> [(Field, Model)]? {
        var steps: [(Field, Model)] = []
        var current = model
        for name in path.dropLast() {
            guard let field = current.ownField(name), case .stored = field.storage, let target = field.kind.target
            else { return nil }
            if case .many2many = field.kind { return nil }
            // A domain on the relation that the server applies would have to be joined, too.
            if field.kind.isToMany, field.attributes.domain.list?.isEmpty == false { return nil }
            current = try registry.model(target)
            guard current.overrides.search.isEmpty else { return nil }
            steps.append((field, current))
        }
        guard let last = path.last, current.ownField(last)?.hasColumn == true else { return nil }
        return steps
    }

    /// Joins the model's table under the path's alias, unless the path is joined already.
    private mutating func join(_ key: String, _ model: Model, on condition: (SQL) -> SQL) -> SQL {
        joinOnce(key, model) { alias in " LEFT JOIN \(table: model.table) AS \(alias) ON \(condition(alias))" }
    }

    private mutating func joinOnce(_ key: String, _ model: Model, by clause: (SQL) -> SQL) -> SQL {
        if let (known, _) = aliases[key] { return known }
        let alias = SQL.quoted("j\(aliases.count + 1)")
        text += clause(alias)
        aliases[key] = (alias, model)
        return alias
    }

    /// The first record of a one2many of the records that are read, found for all of them in one pass.
    private mutating func joinFirstOfAll(_ key: String, _ model: Model, inverse: FieldName) -> SQL {
        let owner = model.column(inverse)
        let (base, ids) = (base, ids)
        return joinOnce(key, model) { alias in
            """
             LEFT JOIN (SELECT DISTINCT ON (\(owner)) * FROM \(table: model.table) WHERE \(owner) = ANY(\(ids))\
            \(Self.activeOnly(model)) ORDER BY \(owner), \(OrderClause(of: model).terms)) AS \(alias) \
            ON \(alias).\(column: inverse) = \(base.column("id"))
            """
        }
    }

    /// The first record of a one2many in its model's order, inactive ones left out.
    private mutating func joinFirst(_ key: String, _ model: Model, inverse: FieldName, owner: SQL) -> SQL {
        joinOnce(key, model) { alias in
            """
             LEFT JOIN LATERAL (SELECT * FROM \(table: model.table) WHERE \(model.column(inverse)) = \(owner)."id"\
            \(Self.activeOnly(model)) ORDER BY \(OrderClause(of: model).terms) LIMIT 1) AS \(alias) ON TRUE
            """
        }
    }

    private static func activeOnly(_ model: Model) -> SQL {
        model.ownField("active")?.hasColumn == true ? " AND \(model.column("active"))" : .empty
    }
}
