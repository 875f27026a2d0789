internal import ORM
internal import Values

/// A line that gives a group, or everybody, rights on a model (contract/orm.md §11).
enum ModelAccess {
    static let definition = ModelDefinition.introducing("ir.model.access") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true, index: .yes),
            .many2one(
                "model_id", "Object", to: "ir.model", onDelete: .cascade, required: true, index: .yes,
                domain: [["osv_memory", "=", false]]),
            .many2one("group_id", "Group", to: "res.groups", onDelete: .cascade, index: .yes),
            .boolean("perm_read", "Read Access"),
            .boolean("perm_write", "Write Access"),
            .boolean("perm_create", "Create Access"),
            .boolean("perm_unlink", "Delete Access"),
        ]
        model.overrides = .changingRights()
        model.remote = [
            .modelMethod(
                "check", writes: false,
                ["model", .optional("mode", "read"), .optional("raise_exception", true), .context], check),
            .modelMethod("check_groups", writes: false, ["group"]) { environment, arguments in
                let groups = arguments["group"].plainText.split(separator: ",").map(String.init)
                return .boolean(try environment.registry.ports.access.isMember(ofAny: groups, in: environment))
            },
        ]
    }

    /// Whether the caller has the right, or a fault unless the client asked for none.
    private static func check(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let model = try environment.registry.model(arguments["model"].plainText)
        guard let mode = AccessMode(rawValue: arguments["mode"].plainText) else {
            throw ORMError.badValue("Invalid access mode: \(arguments["mode"].plainText)")
        }
        if try environment.permits(mode, on: model) { return true }
        if arguments["raise_exception"].isTruthy {
            try environment.registry.ports.access.check(mode, on: model, in: environment)
        }
        return false
    }
}
