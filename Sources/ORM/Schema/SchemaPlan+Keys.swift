internal import SQL
internal import Values

/// Indexes, foreign keys, relation tables and constraints.
extension SchemaPlan {
    mutating func plan(index field: Field, of model: Model) {
        let name = "\(model.table)_\(field.name)_index"
        if field.attributes.index != .none, snapshot.indexes.insert(name).inserted {
            columns.append("CREATE INDEX \(table: name) ON \(table: model.table) (\(column: field.name))")
        } else if scope == .everything, field.attributes.index == .none, snapshot.indexes.remove(name) != nil {
            columns.append("DROP INDEX \(table: name)")
        }
    }

    mutating func plan(foreignKeys fields: [Field], of model: Model) {
        var keys: [(column: String, table: String, action: String)] = []
        for field in fields {
            // Rows that are swept away soon neither keep lasting ones from going nor are pointed at by them.
            guard case .many2one(let target, let action) = field.kind, let other = registry.models[target],
                other.ownsTable, !isInherited(other.table), other.isTransient == model.isTransient
            else { continue }
            let rule = model.isTransient && action == .restrict ? DeleteAction.setNull : action
            keys.append((field.name, other.table, rule.rawValue))
        }
        if model.logsAccess, !model.isTransient, let users = registry.models["res.users"] {
            keys += [("create_uid", users.table, "SET NULL"), ("write_uid", users.table, "SET NULL")]
        }
        for key in keys where snapshot.foreignKeys[model.table, default: []].insert(key.column).inserted {
            append(
                """
                ALTER TABLE \(table: model.table) ADD FOREIGN KEY (\(column: key.column)) \
                REFERENCES \(table: key.table) ON DELETE \(trusted: key.action)
                """)
        }
    }

    /// Rows of a table that others inherit from lie in those, where a foreign key does not look.
    func isInherited(_ table: String) -> Bool { registry.models.values.contains { $0.parentTable == table } }

    mutating func plan(relation field: Field, of model: Model) throws {
        guard case .many2many(let target, let relation) = field.kind, case .stored = field.storage,
            snapshot.tables[relation.table] == nil
        else { return }
        let other = try registry.model(target)
        let isUnlogged = model.isTransient || other.isTransient
        tables.append(
            """
            CREATE \(trusted: isUnlogged ? "UNLOGGED TABLE" : "TABLE") \(table: relation.table) (\(column: relation.own) integer NOT NULL, \
            \(column: relation.other) integer NOT NULL, UNIQUE (\(column: relation.own), \(column: relation.other)))
            """)
        snapshot.tables[relation.table] = [:]
        for (column, end) in [(relation.own, model), (relation.other, other)] {
            let name = "\(relation.table)_\(column)_index"
            if snapshot.indexes.insert(name).inserted {
                columns.append("CREATE INDEX \(table: name) ON \(table: relation.table) (\(column: column))")
            }
            guard end.ownsTable, !isInherited(end.table), end.isTransient == isUnlogged else { continue }
            references.append(
                """
                ALTER TABLE \(table: relation.table) ADD FOREIGN KEY (\(column: column)) \
                REFERENCES \(table: end.table) ON DELETE CASCADE
                """)
        }
    }

    mutating func plan(constraints model: Model) {
        for case .sql(let key, let definition, _) in model.constraints {
            let name = model.constraintName(key)
            if let existing = snapshot.constraints[model.table]?[name] {
                if scope == .additions || Self.normalized(existing) == Self.normalized(definition) { continue }
                references.append("ALTER TABLE \(table: model.table) DROP CONSTRAINT \(table: name)")
            }
            append(
                "ALTER TABLE \(table: model.table) ADD CONSTRAINT \(table: name) \(trusted: definition)")
        }
        references += model.tableSQL.map { SQL(trusted: $0) }
    }

    /// Rows that are there already may break a new rule; then they stay, and it is done without.
    private mutating func append(_ rule: SQL) {
        if scope == .additions { wishes.append(rule) } else { references.append(rule) }
    }

    /// PostgreSQL adds blanks and brackets of its own when it writes a definition back.
    private static func normalized(_ definition: String) -> String {
        String(definition.lowercased().filter { !" ()\"\n".contains($0) })
    }
}
