internal import PostgreSQL
internal import SQL
internal import Values

/// Reads one one2many or many2many field of many records with one statement: pairs of owner and target, filtered by
/// the field's domain and the target's active flag, in the target's order.
struct RelationReader {
    let field: Field
    private let select: (([RecordID]) -> SQL)

    init(field: Field, of model: Model, in environment: Environment) throws {
        self.field = field
        guard let name = field.kind.target else { throw ORMError.unknownField(field.name, of: model.name) }
        let target = try environment.registry.model(name)
        let domain: Value = if case .list = field.attributes.domain { field.attributes.domain } else { [] }
        let condition = try DomainCompiler(environment: environment).condition(domain, on: target)
        let order = OrderClause(of: target)
        let table = target.table
        switch field.kind {
        case .one2many(_, let inverse):
            try environment.check(.read, on: target)
            select = { ids in
                """
                SELECT \(table: table).\(column: inverse), \(table: table)."id" FROM \(table: table) \
                WHERE \(table: table).\(column: inverse) = ANY(\(ids)) AND \(condition) ORDER BY \(order.terms)
                """
            }
        case .many2many(_, let relation):
            select = { ids in
                """
                SELECT \(table: relation.table).\(column: relation.own), \(table: table)."id" \
                FROM \(table: relation.table) JOIN \(table: table) \
                ON \(table: table)."id" = \(table: relation.table).\(column: relation.other) \
                WHERE \(table: relation.table).\(column: relation.own) = ANY(\(ids)) AND \(condition) \
                ORDER BY \(order.terms)
                """
            }
        default:
            throw ORMError.wrongKind(field: field.name, of: model.name, asked: "records")
        }
    }

    /// The statement for the given owners.
    func statement(ids: [RecordID]) -> SQL { select(ids) }

    /// The list of target ids for each owner, in the order of the owners; no more than the field's limit.
    func values(from result: Result, for owners: [RecordID]) -> [Value] {
        var lists: [RecordID: [Value]] = [:]
        for row in 0..<result.rowCount {
            guard let owner = result.integer(row, 0), let target = result.integer(row, 1) else { continue }
            if let limit = field.attributes.limit, (lists[owner]?.count ?? 0) >= limit { continue }
            lists[owner, default: []].append(.integer(target))
        }
        return owners.map { .list(lists[$0] ?? []) }
    }
}
