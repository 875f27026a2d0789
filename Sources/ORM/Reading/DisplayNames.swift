public import Values

internal import PostgreSQL
internal import SQL

/// Names of records of several models: one statement a model, plain ones in one pipeline.
struct DisplayNames {
    let environment: Environment

    func names(of targets: [ModelName: (model: Model, ids: Set<RecordID>)]) throws -> [ModelName: [RecordID: String]] {
        var names: [ModelName: [RecordID: String]] = [:]
        var plain: [(model: Model, statement: SQL)] = []
        for (name, target) in targets.sorted(by: { $0.key < $1.key }) where !target.ids.isEmpty {
            let ids = target.ids.sorted()
            if target.model.hasPlainNames {
                plain.append((target.model, try Self.statement(target.model, ids, in: environment)))
            } else {
                names[name] = try Records(of: target.model, ids, in: environment).displayNames()
            }
        }
        if plain.isEmpty { return names }
        let results = try environment.transaction.pipeline(plain.map(\.statement))
        for ((model, _), result) in zip(plain, results) { names[model.name] = Self.names(in: result) }
        return names
    }

    static func statement(_ model: Model, _ ids: [RecordID], in environment: Environment) throws -> SQL {
        """
        SELECT "id", \(try column(of: model, in: environment))::text FROM \(table: model.table) WHERE "id" = ANY(\(ids))
        """
    }

    /// The column that names a model's records, as the caller reads it.
    static func column(of model: Model, in environment: Environment) throws -> SQL {
        guard let field = model.ownField(model.nameField) else {
            throw ORMError.unknownField(model.nameField, of: model.name)
        }
        return try environment.readable(field, of: model, at: "\(table: model.table)")
    }

    /// Id and name of each row; an empty name reads `False`, as in the original.
    static func names(in result: Result) -> [RecordID: String] {
        result.byID { result.text($0, 1) ?? "False" }
    }
}

extension Records {
    /// The name a person knows each record by (`name_get`); overrides apply. Records that do not exist have none.
    public func displayNames() throws -> [RecordID: String] {
        if ids.isEmpty { return [:] }
        return try descend(model.overrides.displayNames[...], self, through: { try $0($1, $2) }) {
            try $0.ownDisplayNames()
        }
    }

    private func ownDisplayNames() throws -> [RecordID: String] {
        try environment.check(.read, on: model)
        if model.isTransient { try TransientRecords(records: self).use(.read) }
        guard let field = model.field(model.nameField) else {
            return Dictionary(ids.map { ($0, "\(model.name),\($0)") }, uniquingKeysWith: { first, _ in first })
        }
        // Straight from the column, unless a read would tell something else of it.
        if model.hasNameColumn, model.overrides.read.isEmpty, try environment.maySee(field) {
            try checkRules(.read)
            return DisplayNames.names(in: try environment.rows(DisplayNames.statement(model, ids, in: environment)))
        }
        let table = try read([model.nameField, "__last_update"])
        var names: [RecordID: String] = [:]
        for (id, value) in zip(table.values(of: "id") ?? [], table.values(of: model.nameField) ?? []) {
            if let id = id.integer { names[id] = value.list?.last?.plainText ?? value.plainText }
        }
        return names
    }
}

extension Records {
    /// `name_get`: pairs of id and name in the order a read has.
    func namesInOrder() throws -> Value {
        if ids.isEmpty { return [] }
        let names = try displayNames()
        let order = try environment.rows(
            """
            SELECT "id" FROM \(table: model.table) WHERE "id" = ANY(\(ids)) \
            ORDER BY \(OrderClause.plain(model.siblingOrder, of: model))
            """)
        return .list(
            order.integers(column: 0).compactMap { id in names[id].map { [.integer(id), .text($0)] } })
    }
}

extension Field {
    /// A many2one as name field: the record is called as its target is.
    var isNamedByTarget: Bool { if case .many2one = kind { true } else { false } }
}
