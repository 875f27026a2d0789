internal import ORM
internal import Values

/// Where the nodes of a diagram stand: the remote method `graph_get` of `ir.ui.view` (contract/views.md §10).
struct Diagram {
    /// More nodes than anybody could look at.
    private static let limit = 1_000

    let environment: Environment
    let nodes: Records
    let arrows: Records
    /// The many2one of a node to the record that the diagram is of.
    let parentField: FieldName
    let source: FieldName
    let destination: FieldName
    /// The fields of an arrow that are written beside it.
    let labels: [FieldName]
    let scale: (x: Int, y: Int)

    /// - Throws: `ORMError` for models and fields that are not there.
    init(_ arguments: Arguments, in environment: Environment) throws {
        self.environment = environment
        let model = try environment.registry.model(arguments["model"].plainText)
        let nodeModel = try environment.registry.model(arguments["node_obj"].plainText)
        let arrowModel = try environment.registry.model(arguments["conn_obj"].plainText)
        guard let id = arguments["id"].recordID, Int32(exactly: id) != nil else {
            throw ORMError.badValue("\(arguments["id"].pythonText) is no record to draw")
        }
        guard let parent = nodeModel.fields.first(where: { $0.isLink(to: model.name) })?.name else {
            throw ORMError.badValue("\(nodeModel.name) has no many2one to \(model.name)")
        }
        parentField = parent
        source = try Self.link(arguments["src_node"], of: arrowModel, to: nodeModel)
        destination = try Self.link(arguments["des_node"], of: arrowModel, to: nodeModel)
        let names = arguments["label"].list?.compactMap(\.text) ?? arguments["label"].text.map { [$0] } ?? []
        labels = names.filter { arrowModel.field($0) != nil }
        let sizes = arguments["scale"].list?.compactMap(\.integer).filter { (1...10_000).contains($0) } ?? []
        scale = sizes.count == 2 ? (sizes[0], sizes[1]) : (140, 180)
        nodes = try environment.search(nodeModel.name, [[.text(parent), "=", .integer(id)]], limit: Self.limit)
        let ids = Value.list(nodes.ids.map { .integer($0) })
        arrows = try environment.search(
            arrowModel.name, [[.text(source), "in", ids], [.text(destination), "in", ids]], limit: 10 * Self.limit)
    }

    private static func link(_ argument: Value, of arrows: Model, to nodes: Model) throws -> FieldName {
        let name = argument.plainText
        guard arrows.field(name)?.isLink(to: nodes.name) == true else {
            throw ORMError.unknownField(name, of: arrows.name)
        }
        return name
    }

    /// What clients draw: nodes by id, arrows as pairs of node ids, their labels, and the nodes without any arrow.
    func value() throws -> Value {
        let ends = try arrows.map { arrow in
            (from: try arrow.one(source)?.id ?? 0, to: try arrow.one(destination)?.id ?? 0)
        }
        let layout = LayeredLayout(nodes: nodes.ids, arrows: arrows.ids.compactMap { ends[$0] })
        let names = try nodes.displayNames()
        let connected = Set(ends.values.flatMap { [$0.from, $0.to] })
        return [
            "nodes": .dictionary(
                Dictionary(
                    uniqueKeysWithValues: nodes.ids.map { id in
                        (String(id), node(names[id] ?? "", at: layout.places[id] ?? (0, 0)))
                    })),
            "transitions": .dictionary(
                Dictionary(
                    uniqueKeysWithValues: ends.map { (String($0), [.integer($1.from), .integer($1.to)]) })),
            "label": .dictionary(
                Dictionary(uniqueKeysWithValues: try arrows.map(text).map { (String($0), .text($1)) })),
            "blank_nodes": .list(
                nodes.ids.filter { !connected.contains($0) }
                    .map { ["id": .integer($0), "name": .text(names[$0] ?? "")] }),
            "node_parent_field": .text(parentField),
        ]
    }

    private func node(_ name: String, at place: (column: Int, row: Int)) -> Value {
        [
            "name": .text(name), "x": .integer(scale.x / 2 + place.column * scale.x),
            "y": .integer(scale.y / 2 + place.row * scale.y), "width": .integer(scale.x / 2),
            "height": .integer(scale.y / 4),
        ]
    }

    private func text(_ arrow: Record) throws -> String {
        try labels.map { try arrow.value($0) }.filter(\.isTruthy).map(\.plainText).joined(separator: " ")
    }
}

extension Field {
    fileprivate func isLink(to model: ModelName) -> Bool {
        if case .many2one(model, _) = kind { true } else { false }
    }
}

/// Nodes in rows: each one row below the first that leads to it, those that nothing leads to on top.
struct LayeredLayout {
    private(set) var places: [RecordID: (column: Int, row: Int)] = [:]

    init(nodes: [RecordID], arrows: [(from: RecordID, to: RecordID)]) {
        let next = Dictionary(grouping: arrows, by: \.from).mapValues { $0.map(\.to) }
        let reached = Set(arrows.filter { $0.from != $0.to }.map(\.to))
        // A ring has no beginning: it begins with its first node, once all that has one is placed.
        let starts = nodes.filter { !reached.contains($0) }
        var columns: [Int: Int] = [:]
        place(starts, next, &columns)
        for node in nodes where places[node] == nil { place([node], next, &columns) }
    }

    private mutating func place(_ starts: [RecordID], _ next: [RecordID: [RecordID]], _ columns: inout [Int: Int]) {
        var row = 0
        var waiting = starts
        while !waiting.isEmpty {
            var below: [RecordID] = []
            for node in waiting where places[node] == nil {
                places[node] = (columns[row, default: 0], row)
                columns[row, default: 0] += 1
                below += next[node] ?? []
            }
            waiting = below
            row += 1
        }
    }
}
