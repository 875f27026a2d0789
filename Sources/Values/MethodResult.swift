/// What a call answers: a plain value, or records that stay columnar up to the wire.
public enum MethodResult {
    case value(Value)
    /// Written as a list of dictionaries.
    case table(RecordTable)
    /// A table of one record, written as that one dictionary: `read` of a bare id.
    case record(RecordTable)

    /// The answer as a value, for callers inside the server.
    public var value: Value {
        switch self {
        case .value(let value): value
        case .table(let table): .list(table.dictionaries().map { .dictionary($0) })
        case .record(let table): table.dictionaries().first.map { .dictionary($0) } ?? false
        }
    }
}
