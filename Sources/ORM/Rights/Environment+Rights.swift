internal import Domain
internal import PostgreSQL
internal import SQL
internal import Values

extension Environment {
    /// Checks the caller's right on a model; the superuser has all.
    ///
    /// - Throws: `ModelAccessDenied`.
    public func check(_ mode: AccessMode, on model: Model) throws {
        if !isSuperuser { try registry.ports.access.check(mode, on: model, in: self) }
    }

    /// Whether the caller has the right on a model; the superuser has all.
    public func permits(_ mode: AccessMode, on model: Model) throws -> Bool {
        try isSuperuser || registry.ports.access.permits(mode, on: model, in: self)
    }

    /// Whether the caller belongs to one of the groups a field is for. The superuser is asked like anybody.
    public func maySee(_ field: Field) throws -> Bool {
        let groups = field.attributes.readGroups
        return try groups.isEmpty || registry.ports.access.isMember(ofAny: groups, in: self)
    }

    /// What the caller's record rules demand of a model's rows, as a condition on its table; nil when none binds him.
    ///
    /// Rules see everything: they are evaluated as the superuser, inactive records included (contract/orm.md §11).
    func ruleCondition(_ mode: AccessMode, on model: Model) throws -> SQL? {
        if isSuperuser || model.isTransient { return nil }
        guard let rule = try registry.ports.access.rule(mode, on: model, in: self) else { return nil }
        let compiler = DomainCompiler(
            environment: superuser.adding(["active_test": false]), searchesAsAddonsDo: false)
        return try compiler.condition(rule, on: model)
    }

    /// What the caller's record rules demand of a model's rows and of those of its parents.
    ///
    /// - Parameter parents: Only these parents count; nil takes all of them.
    func ruleConditions(_ mode: AccessMode, on model: Model, parents: Set<ModelName>? = nil) throws -> [SQL] {
        try (ruleCondition(mode, on: model).map { [$0] } ?? []) + parentConditions(mode, on: model, among: parents)
    }

    /// What the rules of a model's parents demand: each parent's row must be one the caller may see.
    ///
    /// - Parameter models: Only these parents count; nil takes all of them.
    private func parentConditions(
        _ mode: AccessMode, on model: Model, among models: Set<ModelName>?
    ) throws -> [SQL] {
        if isSuperuser { return [] }
        return try model.delegates.compactMap { delegate in
            let parent = try registry.model(delegate.model)
            let own = models?.contains(parent.name) == false ? nil : try ruleCondition(mode, on: parent)
            let conditions = try (own.map { [$0] } ?? []) + parentConditions(mode, on: parent, among: models)
            if conditions.isEmpty { return nil }
            return "\(model.column(delegate.link)) IN (\(parent.selectIDs(where: conditions.joined(by: " AND "))))"
        }
    }
}

extension Records {
    /// Checks that the caller's record rules leave him all of these records. One statement, none without a rule.
    ///
    /// - Throws: `RecordRuleDenied`.
    func checkRules(_ mode: AccessMode) throws {
        guard let rule = try environment.ruleCondition(mode, on: model) else { return }
        let distinct = ids.distinct
        let permitted = try environment.rows(
            "SELECT count(*) FROM \(table: model.table) WHERE \(model.column("id")) = ANY(\(distinct)) AND \(rule)"
        )
        try checkCount(permitted.integer(0, 0) ?? 0, of: distinct.count, mode)
    }

    /// Checks that a statement the caller's rules were part of met all the records it was about.
    ///
    /// - Throws: `RecordRuleDenied`.
    func checkCount(_ found: Int, of wanted: Int, _ mode: AccessMode) throws {
        if found < wanted { throw RecordRuleDenied(mode, title: model.title) }
    }
}
