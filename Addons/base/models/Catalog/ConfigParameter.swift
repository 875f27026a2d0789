internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A setting of the whole database, by its key.
enum ConfigParameter {
    static let definition = ModelDefinition.introducing("ir.config_parameter") { model in
        model.nameField = "key"
        model.fields = [
            .char("key", "Key", size: 256, required: true, index: .basic),
            .text("value", "Value", required: true),
        ]
        model.constraints = [.sql("key_uniq", "unique (key)", message: "Key must be unique.")]
        model.remote = [
            .modelMethod("get_param", writes: false, ["key", .context]) { environment, arguments in
                let found = try row(arguments["key"].plainText, in: environment)
                return try found?.text("value").map { .text($0) } ?? false
            },
            .modelMethod("set_param", writes: true, ["key", "value", .context]) { environment, arguments in
                let key = arguments["key"].plainText
                guard let found = try row(key, in: environment) else {
                    try environment.create("ir.config_parameter", ["key": .text(key), "value": arguments["value"]])
                    return false
                }
                let old = try found.text("value")
                try found.write(["value": arguments["value"]])
                return old.map { .text($0) } ?? false
            },
        ]
    }

    private static func row(_ key: String, in environment: Environment) throws -> Record? {
        try environment.search("ir.config_parameter", [["key", "=", .text(key)]], limit: 1).first
    }
}
