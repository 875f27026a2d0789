internal import Values

/// The columns of an import that belong to one model, with those of the lines within it.
struct ImportLevel {
    let model: Model
    private(set) var columns: [(place: Int, content: Column)] = []
    /// The one2many fields whose lines are imported along.
    private(set) var lines: [Lines] = []
    /// The places of all columns, those of the lines included.
    private let places: [Int]

    /// The columns of the lines within a record.
    struct Lines {
        let field: Field
        let level: ImportLevel
    }

    /// What the cells of a column are.
    enum Column {
        case externalID
        case databaseID
        case plain(Field)
        /// External ids of related records.
        case named(Field)
        /// Database ids of related records.
        case numbered(Field)
    }

    /// - Throws: `ORMError.missingKey` for a column that the model does not have.
    init(_ columns: [String], of model: Model, in registry: Registry) throws {
        try self.init(
            columns.enumerated().map { (place: $0, title: $1, steps: try TransferPath($1).steps[...]) }, of: model,
            in: registry)
    }

    private init(
        _ paths: [(place: Int, title: String, steps: ArraySlice<String>)], of model: Model, in registry: Registry
    ) throws {
        self.model = model
        places = paths.map(\.place)
        var order: [FieldName] = []
        var deeper: [FieldName: [(place: Int, title: String, steps: ArraySlice<String>)]] = [:]
        for path in paths {
            let step = path.steps.first ?? ""
            let rest = path.steps.dropFirst()
            if rest.isEmpty, step == "id" || step == ".id" {
                columns.append((path.place, step == "id" ? .externalID : .databaseID))
                continue
            }
            guard let field = model.field(step) else { throw ORMError.missingKey(path.title) }
            if case .one2many = field.kind {
                guard !rest.isEmpty else { throw ORMError.missingKey(path.title) }
                if deeper[step] == nil { order.append(step) }
                deeper[step, default: []].append((path.place, path.title, rest))
                continue
            }
            switch (field.kind.target, Array(rest)) {
            case (_, []): columns.append((path.place, .plain(field)))
            case (.some, ["id"]): columns.append((path.place, .named(field)))
            case (.some, [".id"]): columns.append((path.place, .numbered(field)))
            default: throw ORMError.missingKey(path.title)
            }
        }
        lines = try order.map { name in
            guard let field = model.field(name), let target = field.kind.target else { throw ORMError.missingKey(name) }
            return Lines(
                field: field, level: try ImportLevel(deeper[name] ?? [], of: registry.model(target), in: registry))
        }
    }

    /// Which rows make a record of the level, and which of them its lines.
    struct Record {
        /// The row that holds the record's own cells.
        let row: Int
        /// The last row that belongs to it.
        let last: Int
        /// For each of the level's `lines`.
        let lines: [[Record]]
    }

    /// The records the rows make. One begins with each row, or, where it has lines, with each row that says something
    /// of the record itself.
    ///
    /// - Parameter skipsEmpty: True for lines within a record: a row without any cell of theirs makes none.
    func records(in rows: [[Value]], _ range: Range<Int>, skipsEmpty: Bool = false) -> [Record] {
        var records: [Record] = []
        var row = range.lowerBound
        while row < range.upperBound {
            defer { row += 1 }
            if skipsEmpty, places.allSatisfy({ rows[row][$0].isEmptyCell }) { continue }
            let first = row
            if !lines.isEmpty {
                while row + 1 < range.upperBound, columns.allSatisfy({ rows[row + 1][$0.place].isEmptyCell }) {
                    row += 1
                }
            }
            records.append(
                Record(
                    row: first, last: row,
                    lines: lines.map { $0.level.records(in: rows, first..<row + 1, skipsEmpty: true) }))
        }
        return records
    }
}

extension Value {
    /// Whether a cell of an import holds nothing.
    var isEmptyCell: Bool { isAbsent || self == "" }
}
