internal import ORM
internal import Values

/// A process: nodes, and the transitions between them.
enum ProcessRecord {
    static let definition = ModelDefinition.introducing("process.process") { model in
        model.title = "Process"
        model.fields = [
            .char("name", "Name", size: 30, required: true, translate: true),
            .boolean("active", "Active", default: true, help: "Hides the process without removing it."),
            .many2one("model_id", "Object", to: "ir.model"),
            .text("note", "Notes", translate: true),
            .one2many("node_ids", "Nodes", of: "process.node", inverse: "process_id"),
        ]
        model.overrides.copy = copy
        model.remote = [
            .modelMethod("search_by_model", writes: false, ["res_model", .context], processes),
            .modelMethod("graph_get", writes: false, ["id", "res_model", "res_id", "scale", .context], picture),
        ]
    }

    /// `[id, name]` of the processes in which a model's records take part, or of all.
    @Sendable private static func processes(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let model = arguments["res_model"]
        var domain: Value = []
        if model.isTruthy {
            let nodes = try environment.search("process.node", [["model_id.model", "=", model]])
            let through = try nodes.compactMap { try $0.one("process_id")?.id }
            domain = [
                "|", ["model_id.model", "=", model], ["id", "in", .list(through.distinct.map { .integer($0) })],
            ]
        }
        let found = try environment.search("process.process", domain)
        return .list(try found.map { [.integer($0.id), .text(try $0.text("name") ?? "")] })
    }

    @Sendable private static func picture(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        guard let id = arguments["id"].recordID else {
            throw ORMError.badValue("\(arguments["id"].pythonText.prefix(40)) is no process")
        }
        let model = arguments["res_model"].text ?? ""
        let shown = arguments["res_id"].isTruthy ? arguments["res_id"].recordID : nil
        let record =
            try environment.registry.models[model] != nil
            ? shown.map { try environment.record(model, $0) } : nil
        // Whatever a client sends, the picture stays one that can be drawn.
        let scale = (arguments["scale"].list ?? []).compactMap(\.integer).map { min(max($0, -10_000), 10_000) }
        return try ProcessPicture(
            of: environment.record("process.process", id), model: model, showing: record,
            scale: scale.count == 4 ? scale : [80, 80, 150, 100]
        ).value()
    }

    /// A copy has transitions of its own between nodes of its own.
    @Sendable private static func copy(
        _ process: Record, _ values: FieldValues, _ inherited: (FieldValues) throws -> RecordID
    ) throws -> RecordID {
        let environment = process.environment
        let nodes = try environment.search(
            "process.node", [["process_id", "=", .integer(process.id)]], order: "id")
        let id = try inherited(values.merging(["node_ids": []]) { given, _ in given })
        let transitions = try environment.search(
            "process.transition", [["source_node_id", "in", .list(nodes.ids.map { .integer($0) })]])
        var copies: [RecordID: RecordID] = [:]
        for node in nodes {
            // Each copy has conditions of its own; a process has few nodes.
            copies[node.id] = try node.copy([
                "process_id": .integer(id), "transition_in": [], "transition_out": [],
            ])
        }
        for transition in transitions {
            guard let source = try transition.one("source_node_id").flatMap({ copies[$0.id] }),
                let target = try transition.one("target_node_id").flatMap({ copies[$0.id] })
            else { continue }
            try transition.copy(["source_node_id": .integer(source), "target_node_id": .integer(target)])
        }
        return id
    }
}
