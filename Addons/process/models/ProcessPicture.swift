internal import ORM
internal import Values

/// A process as clients draw it: nodes with their places, transitions, and where a given record stands.
struct ProcessPicture {
    private let process: Record
    private let model: ModelName
    private let record: Record?
    /// Left and upper edge, and the distance of nodes beside and below one another.
    private let scale: [Int]
    private let nodes: Records
    private let transitions: Records

    init(of process: Record, model: ModelName, showing record: Record?, scale: [Int]) throws {
        let environment = process.environment
        self.process = process
        self.model = model
        self.record = record
        self.scale = scale
        nodes = try environment.search("process.node", [["process_id", "=", .integer(process.id)]], order: "id")
        transitions = try environment.search(
            "process.transition", [["source_node_id", "in", .list(nodes.ids.map { .integer($0) })]], order: "id")
    }

    /// Ids are keys as text; what is not there is False.
    func value() throws -> Value {
        let places = try places()
        var nodeParts: [String: Value] = [:]
        for node in nodes { nodeParts[String(node.id)] = try part(node, at: places[node.id] ?? (0, 0)) }
        var transitionParts: [String: Value] = [:]
        for transition in transitions { transitionParts[String(transition.id)] = try part(transition) }
        let stateful = record.flatMap { $0.model.field("state") == nil ? nil : $0 }
        let others = try process.environment.processes(of: model)
        return [
            "name": text(try process.text("name")), "notes": text(try process.text("note")),
            "resource": try record.map { .text(try $0.displayName()) } ?? false,
            "state": try stateful.map { text(try $0.text("state")) } ?? false,
            "nodes": .dictionary(nodeParts), "transitions": .dictionary(transitionParts), "related": others,
        ]
    }

    private func text(_ text: String?) -> Value { text.map { .text($0) } ?? false }

    // MARK: - Parts

    private func part(_ node: Record, at place: (column: Int, row: Int)) throws -> Value {
        let own = try node.one("model_id")?.text("model")
        let concerned = record.flatMap { own == $0.model.name ? $0 : nil }
        let menu = try node.one("menu_id").map { menu -> Value in
            ["id": .integer(menu.id), "name": .text(try menu.displayName())]
        }
        let subflow = try node.one("subflow_id").map { process -> Value in
            [.integer(process.id), .text(try process.text("name") ?? "")]
        }
        let isActive = try concerned.map { try holds(try node.text("model_states"), for: $0) } ?? false
        let failing = try node.many("condition_ids").only { condition in
            guard let concerned else { return false }
            return try !holds(condition.text("model_states"), for: concerned)
        }
        return [
            "name": text(try node.text("name")), "notes": text(try node.text("note")),
            "kind": text(try node.text("kind")), "model": text(own), "menu": menu ?? false,
            "subflow": subflow ?? false, "url": text(try node.text("help_url")),
            "start": .boolean(try node.flag("flow_start")),
            "active": .boolean(isActive && failing.isEmpty), "gray": .boolean(concerned != nil && !isActive),
            "res": try concerned.map { record -> Value in
                [
                    "id": .integer(record.id), "model": .text(record.model.name),
                    "name": .text(try record.displayName()),
                ]
            } ?? false,
            "x": .integer(scale[0] + place.column * scale[2]), "y": .integer(scale[1] + place.row * scale[3]),
        ]
    }

    /// An expression that cannot be evaluated for the record says nothing of it.
    private func holds(_ expression: String?, for record: Record) throws -> Bool {
        guard let expression, !expression.isEmpty else { return true }
        do {
            return try RecordExpression(parsing: expression).value(
                names: ["uid": .integer(record.environment.uid)], records: ["object": record]
            ).isTruthy
        } catch ORMError.badValue {
            return false
        }
    }

    private func part(_ transition: Record) throws -> Value {
        [
            "name": text(try transition.text("name")), "notes": text(try transition.text("note")),
            "source": try transition.one("source_node_id").map { .integer($0.id) } ?? false,
            "target": try transition.one("target_node_id").map { .integer($0.id) } ?? false,
            "groups": .list(
                try transition.many("group_ids").map { text(try $0.text("name")) }.values.sorted {
                    $0.plainText < $1.plainText
                }),
            "buttons": .list(
                try transition.many("action_ids").compactMap { action -> Value in
                    [
                        "id": .integer(action.id), "name": text(try action.text("name")),
                        "state": text(try action.text("state")), "action": text(try action.text("action")),
                    ]
                }),
        ]
    }

    // MARK: - Places

    /// Each node in the column after the last that leads to it, counted from where the process starts; those of a column
    /// below one another.
    private func places() throws -> [RecordID: (column: Int, row: Int)] {
        var next: [RecordID: [RecordID]] = [:]
        var targets: Set<RecordID> = []
        for transition in transitions {
            guard let source = try transition.one("source_node_id"), let target = try transition.one("target_node_id")
            else { continue }
            next[source.id, default: []].append(target.id)
            targets.insert(target.id)
        }
        var starts = try nodes.only { try $0.flag("flow_start") }.ids
        if starts.isEmpty { starts = nodes.ids.filter { !targets.contains($0) } }
        var column: [RecordID: Int] = [:]
        var layer = starts + (starts.isEmpty ? nodes.ids.prefix(1) : [])
        var depth = 0
        // Every node is placed once, so that circles end.
        while !layer.isEmpty {
            for node in layer { column[node] = depth }
            layer = layer.flatMap { next[$0] ?? [] }.distinct.filter { column[$0] == nil }
            depth += 1
        }
        var rows: [Int: Int] = [:]
        return nodes.ids.reduce(into: [:]) { places, node in
            let own = column[node] ?? depth
            places[node] = (own, rows[own, default: 0])
            rows[own, default: 0] += 1
        }
    }
}

extension Environment {
    /// The other processes a model's records take part in, by id.
    fileprivate func processes(of model: ModelName) throws -> Value {
        if model.isEmpty { return [:] }
        let found = try search("process.process", [["model_id.model", "=", .text(model)]])
        return .dictionary(
            Dictionary(
                uniqueKeysWithValues: try found.map { try $0.text("name") ?? "" as String }.map {
                    (String($0), .text($1))
                }))
    }
}
