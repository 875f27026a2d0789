public import Values

/// What `read_group` is asked for (contract/orm.md §8).
public struct GroupRequest: Sendable {
    public var domain: Value
    /// The fields to add up; the one grouped by must be among them. Empty means all fields of the model's own.
    public var fields: [FieldName]
    /// The fields to group by: the first one makes the groups, the rest is handed back in each group's `__context`.
    public var levels: [FieldName]
    /// Counts groups, before they are ordered.
    public var offset: Int
    /// nil is no limit.
    public var limit: Int?
    /// A client's order text; nil is by the field grouped by.
    public var order: String?
    /// False for clients that named the one level by a bare text: their groups have no `__context`.
    public var tellsRest: Bool

    public init(
        _ domain: Value = [], fields: [FieldName], by levels: [FieldName], offset: Int = 0, limit: Int? = nil,
        order: String? = nil, tellsRest: Bool = true
    ) {
        self.domain = domain
        self.fields = fields
        self.levels = levels
        self.offset = offset
        self.limit = limit
        self.order = order
        self.tellsRest = tellsRest
    }
}
