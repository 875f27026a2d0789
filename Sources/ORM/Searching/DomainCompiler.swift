internal import Domain
internal import SQL
internal import Values

/// Turns a domain on a model into the condition of one SQL statement (contract/domains.md).
///
/// Paths and relations become subselects, so that a search stays one statement. Exceptions are leaves that address
/// records by name where an addon changed how names are searched: those ids are asked for first.
struct DomainCompiler {
    /// Each step of a path is a subselect within the one before it.
    private static let pathLimit = 20

    let environment: Environment
    /// False for record rules, which are about all records there are, however an addon has people search them.
    let searchesAsAddonsDo: Bool
    /// True behind `!`, where a leaf that says nothing of a record must stay unknown: its complement is unknown, too.
    private(set) var isNegated = false

    init(environment: Environment, searchesAsAddonsDo: Bool = true) {
        self.environment = environment
        self.searchesAsAddonsDo = searchesAsAddonsDo
    }

    private var negated: DomainCompiler {
        var compiler = self
        compiler.isNegated = true
        return compiler
    }

    /// The condition for a client's domain, with the filter on `active` unless the domain mentions it, and with what
    /// the caller's record rules demand.
    ///
    /// - Throws: `DomainError` for a malformed domain, `ORMError.unknownField`.
    func condition(_ value: Value, on model: Model) throws -> SQL {
        let filters = model.hasActive && environment.context.filtersInactive
        var domain = try read(value, filtering: filters)
        if filters, !domain.mentions("active") {
            domain = domain.adding(Leaf(path: "active", comparison: .equal, value: 1))
        }
        let own = try condition(domain.expression, on: model)
        if model.isTransient {
            // No rules: everybody has what is his own (contract/orm.md §13).
            if environment.isSuperuser { return own }
            return "((\(own)) AND \(model.column("create_uid")) = \(environment.uid))"
        }
        let rules = try environment.ruleConditions(.read, on: model)
        return rules.isEmpty ? own : "(\(([own] + rules).joined(by: " AND ")))"
    }

    /// The condition for what a search by the caller finds: where an addon changed how the model is searched, the
    /// records it finds; else the domain's own condition.
    func found(_ value: Value, on model: Model) throws -> SQL {
        guard searchesAsAddonsDo, !model.overrides.search.isEmpty else { return try condition(value, on: model) }
        let ids = try Records(of: model, [], in: environment).searchIDs(SearchRequest(value))
        return "\(model.column("id")) = ANY(\(ids))"
    }

    /// The original tells a malformed domain with the filter it has put in front.
    private func read(_ value: Value, filtering: Bool) throws -> Domain {
        do {
            return try Domain(value)
        } catch {
            guard filtering, case .malformed(let text) = error else { throw error }
            throw DomainError.malformed("[('active', '=', 1), " + text.dropFirst())
        }
    }

    /// The condition of a domain that is taken as it stands.
    func condition(_ expression: DomainExpression, on model: Model) throws -> SQL {
        switch expression {
        case .everything: "TRUE"
        case .nothing: "FALSE"
        case .leaf(let leaf): try condition(leaf, on: model)
        case .not(let inner): "NOT (\(try negated.condition(inner, on: model)))"
        case .and(let parts): try join(parts, by: " AND ", on: model)
        case .or(let parts): try join(parts, by: " OR ", on: model)
        }
    }

    private func join(_ parts: [DomainExpression], by word: String, on model: Model) throws -> SQL {
        let conditions = try parts.map { try condition($0, on: model) }
        return "(\(conditions.joined(by: word)))"
    }

