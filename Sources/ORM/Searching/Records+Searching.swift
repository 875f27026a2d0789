public import Values

internal import Domain
internal import PostgreSQL
internal import SQL

extension Records {
    /// The records a domain matches, in order, as the caller may see them; overrides apply.
    public func search(_ request: SearchRequest = SearchRequest()) throws -> Records {
        other(try searchIDs(request))
    }

    /// The ids a domain matches, in order. One statement.
    public func searchIDs(_ request: SearchRequest) throws -> [RecordID] {
        let handle = other([])
        return try descend(model.overrides.search[...], request, through: { try $0(handle, $1, $2) }) {
            try handle.ownSearch($0)
        }
    }

    private func ownSearch(_ request: SearchRequest) throws -> [RecordID] {
        try environment.check(.read, on: model)
        return try find(request)
    }

    /// The ids a domain matches of what the caller's rules leave him, whether or not he may read the model.
    func find(_ request: SearchRequest) throws -> [RecordID] {
        let condition = try DomainCompiler(environment: environment).condition(request.domain, on: model)
        let order = try OrderClause(request.order, on: model, in: environment)
        var statement: SQL = """
            SELECT \(table: model.table)."id" FROM \(table: model.table)\(order.joins) \
            WHERE \(condition) ORDER BY \(order.terms)
            """
        if let limit = request.limit { statement += " LIMIT \(limit)" }
        if request.offset != 0 { statement += " OFFSET \(request.offset)" }
        return try environment.rows(statement).integers(column: 0)
    }

    /// How many records a domain matches. One statement; where an addon changed the search, its hits are counted.
    public func count(_ domain: Value = []) throws -> Int {
        guard model.overrides.search.isEmpty else { return try searchIDs(SearchRequest(domain)).count }
        try environment.check(.read, on: model)
        let condition = try DomainCompiler(environment: environment).condition(domain, on: model)
        let result = try environment.rows("SELECT count(*) FROM \(table: model.table) WHERE \(condition)")
        return result.integer(0, 0) ?? 0
    }

    /// True when every record exists, whether or not the caller may see it.
    public func exist() throws -> Bool {
        let distinct = Set(ids)
        let result = try environment.rows(
            "SELECT count(*) FROM \(table: model.table) WHERE \"id\" = ANY(\(Array(distinct)))")
        return result.integer(0, 0) == distinct.count
    }

    /// Records by name, in the model's order; overrides apply.
    public func nameSearch(_ query: NameQuery) throws -> [NamedRecord] {
        let handle = other([])
        return try descend(model.overrides.nameSearch[...], query, through: { try $0(handle, $1, $2) }) {
            try handle.ownNameSearch($0)
        }
    }

    private func ownNameSearch(_ query: NameQuery) throws -> [NamedRecord] {
        let typed: [Value] =
            query.text.isEmpty ? [] : [[.text(model.nameField), .text(query.comparison), .text(query.text)]]
        return try named(query, and: typed)
    }

    /// The records that fulfil a name query's own domain and some more leaves, with their names, in the model's order.
    public func named(_ query: NameQuery, and leaves: [Value] = []) throws -> [NamedRecord] {
        guard let given = query.domain.list else { throw DomainError.notAList(query.domain) }
        let found = try search(SearchRequest(.list(given + leaves), limit: query.limit))
        let names = try found.displayNames()
        return found.ids.compactMap { id in names[id].map { NamedRecord(id: id, name: $0) } }
    }

    /// No record lies within itself along the many2one `parent`, which leads to its own model. One statement.
    public func isAcyclic(along parent: FieldName) throws -> Bool {
        let result = try environment.rows(
            """
            WITH RECURSIVE "up"("start", "id") AS (
                SELECT "id", \(column: parent) FROM \(table: model.table) WHERE "id" = ANY(\(ids))
                UNION SELECT "up"."start", "above".\(column: parent) FROM "up"
                JOIN \(table: model.table) AS "above" ON "above"."id" = "up"."id"
            ) SELECT 1 FROM "up" WHERE "start" = "id" LIMIT 1
            """)
        return result.rowCount == 0
    }
}
