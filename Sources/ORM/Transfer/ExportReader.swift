public import Values

/// Reads what a node of an export tells of all records that lines lead to: one read a model and path, one statement
/// more for external ids and for the names of a to-many relation.
struct ExportReader {
    /// More lines than this are no list for people any more; relations multiply.
    private static let lineLimit = 500_000

    private let tree: ExportTree
    /// The cells of the node's own columns.
    private var cells: [RecordID: [Value]] = [:]
    /// Where each branch leads from each record, with what it finds there.
    private var branches: [(links: [RecordID: [RecordID]], reader: ExportReader)] = []

    init(_ tree: ExportTree, ids: [RecordID], in environment: Environment) throws {
        self.tree = tree
        let records = Records(of: tree.model, ids.distinct, in: environment)
        let fields = tree.leaves.compactMap(\.content.field) + tree.branches.map(\.field)
        // The last change is asked for, too, so that rows are looked at even for ids alone.
        let table = try records.read(fields.map(\.name) + ["__last_update"])
        let found = table.values(of: "id")?.compactMap(\.integer) ?? []

        var columns: [[Value]] = []
        for leaf in tree.leaves {
            columns.append(try Self.column(leaf.content, of: records.other(found), table))
        }
        for (row, id) in found.enumerated() { cells[id] = columns.map { $0[row] } }
        for branch in tree.branches {
            let values = table.values(of: branch.field.name) ?? []
            let links = Dictionary(
                zip(found, values.map { Self.targets($0, of: branch.field) }), uniquingKeysWith: { first, _ in first })
            branches.append((links, try ExportReader(branch.tree, ids: links.values.flatMap(\.self), in: environment)))
        }
    }

    /// The lines of the records in the order of the ids; records that do not exist have none.
    func lines(of ids: [RecordID], width: Int) throws -> [[Value]] {
        var lines: [[Value]] = []
        let empty = [Value](repeating: "", count: width)
        for id in ids where cells[id] != nil { try append(linesOf: id, startingWith: empty, empty, to: &lines) }
        return lines
    }

    /// Writes a record into `first`, which becomes a line; further lines follow for further records of its relations.
    private func append(
        linesOf id: RecordID, startingWith first: [Value], _ empty: [Value], to lines: inout [[Value]]
    ) throws {
        guard lines.count < Self.lineLimit else {
            throw ORMError.badValue("an export has at most \(Self.lineLimit) lines")
        }
        let place = lines.count
        lines.append(first)
        guard let own = cells[id] else {
            for column in tree.columns { lines[place][column] = false }
            return
        }
        for (leaf, value) in zip(tree.leaves, own) { lines[place][leaf.column] = value }
        for (branch, next) in zip(tree.branches, branches) {
            let targets = next.links[id] ?? []
            if targets.isEmpty {
                for column in branch.tree.columns { lines[place][column] = false }
            }
            for (number, target) in targets.enumerated() {
                if number > 0 {
                    try next.reader.append(linesOf: target, startingWith: empty, empty, to: &lines)
                    continue
                }
                // The first one shares the line of the record itself.
                var own: [[Value]] = []
                try next.reader.append(linesOf: target, startingWith: lines[place], empty, to: &own)
                lines[place] = own[0]
                lines += own.dropFirst()
            }
        }
    }

    // MARK: - Cells

    private static func column(_ leaf: ExportTree.Leaf, of records: Records, _ table: RecordTable) throws -> [Value] {
        let environment = records.environment
        switch leaf {
        case .databaseID: return records.ids.map { .text(String($0)) }
        case .externalID:
            let names = try environment.registry.ports.externalIDs.names(of: records)
            return records.ids.map { names[$0]?.first.map { .text($0) } ?? false }
        case .value(let field): return try values(of: field, table, in: records)
        case .names(let field):
            return try joined(field, table, in: environment) { try $0.displayNames() }
        case .externalIDs(let field):
            return try joined(field, table, in: environment) {
                try environment.registry.ports.externalIDs.names(of: $0).compactMapValues(\.first)
            }
        case .databaseIDs(let field):
            return try joined(field, table, in: environment) { $0.map { String($0.id) } }
        }
    }

    private static func values(of field: Field, _ table: RecordTable, in records: Records) throws -> [Value] {
        var labels: [String: String] = [:]
        if case .selection = field.kind {
            for option in try records.options(of: field.name) { labels[option.key] = option.label }
        }
        return table.cells(of: field.name).map { value in
            // No value, and a number that is none, are no text (contract/orm.md §6).
            guard value.isTruthy else { return false }
            if let name = value.list?.last { return .text(name.plainText) }
            let text = value.plainText
            return .text(labels[text] ?? text)
        }
    }

    private static func joined(
        _ field: Field, _ table: RecordTable, in environment: Environment,
        by texts: (Records) throws -> [RecordID: String]
    ) throws -> [Value] {
        let lists = table.cells(of: field.name).map { targets($0, of: field) }
        let texts = try texts(environment.records(field.kind.target ?? "", lists.flatMap(\.self).distinct))
        return lists.map { ids in
            ids.isEmpty ? false : .text(ids.map { texts[$0] ?? "" }.joined(separator: ","))
        }
    }

    private static func targets(_ value: Value, of field: Field) -> [RecordID] {
        let ids = value.list?.compactMap(\.integer) ?? []
        return field.kind.isToMany ? ids : Array(ids.prefix(1))
    }
}

extension ExportTree.Leaf {
    /// The field that has to be read for the cell.
    fileprivate var field: Field? {
        switch self {
        case .databaseID, .externalID: nil
        case .value(let field), .names(let field), .externalIDs(let field), .databaseIDs(let field): field
        }
    }
}

extension Records {
    /// The records as lines of a table for people (`export_data`, contract/orm.md §6): a column for each path, the
    /// records of a one2many on lines of their own. A cell is a text, or False where there is nothing.
    public func export(_ columns: [String]) throws -> [[Value]] {
        let tree = try ExportTree(columns, of: model, in: environment.registry)
        return try ExportReader(tree, ids: ids, in: environment).lines(of: ids, width: columns.count)
    }
}