    /// The condition of one leaf.
    func condition(_ leaf: Leaf, on model: Model) throws -> SQL {
        if model.isTransient, leaf.comparison == .ilike {
            // Records in memory were compared letter by letter (contract/orm.md §13).
            return try condition(Leaf(path: leaf.path, comparison: .like, value: leaf.value), on: model)
        }
        let steps = leaf.path.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let name = steps.first.map(String.init) ?? ""
        let rest = steps.count > 1 ? String(steps[1]) : nil
        guard leaf.path.utf8.count(where: { $0 == UInt8(ascii: ".") }) < Self.pathLimit else {
            throw ORMError.badValue("a path in a domain has at most \(Self.pathLimit) steps")
        }

        if model.isMagic(name), model.ownField(name) == nil {
            // The log columns are plain columns for a search: nothing lies behind them.
            if rest != nil { throw ORMError.unknownField(leaf.path, of: model.name) }
            return try magicCondition(name, leaf, on: model)
        }
        guard let field = model.field(name) else { throw ORMError.unknownField(leaf.path, of: model.name) }
        // A search by what one may not see would tell it bit by bit. Rules, which go as the superuser, see everything.
        guard try environment.isSuperuser || environment.maySee(field) else {
            throw ModelAccessDenied(.read, on: model.name, groups: field.attributes.readGroups)
        }
        if model.ownField(name) == nil, let delegate = model.inherited[name]?.delegate {
            let parent = try environment.registry.model(delegate.model)
            let inner = try condition(leaf, on: parent)
            let link = model.column(delegate.link)
            // The parent is joined (contract/domains.md §10): what is unknown of it is unknown of the record.
            if isNegated {
                return "(SELECT \(inner) FROM \(table: parent.table) WHERE \(parent.column("id")) = \(link))"
            }
            return "\(link) IN (\(parent.selectIDs(where: inner)))"
        }
        return try condition(leaf, on: field, rest: rest, of: model)
    }

    private func magicCondition(_ name: String, _ leaf: Leaf, on model: Model) throws -> SQL {
        if name == "id", leaf.comparison == .childOf {
            return try Hierarchy(compiler: self).condition(
                model.column("id"), leaf.value, on: model, along: model.parentField)
        }
        let kind: ColumnKind = name.hasSuffix("_date") ? .datetime : .identifier
        return try plainCondition(model.column(name), kind, leaf)
    }

    private func condition(_ leaf: Leaf, on field: Field, rest: String?, of model: Model) throws -> SQL {
        switch field.storage {
        case .related(let path, let store) where !store.isKept:
            let whole = (path + (rest.map { [$0] } ?? [])).joined(separator: ".")
            return try condition(Leaf(path: whole, comparison: leaf.comparison, value: leaf.value), on: model)
        case .property:
            // Nobody can be found by it (contract/orm.md §10).
            return "TRUE"
        case .computed(let computation) where !computation.store.isKept:
            guard let search = computation.search else { return "TRUE" }
            let leaf = try rest.map { try leafOnTarget(of: field, behind: $0, leaf) } ?? leaf
            return try condition(Domain(search(environment, leaf)).expression, on: model)
        case .stored, .computed, .related:
            let relation = RelationalLeaf(compiler: self, model: model, field: field)
            if let rest {
                return try relation.condition(
                    following: Leaf(path: rest, comparison: leaf.comparison, value: leaf.value))
            }
            if field.kind.target != nil { return try relation.condition(leaf) }
            if field.attributes.translate {
                return try TranslatedLeaf(compiler: self, model: model, field: field).condition(leaf)
            }
            return try plainCondition(model.column(field.name), field.columnKind(in: environment), leaf)
        }
    }

    /// What a path through a computed field asks of the field itself: to be one of the target's records that match.
    private func leafOnTarget(of field: Field, behind rest: String, _ leaf: Leaf) throws -> Leaf {
        guard let target = field.kind.target else { throw ORMError.unknownField(leaf.path, of: field.name) }
        let hits = try environment.search(target, [[.text(rest), .text(leaf.comparison.rawValue), leaf.value]])
        return Leaf(path: field.name, comparison: .in, value: .list(hits.ids.map { .integer($0) }))
    }

    /// The condition of a leaf on a column that holds what the leaf is about.
    func plainCondition(_ column: SQL, _ kind: ColumnKind, _ leaf: Leaf) throws -> SQL {
        try columnCondition(on: column, kind: kind, comparison: leaf.comparison, value: leaf.value)
    }
}

extension Field {
    /// How a domain compares the field's column; digits that the database sets round what is looked for.
    func columnKind(in environment: Environment) throws -> ColumnKind {
        try attributes.digits.map { .float(digits: try $0(environment).scale) } ?? kind.columnKind
    }
}

extension FieldKind {
    /// How a domain compares the column of such a field.
    var columnKind: ColumnKind {
        switch self {
        case .char(let size): .text(size: size)
        case .text: .text(size: nil)
        case .selection where hasIntegerKeys: .integer
        case .selection, .reference, .serialized: .text(size: nil)
        case .boolean: .boolean
        case .integer, .bigInteger: .integer
        case .float: .float(digits: nil)
        case .date: .date
        case .datetime: .datetime
        case .time: .time
        case .binary: .binary
        case .many2one, .one2many, .many2many: .identifier
        }
    }
}
