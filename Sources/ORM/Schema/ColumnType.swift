internal import Values

/// The type of a column as PostgreSQL writes it, with the size of a `varchar`.
struct ColumnType: Hashable {
    let name: String
    /// Characters a `character varying` holds; nil is any number, and the answer for all other types.
    let size: Int?

    init(_ name: String, size: Int? = nil) {
        self.name = name
        self.size = size
    }

    /// `character varying(64)`
    var text: String { size.map { "\(name)(\($0))" } ?? name }

    /// How a column of another type becomes this one without losing what it holds (contract/orm.md §2).
    enum Change: Equatable {
        case none
        case alter
        /// The old column is kept under another name and a new one starts empty.
        case move
    }

    func change(from old: ColumnType) -> Change {
        if self == old { return .none }
        switch (old.name, name) {
        case ("character varying", "character varying"):
            // Texts are never cut: a column grows and does not shrink.
            guard let oldSize = old.size else { return .none }
            return size.map { $0 > oldSize } ?? true ? .alter : .none
        case ("text", "character varying"): return size == nil ? .alter : .none
        case ("character varying", "text"), ("integer", "double precision"), ("integer", "numeric"),
            ("date", "timestamp without time zone"), ("timestamp without time zone", "date"),
            ("numeric", "double precision"), ("double precision", "numeric"), ("integer", "bigint"):
            return .alter
        default: return .move
        }
    }
}

extension Field {
    /// The type of the field's column; nil when it has none.
    var columnType: ColumnType? {
        guard hasColumn else { return nil }
        // A stored computed number without digits is exact, too (contract/orm.md §9), and so is one whose digits the
        // database sets.
        if isFunction || attributes.digits != nil, case .float(nil) = kind { return ColumnType("numeric") }
        return kind.columnTypeAndSize
    }
}

extension FieldKind {
    fileprivate var columnTypeAndSize: ColumnType? {
        switch self {
        case .char(let size): ColumnType("character varying", size: size)
        case .text, .serialized: ColumnType("text")
        case .boolean: ColumnType("boolean")
        case .integer, .many2one: ColumnType("integer")
        case .bigInteger: ColumnType("bigint")
        case .float(let digits): ColumnType(digits == nil ? "double precision" : "numeric")
        case .date: ColumnType("date")
        case .datetime: ColumnType("timestamp without time zone")
        case .time: ColumnType("time without time zone")
        case .binary: ColumnType("bytea")
        case .selection where hasIntegerKeys: ColumnType("integer")
        case .selection(let selection, let size):
            ColumnType("character varying", size: selection.columnSize(size))
        case .reference(_, let size): ColumnType("character varying", size: size ?? 128)
        case .one2many, .many2many: nil
        }
    }
}
