internal import Values

/// The columns of an export as a tree: a node for each model, a branch for each relation that columns lead through.
struct ExportTree {
    let model: Model
    private(set) var leaves: [(column: Int, content: Leaf)] = []
    private(set) var branches: [Branch] = []
    /// All columns of the node and what hangs on it.
    private(set) var columns: [Int] = []

    /// What a cell tells of the node's record.
    enum Leaf {
        case databaseID
        case externalID
        /// A field; a many2one by its name, a selection by its label.
        case value(Field)
        /// All records of a to-many relation in one cell, by name.
        case names(Field)
        case externalIDs(Field)
        case databaseIDs(Field)
    }

    /// The records a relation leads to. Those of a to-many relation take a line each.
    struct Branch {
        let field: Field
        let tree: ExportTree
    }

    /// - Throws: `ORMError.missingKey` for a step that is no field.
    init(_ columns: [String], of model: Model, in registry: Registry) throws {
        let paths = try columns.enumerated().map { (column: $0, steps: try TransferPath($1).steps[...]) }
        try self.init(paths, of: model, in: registry)
    }

    private init(
        _ paths: [(column: Int, steps: ArraySlice<String>)], of model: Model, in registry: Registry
    ) throws {
        self.model = model
        columns = paths.map(\.column)
        var order: [FieldName] = []
        var deeper: [FieldName: [(column: Int, steps: ArraySlice<String>)]] = [:]
        for path in paths {
            let step = path.steps.first ?? ""
            let rest = path.steps.dropFirst()
            switch step {
            case "id": leaves.append((path.column, .externalID))
            case ".id": leaves.append((path.column, .databaseID))
            default:
                guard let field = model.field(step) else { throw ORMError.missingKey(step) }
                if let leaf = Self.leaf(field, rest) {
                    leaves.append((path.column, leaf))
                } else {
                    if deeper[step] == nil { order.append(step) }
                    deeper[step, default: []].append((path.column, rest))
                }
            }
        }
        branches = try order.map { name in
            let paths = deeper[name] ?? []
            guard let field = model.field(name), let target = field.kind.target else {
                throw ORMError.missingKey(paths.first?.steps.first ?? name)
            }
            return Branch(field: field, tree: try ExportTree(paths, of: registry.model(target), in: registry))
        }
    }

    private static func leaf(_ field: Field, _ rest: ArraySlice<String>) -> Leaf? {
        guard let next = rest.first else { return field.kind.isToMany ? .names(field) : .value(field) }
        guard case .many2many = field.kind, rest.count == 1 else { return nil }
        // Labels stand together in one cell, as an import takes them.
        return switch next {
        case "id": .externalIDs(field)
        case ".id": .databaseIDs(field)
        default: nil
        }
    }
}
