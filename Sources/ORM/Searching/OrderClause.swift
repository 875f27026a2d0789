internal import Domain
internal import SQL
internal import Values

/// The ORDER BY of a search, with the tables it needs besides the model's own (contract/orm.md §6, Ordering).
struct OrderClause {
    /// LEFT JOINs to the targets of many2one fields and to delegated parents.
    private(set) var joins: SQL = .empty
    /// Without the words ORDER BY; never empty.
    private(set) var terms: SQL = .empty

    /// The model's own order, its columns as they are.
    init(of model: Model) {
        terms = Self.plain(model.order, of: model)
    }

    /// A client's order; fields that cannot be sorted by are skipped, and if none is left the model's order applies.
    ///
    /// - Throws: `ORMError.malformedOrder`.
    init(_ text: String?, on model: Model, in environment: Environment) throws {
        self.init(of: model)
        guard let text, !text.isEmpty else { return }
        let wanted: [OrderTerm]
        do { wanted = try parseOrder(text) } catch { throw ORMError.malformedOrder }
        var pieces: [SQL] = []
        for term in wanted { pieces += try piece(term, on: model, in: environment) }
        if pieces.isEmpty { return }
        if !wanted.contains(where: { $0.name == "id" }) { pieces.append("\(table: model.table).\"id\"") }
        terms = pieces.joined(by: ", ")
    }

    private mutating func piece(_ term: OrderTerm, on model: Model, in environment: Environment) throws -> [SQL] {
        let registry = environment.registry
        let direction: SQL = term.descending ? " DESC" : .empty
        if model.isMagic(term.name) { return ["\(table: model.table).\(column: term.name)\(direction)"] }
        var table: SQL = "\(table: model.table)"
        var owner = model
        var alias = "parent"
        // Up through as many parents as lie between.
        while owner.ownField(term.name) == nil, let delegate = owner.inherited[term.name]?.delegate {
            let parent = try registry.model(delegate.model)
            alias += "_" + delegate.link
            if !isJoined(alias) {
                joins += """
                     LEFT JOIN \(table: parent.table) AS \(table: alias) ON \(table: alias)."id" = \
                    \(table).\(column: delegate.link)
                    """
            }
            table = "\(table: alias)"
            owner = parent
        }
        guard let field = model.field(term.name), field.hasColumn, try environment.maySee(field) else { return [] }
        guard case .many2one(let targetName, _) = field.kind else {
            return ["\(table).\(column: term.name)\(direction)"]
        }
        let target = try registry.model(targetName)
        if target.name == model.name { return ["\(table).\(column: term.name)\(direction)"] }
        alias = "order_" + term.name
        if !isJoined(alias) {
            joins += """
                 LEFT JOIN \(table: target.table) AS \(table: alias) \
                ON \(table: alias)."id" = \(table).\(column: term.name)
                """
        }
        // A direction of the target's own order is lost: each column takes the one asked for.
        return target.order.map { "\(table: alias).\(column: $0.name)\(direction)" }
    }

    /// A field may be named twice; its table is joined once.
    private func isJoined(_ alias: String) -> Bool { joins.rendered().text.contains("\"\(alias)\"") }

    /// Terms as plain columns, ended by the id so that pages of a list never overlap.
    static func plain(_ order: [OrderTerm], of model: Model) -> SQL {
        var pieces = order.map { term -> SQL in
            let direction: SQL = term.descending ? " DESC" : .empty
            return "\(table: model.table).\(column: term.name)\(direction)"
        }
        if !order.contains(where: { $0.name == "id" }) { pieces.append("\(table: model.table).\"id\"") }
        return pieces.joined(by: ", ")
    }
}
