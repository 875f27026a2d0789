import ORM
import Values

extension Environment {
    /// What a client is told of a view.
    func shown(
        _ model: ModelName, _ id: Value = false, _ type: String = "form", _ context: Value = [:],
        toolbar: Bool = false, submenu: Bool = false
    ) throws -> [String: Value] {
        try call(
            model, "fields_view_get", id, .text(type), context, .boolean(toolbar), .boolean(submenu)
        ).dictionary ?? [:]
    }

    /// Stores a view of the given text, called `own` and its priority.
    func makeView(
        _ arch: String, type: String = "form", priority: Int = 16, inherit: RecordID? = nil,
        model: String = "res.country"
    ) throws -> RecordID {
        try create(
            "ir.ui.view",
            [
                "name": .text("own \(priority)"), "model": .text(model), "type": .text(type), "arch": .text(arch),
                "priority": .integer(priority), "inherit_id": inherit.map { .integer($0) } ?? false,
            ]
        ).id
    }
}
