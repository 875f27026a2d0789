internal import Domain
internal import SQL
internal import Values

/// A domain leaf on a many2one, one2many or many2many (contract/domains.md §3, §4).
struct RelationalLeaf {
    let compiler: DomainCompiler
    let model: Model
    let field: Field

    private var environment: Environment { compiler.environment }

    private func target() throws -> Model {
        guard let name = field.kind.target else { throw ORMError.unknownField(field.name, of: model.name) }
        return try environment.registry.model(name)
    }

    /// `field.rest`: the rest is searched on the target as the same user, then records that lead to a hit.
    func condition(following leaf: Leaf) throws -> SQL {
        let target = try target()
        try environment.check(.read, on: target)
        let inner = try compiler.found(
            [[.text(leaf.path), .text(leaf.comparison.rawValue), leaf.value]], on: target)
        return links(to: target.selectIDs(where: inner), in: target)
    }

    /// A leaf on the relation itself.
    func condition(_ leaf: Leaf) throws -> SQL {
        if leaf.comparison == .childOf { return try childCondition(leaf.value) }
        return field.kind.isToMany ? try toManyCondition(leaf) : try toOneCondition(leaf)
    }

    private func childCondition(_ value: Value) throws -> SQL {
        let target = try target()
        let hierarchy = Hierarchy(compiler: compiler)
        guard case .many2one = field.kind else {
            let inner = try hierarchy.condition(
                target.column("id"), value, on: target, along: target.parentField)
            return links(to: target.selectIDs(where: inner), in: target)
        }
        let own = model.column(field.name)
        if target.name == model.name {
            return try hierarchy.condition(model.column("id"), value, on: model, along: field.name)
        }
        return try hierarchy.condition(own, value, on: target, along: target.parentField)
    }

    // MARK: - many2one

    private func toOneCondition(_ leaf: Leaf) throws -> SQL {
        let column = model.column(field.name)
        switch leaf.value {
        case .null, .boolean(false), .text(""), .integer(0):
            return leaf.comparison.isNegative ? "\(column) IS NOT NULL" : "\(column) IS NULL"
        case .text(let text):
            let comparison: Comparison = leaf.comparison.isOrder ? .equal : leaf.comparison.ofOne
            return "\(column) IN (\(try idsNamed([text], comparison, in: unfiltered)))"
        case .list(let elements) where elements.isEmpty:
            return [.notIn, .notEqual, .unequal].contains(leaf.comparison) ? "TRUE" : "FALSE"
        case .list(let elements):
            let texts = elements.compactMap(\.text)
            if texts.count == elements.count {
                let negative = leaf.comparison.isNegative
                return "\(column) IN (\(try idsNamed(texts, negative ? .notIn : .in, in: unfiltered)))"
            }
            return try compiler.plainCondition(column, .identifier, leaf)
        default:
            return try compiler.plainCondition(column, .identifier, leaf)
        }
    }

    // MARK: - one2many and many2many

    private func toManyCondition(_ leaf: Leaf) throws -> SQL {
        let target = try target()
        switch leaf.value {
        case .null, .boolean(false):
            let linked = links(to: nil, in: target)
            return leaf.comparison.isNegative ? linked : "NOT (\(linked))"
        case .text(let text):
            let limit: Int? = if case .many2many = field.kind { 100 } else { nil }
            let hits = try idsNamed([text], leaf.comparison, in: environment, limit: limit)
            let linked = links(to: hits, in: target)
            guard leaf.comparison.findsUnlinked else { return linked }
            return "CASE WHEN EXISTS (\(hits)) THEN \(linked) ELSE NOT (\(links(to: nil, in: target))) END"
        case .list(let elements) where elements.isEmpty:
            return leaf.comparison.findsUnlinked ? "NOT (\(links(to: nil, in: target)))" : "FALSE"
        case .list(let elements):
            let ids = elements.compactMap(\.recordID)
            guard ids.count == elements.count else {
                let texts = elements.compactMap(\.text)
                return links(to: try idsNamed(texts, .in, in: environment), in: target)
            }
            return try withIDs(ids, leaf.comparison, in: target)
        default:
            guard let id = leaf.value.recordID else {
                throw ORMError.badValue("\(leaf.value.pythonText) is no id for the field \(field.name)")
            }
            return try withIDs([id], leaf.comparison, in: target)
        }
    }

