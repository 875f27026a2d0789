public import Values

/// What `import_data` is asked for (contract/addons.md §6).
public struct ImportRequest: Sendable {
    /// The columns, by path.
    public let columns: [String]
    let rows: [[Value]]
    /// Whether rows without an external id make new records (mode init); otherwise they are dropped.
    public let createsUnnamed: Bool
    /// The addon of external ids that name none.
    public let module: String
    /// What new external ids are marked with.
    public let isNoUpdate: Bool

    /// - Throws: `ORMError` for rows that are no lists, or too short.
    public init(
        columns: [String], rows: Value, createsUnnamed: Bool, module: String = "", isNoUpdate: Bool = false
    ) throws {
        guard let lines = rows.list else { throw ORMError.arguments("\(rows.pythonTypeName) object is not iterable") }
        self.rows = try lines.map { line in
            guard let cells = line.list else {
                throw ORMError.arguments("\(line.pythonTypeName) object has no len()")
            }
            guard cells.count >= columns.count else {
                throw ORMError.badValue("Please check that all your lines have \(columns.count) columns.")
            }
            return cells
        }
        self.columns = columns
        self.createsUnnamed = createsUnnamed
        self.module = module
        self.isNoUpdate = isNoUpdate
    }
}

/// How an import ended.
public enum ImportOutcome: Sendable {
    /// All rows were taken.
    case done(rows: Int)
    /// Nothing was changed, since a row was refused: its values, and why.
    case refused(FieldValues, message: String)

    /// The tuple clients look at: its first number tells.
    var value: Value {
        switch self {
        case .done(let rows): [.integer(rows), 0, 0, 0]
        case .refused(let values, let message): [-1, .dictionary(values), .text(message), ""]
        }
    }
}
