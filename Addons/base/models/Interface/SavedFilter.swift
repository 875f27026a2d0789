internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A search that a user keeps under a name (contract/views.md §10).
enum SavedFilter {
    static let definition = ModelDefinition.introducing("ir.filters") { model in
        model.title = "Filters"
        model.fields = [
            .char("name", "Action Name", size: 64, required: true, translate: true),
            .many2one("user_id", "User", to: "res.users", help: "Whose filter it is; without a user it is nobody's."),
            .text("domain", "Domain Value", required: true),
            .text("context", "Context Value", required: true),
            .selection("model_id", "Object", .computed(models), size: 64, required: true),
        ]
        model.tableSQL = [
            """
            CREATE UNIQUE INDEX IF NOT EXISTS "ir_filters_name_model_uid_unique_index" \
            ON "ir_filters" (lower("name"), "model_id", "user_id")
            """
        ]
        model.remote = [
            .modelMethod("get_filters", writes: false, ["model"]) { environment, arguments in
                let filters = try environment.search(
                    "ir.filters",
                    [["user_id", "=", .integer(environment.uid)], ["model_id", "=", arguments["model"]]])
                return .list(
                    try filters.read(["name", "domain", "context"]).dictionaries().map { .dictionary($0) })
            },
            .modelMethod("create_or_replace", writes: true, ["vals", .context], createOrReplace),
        ]
    }

    private static func models(_ environment: Environment) throws -> [Selection.Option] {
        try environment.options("SELECT \"model\", \"name\" FROM \"ir_model\" ORDER BY \"id\"")
    }

    /// - Returns: The id of a new filter; false when the caller's filter of that name was replaced, in whatever case it
    ///   is written.
    private static func createOrReplace(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        guard let values = arguments["vals"].dictionary else {
            throw ORMError.badValue("create_or_replace takes a dictionary of values")
        }
        let user = values["user_id"]?.recordID ?? environment.uid
        let found = try environment.rows(
            """
            SELECT "id" FROM "ir_filters" WHERE lower("name") = lower(\((values["name"] ?? false).plainText)) \
            AND "model_id" = \((values["model_id"] ?? false).plainText) AND "user_id" = \(user)
            """
        ).integers(column: 0)
        guard let known = found.first else { return .integer(try environment.create("ir.filters", values).id) }
        try environment.record("ir.filters", known).write(values)
        return false
    }
}
