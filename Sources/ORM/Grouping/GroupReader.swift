internal import PostgreSQL
internal import SQL
internal import Values

/// Carries out a `read_group` (contract/orm.md §8): one statement for the groups in their order, one for the names of
/// many2one groups; a third one only where an addon changed how the model is searched.
struct GroupReader {
    /// The model's handle; its ids are empty.
    let handle: Records
    let request: GroupRequest

    private var model: Model { handle.model }
    private var environment: Environment { handle.environment }

    /// The groups as clients read them.
    ///
    /// - Throws: `ORMError.assertion` and `UserError` when the field cannot be grouped by.
    func groups() throws -> [FieldValues] {
        try environment.check(.read, on: model)
        guard let name = request.levels.first else { return [try total()] }
        var joins = ReadJoins(of: model, ids: [])
        let key = try key(name, joins: &joins)
        let sums = try sums(besides: name)
        let result = try environment.rows(statement(key, sums, joins: joins.text))
        let rows = try rowOrder(of: result)
        let names = try names(of: key, in: result)
        let given = request.domain.list ?? []
        return rows.map { row in
            let raw = key.raw(result, row: row, column: 2)
            var group = values(of: sums, in: result, row: row)
            group[name] = key.shown(raw, names: names)
            group[countKey(name)] = .integer(result.integer(row, 1) ?? 0)
            group["__domain"] = .list(key.leaves(raw) + given)
            if request.tellsRest {
                group["__context"] = ["group_by": .list(request.levels.dropFirst().map { .text($0) })]
            }
            return group
        }
    }

    // MARK: - What is asked for

    private var wanted: [FieldName] { request.fields.isEmpty ? model.fields.map(\.name) : request.fields }

    private func key(_ name: FieldName, joins: inout ReadJoins) throws -> GroupKey {
        guard let field = model.field(name), try environment.maySee(field) else {
            throw UserError("Invalid group_by", "\(model.name) has no field \"\(name)\" to group by.")
        }
        guard wanted.contains(name) else {
            throw ORMError.assertion("The field '\(name)' to group by must be among the fields to read")
        }
        guard field.hasColumn else {
            throw ORMError.assertion(
                "Fields in 'groupby' must be regular database-persisted fields (no function or related fields), "
                    + "or function fields with store=True")
        }
        let place = try joins.parentTable(of: name, in: model, registry: environment.registry)
        if place.model !== model { try environment.check(.read, on: place.model) }
        return GroupKey(field, column: "\(place.table).\(column: name)")
    }

    /// A number that is added up: own columns only, inherited ones are missing (contract/orm.md §8).
    private struct Sum {
        let name: FieldName
        let expression: SQL
        let kind: CellKind
    }

    private func sums(besides key: FieldName?) throws -> [Sum] {
        try wanted.distinct.compactMap { name -> Sum? in
            guard name != key, name != "sequence", let field = model.ownField(name), field.hasColumn,
                field.kind.isSummed, let combining = GroupOperator(of: field), try environment.maySee(field)
            else { return nil }
            return Sum(
                name: name, expression: combining.expression(of: "\(table: model.table).\(column: name)"),
                kind: combining.cellKind(for: field.kind))
        }
    }

    private func countKey(_ name: FieldName) -> String {
        leavesOutRecords && request.levels.count < 2 ? "__count" : name + "_count"
    }

    /// The client shows groups only, down to the last level.
    private var leavesOutRecords: Bool { environment.context["group_by_no_leaf"].isTruthy }

    // MARK: - The statement

    /// Groups first, with limit and offset; then each is put where the search puts its first record. Groups whose
    /// first record no search finds, an inactive one, come last.
    private func statement(_ key: GroupKey, _ sums: [Sum], joins: SQL) throws -> SQL {
        let compiler = DomainCompiler(environment: environment)
        let condition = try compiler.found(request.domain, on: model)
        let id: SQL = "\(table: model.table).\"id\""
        var columns: [SQL] = ["min(\(id)) AS \"first\"", "count(\(id)) AS \"count\"", "\(key.expression) AS \"key\""]
        columns += sums.enumerated().map { "\($1.expression) AS \(table: "sum\($0)")" }
        var groups: SQL = """
            SELECT \(columns.joined(by: ", ")) FROM \(table: model.table)\(joins) WHERE \(condition) GROUP BY 3
            """
        if request.limit != nil || request.offset != 0 { groups += " ORDER BY 3" }
        if let limit = request.limit { groups += " LIMIT \(limit)" }
        if request.offset != 0 { groups += " OFFSET \(request.offset)" }
        guard model.overrides.search.isEmpty else {
            return "WITH \"groups\" AS (\(groups)) SELECT * FROM \"groups\" ORDER BY \"key\""
        }
        let order = try OrderClause(request.order ?? key.field.name, on: model, in: environment)
        let found = try compiler.condition([], on: model)
        return """
            WITH "groups" AS (\(groups)) SELECT "groups".* FROM "groups" LEFT JOIN \(table: model.table) \
            ON \(id) = "groups"."first" AND \(found)\(order.joins) ORDER BY \(id) IS NULL, \(order.terms), "key"
            """
    }

    /// The rows of the result in the order of their groups.
    private func rowOrder(of result: Result) throws -> [Int] {
        let rows = Array(0..<result.rowCount)
        if model.overrides.search.isEmpty || rows.isEmpty { return rows }
        let firsts = result.integers(column: 0)
        let ids = try handle.searchIDs(
            SearchRequest(
                [["id", "in", .list(firsts.map { .integer($0) })]], order: request.order ?? request.levels[0]))
        let places = Dictionary(zip(ids, 0...), uniquingKeysWith: { first, _ in first })
        return rows.sorted { left, right in
            (places[firsts[left]] ?? ids.count + left) < (places[firsts[right]] ?? ids.count + right)
        }
    }

    private func names(of key: GroupKey, in result: Result) throws -> [RecordID: String] {
        guard case .many2one(let name, _) = key.field.kind else { return [:] }
        let target = try environment.registry.model(name)
        let ids = Set((0..<result.rowCount).compactMap { result.integer($0, 2) })
        return try DisplayNames(environment: environment.superuser).names(of: [name: (target, ids)])[name] ?? [:]
    }

    private func values(of sums: [Sum], in result: Result, row: Int) -> FieldValues {
        var values: FieldValues = [:]
        for (place, sum) in sums.enumerated() {
            let column = place + 3
            values[sum.name] =
                result.text(row, column) == nil ? false : sum.kind.value(of: result.bytes(row: row, column: column))
        }
        return values
    }

    // MARK: - Without a level

    /// One row for all records: how many, and the sums.
    private func total() throws -> FieldValues {
        guard leavesOutRecords else {
            throw ORMError.badValue("read_group needs a field to group by, or group_by_no_leaf in the context")
        }
        let sums = try sums(besides: nil)
        let condition = try DomainCompiler(environment: environment).found(request.domain, on: model)
        let columns: [SQL] = ["NULL", "count(\(table: model.table).\"id\")", "NULL"] + sums.map(\.expression)
        let result = try environment.rows(
            "SELECT \(columns.joined(by: ", ")) FROM \(table: model.table) WHERE \(condition)")
        var group = values(of: sums, in: result, row: 0)
        group["__count"] = .integer(result.integer(0, 1) ?? 0)
        return group
    }
}

extension FieldKind {
    /// Whether groups tell the sum of such a field.
    fileprivate var isSummed: Bool {
        switch self {
        case .integer, .float: true
        default: false
        }
    }
}