    private func withIDs(_ ids: [RecordID], _ comparison: Comparison, in target: Model) throws -> SQL {
        if case .one2many = field.kind, comparison.isOrder, let first = ids.first {
            // 6.0 compares with the first id alone.
            let id = target.column("id")
            let leaf = Leaf(path: "id", comparison: comparison, value: .integer(first))
            let condition = try compiler.plainCondition(id, .identifier, leaf)
            return links(to: target.selectIDs(where: condition), in: target)
        }
        let linked = links(to: "SELECT unnest(\(ids)::int[])", in: target)
        return comparison.isNegative ? "NOT (\(linked))" : linked
    }

    // MARK: - Both

    /// The records of this model that lead to one of the selected target ids; nil selects all.
    private func links(to ids: SQL?, in target: Model) -> SQL {
        switch field.kind {
        case .one2many(_, let inverse):
            let back = target.column(inverse)
            let hit: SQL = ids.map { " AND \(target.column("id")) IN (\($0))" } ?? .empty
            return """
                \(model.column("id")) IN (SELECT \(back) FROM \(table: target.table) \
                WHERE \(back) IS NOT NULL\(hit))
                """
        case .many2many(_, let relation):
            let hit: SQL = ids.map { " WHERE \(column: relation.other) IN (\($0))" } ?? .empty
            return """
                \(model.column("id")) IN \
                (SELECT \(column: relation.own) FROM \(table: relation.table)\(hit))
                """
        default:
            let column = model.column(field.name)
            return ids.map { "\(column) IN (\($0))" } ?? "\(column) IS NOT NULL"
        }
    }

    /// A many2one is searched by the names of inactive records, too.
    private var unfiltered: Environment { environment.adding(["active_test": false]) }

    /// The target's ids found by name, as a subselect where no addon changed how names are searched.
    private func idsNamed(
        _ texts: [String], _ comparison: Comparison, in environment: Environment, limit: Int? = nil
    ) throws -> SQL {
        let target = try target()
        if target.overrides.nameSearch.isEmpty, target.overrides.search.isEmpty {
            try environment.check(.read, on: target)
            let value: Value =
                comparison == .in || comparison == .notIn ? .list(texts.map { .text($0) }) : .text(texts[0])
            // Searched without a name, every record is found.
            let domain: Value =
                value == "" ? [] : [[.text(target.nameField), .text(comparison.rawValue), value]]
            let condition = try DomainCompiler(environment: environment).condition(domain, on: target)
            let all = target.selectIDs(where: condition)
            return limit.map { "\(all) ORDER BY \(OrderClause(of: target).terms) LIMIT \($0)" } ?? all
        }
        let handle = Records(of: target, [], in: environment)
        var found: Set<RecordID>?
        // One question a name: only overridden name searches come here, and they take one text.
        for text in texts {
            let query = NameQuery(text, comparison: comparison.ofOne.rawValue, limit: limit)
            let hits = Set(try handle.nameSearch(query).map(\.id))
            found = found.map { comparison == .notIn ? $0.intersection(hits) : $0.union(hits) } ?? hits
        }
        return "SELECT unnest(\((found ?? []).sorted())::int[])"
    }
}

extension Comparison {
    /// True for what compares by size.
    fileprivate var isOrder: Bool {
        switch self {
        case .less, .greater, .lessOrEqual, .greaterOrEqual: true
        default: false
        }
    }

    /// True for operators that find records without any link where no target is meant (contract/domains.md §4).
    fileprivate var findsUnlinked: Bool {
        switch self {
        case .like, .ilike, .in, .equal: false
        default: true
        }
    }
}
