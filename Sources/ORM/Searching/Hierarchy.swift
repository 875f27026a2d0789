internal import Domain
internal import SQL
internal import Values

/// `child_of`: a record and all below it (contract/domains.md §5).
struct Hierarchy {
    let compiler: DomainCompiler

    /// `column` holds the id of one of the given records of `model` or of a descendant along `parent`.
    func condition(_ column: SQL, _ value: Value, on model: Model, along parent: FieldName) throws -> SQL {
        let isBounded = compiler.environment.pending.unboundedTrees == nil
        let usesBounds = model.isNestedSet && isBounded && parent == model.parentField
        guard let ids = try roots(value, in: model) else { return usesBounds ? "TRUE" : "FALSE" }
        if usesBounds, value.text == nil { try refuseUnknown(ids, in: model) }
        let roots: SQL = "SELECT unnest(\(ids)::int[])"
        guard model.ownField(parent)?.hasColumn == true else { return "\(column) IN (\(roots))" }
        let tree =
            usesBounds
            ? withinBounds(of: roots, in: model) : try descendants(of: roots, in: model, along: parent)
        return "\(column) IN (\(tree))"
    }

    /// Who starts from a record that is not there is told so where a tree keeps bounds, and finds nothing elsewhere
    /// (contract/domains.md §5). Rules say whose records they are about, and a record of theirs may be gone by now.
    private func refuseUnknown(_ ids: [RecordID], in model: Model) throws {
        guard compiler.searchesAsAddonsDo, try !Records(of: model, ids, in: compiler.environment).exist() else {
            return
        }
        throw ORMError.badValue("child_of starts from records of \(model.name) that are there, not from \(ids)")
    }

    /// The ids to start from; nil when the list is empty.
    private func roots(_ value: Value, in model: Model) throws -> [RecordID]? {
        switch value {
        case .text(let text):
            let found = try Records(of: model, [], in: compiler.environment).nameSearch(
                NameQuery(text, comparison: "like", limit: nil))
            return found.isEmpty ? nil : found.map(\.id)
        case .list(let elements):
            if elements.isEmpty { return nil }
            let ids = elements.compactMap(\.recordID)
            guard ids.count == elements.count else {
                throw ORMError.badValue("child_of takes ids or one name, not \(value.pythonText)")
            }
            return ids
        case .null, .boolean(false):
            return nil
        default:
            guard let id = value.recordID else {
                throw ORMError.badValue("child_of takes ids or one name, not \(value.pythonText)")
            }
            return [id]
        }
    }

    private func withinBounds(of roots: SQL, in model: Model) -> SQL {
        """
        SELECT "below"."id" FROM \(table: model.table) AS "below" JOIN \(table: model.table) AS "root" \
        ON "below"."parent_left" >= "root"."parent_left" AND "below"."parent_left" < "root"."parent_right" \
        WHERE "root"."id" IN (\(roots))
        """
    }

    /// Walks down level by level; a record already met ends its branch, so a loop in the data does no harm. Inactive
    /// records, and those the caller may not see, cut their branch off.
    private func descendants(of roots: SQL, in model: Model, along parent: FieldName) throws -> SQL {
        var conditions: [SQL] = []
        if model.ownField("active")?.hasColumn == true, compiler.environment.context.filtersInactive {
            conditions.append("\"child\".\"active\"")
        }
        if let rule = try compiler.environment.ruleCondition(.read, on: model) {
            conditions.append("\"child\".\"id\" IN (\(model.selectIDs(where: rule)))")
        }
        let filter: SQL = conditions.isEmpty ? .empty : " WHERE \(conditions.joined(by: " AND "))"
        return """
            WITH RECURSIVE "tree"("id") AS (\(roots) UNION SELECT "child"."id" FROM \(table: model.table) AS "child" \
            JOIN "tree" ON "child".\(column: parent) = "tree"."id"\(filter)) SELECT "id" FROM "tree"
            """
    }
}
