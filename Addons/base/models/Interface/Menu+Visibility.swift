internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Which menu entries a search shows to whom (contract/views.md §9). Reading by id is not filtered.
extension Menu {
    static func search(
        _ menus: Records, _ request: SearchRequest, _ inherited: (SearchRequest) throws -> [RecordID]
    ) throws -> [RecordID] {
        let environment = menus.environment
        if environment.context["ir.ui.menu.full_list"].isTruthy { return try inherited(request) }
        var unlimited = request
        unlimited.offset = 0
        unlimited.limit = nil
        let visible = try visible(inherited(unlimited), in: environment)
        let rest = visible.dropFirst(max(0, request.offset))
        return Array(request.limit.map { rest.prefix(max(0, $0)) } ?? rest)
    }

    /// Entries without groups or with one of the caller's groups; of those, the ones whose action's model the caller
    /// may read, and those that open nothing but have entries below them.
    private static func visible(_ menus: [RecordID], in environment: Environment) throws -> [RecordID] {
        let result = try environment.rows(
            """
            SELECT "m"."id", EXISTS (SELECT 1 FROM "ir_ui_menu" AS "c" WHERE "c"."parent_id" = "m"."id") \
            FROM "ir_ui_menu" AS "m" WHERE "m"."id" = ANY(\(menus)) AND (\
            NOT EXISTS (SELECT 1 FROM "ir_ui_menu_group_rel" AS "g" WHERE "g"."menu_id" = "m"."id") \
            OR EXISTS (SELECT 1 FROM "ir_ui_menu_group_rel" AS "g" JOIN "res_groups_users_rel" AS "u" \
            ON "u"."gid" = "g"."gid" WHERE "g"."menu_id" = "m"."id" AND "u"."uid" = \(environment.uid)))
            """)
        let hasChildren = result.byID { result.boolean($0, 1) }

        let actions = try actionTexts(of: menus, in: environment)
        let models = try targetModels(of: Set(actions.values.compactMap { ActionReference($0) }), in: environment)
        return try menus.filter { menu in
            guard let hasEntriesBelow = hasChildren[menu] else { return false }
            guard let action = actions[menu] else { return hasEntriesBelow }
            guard let name = ActionReference(action).flatMap({ models[$0] }) else { return true }
            // A model whose addon is not here opens nothing, but what lies below the entry must stay in reach.
            guard let model = environment.registry.models[name] else { return hasEntriesBelow }
            return try environment.permits(.read, on: model)
        }
    }

    /// Where each kind of action names the model it works on; actions of other kinds need no right.
    private static let modelColumns: [(model: ModelName, column: SQL)] = [
        ("ir.actions.act_window", "\"res_model\""),
        ("ir.actions.report.xml", "\"model\""),
        ("ir.actions.wizard", "\"model\""),
        ("ir.actions.server", "(SELECT \"model\" FROM \"ir_model\" AS \"m\" WHERE \"m\".\"id\" = \"model_id\")"),
    ]

    /// The model each action works on. A statement a kind of action, all in one trip.
    private static func targetModels(
        of actions: Set<ActionReference>, in environment: Environment
    ) throws -> [ActionReference: ModelName] {
        var statements: [SQL] = []
        for (model, column) in modelColumns {
            let ids = actions.filter { $0.model == model }.map(\.id).sorted()
            guard !ids.isEmpty, let table = environment.registry.models[model]?.table else { continue }
            statements.append(
                "SELECT \(model)::text || ',' || \"id\", \(column) FROM \(table: table) WHERE \"id\" = ANY(\(ids))")
        }
        if statements.isEmpty { return [:] }
        var models: [ActionReference: ModelName] = [:]
        for result in try environment.transaction.pipeline(statements) {
            for row in 0..<result.rowCount {
                guard let action = result.text(row, 0).flatMap({ ActionReference($0) }),
                    let model = result.text(row, 1), !model.isEmpty
                else { continue }
                models[action] = model
            }
        }
        return models
    }
}
