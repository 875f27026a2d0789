internal import SQL
internal import Values

/// How the values of a group's records become one: the field's `group_operator`.
enum GroupOperator: String, CaseIterable {
    case sum, avg, min, max, count

    /// The operator of a field; nil when the definition names one that does not exist.
    init?(of field: Field) {
        self.init(rawValue: field.attributes.groupOperator ?? "sum")
    }

    /// `sum("crm_lead"."planned_revenue")`
    func expression(of column: SQL) -> SQL { "\(trusted: rawValue)(\(column))" }

    /// How the result for a field of the given kind is read; a group without any value has none.
    func cellKind(for kind: FieldKind) -> CellKind {
        switch (self, kind) {
        case (.count, _), (.sum, .integer), (.min, .integer), (.max, .integer): .identifier
        default: .float
        }
    }
}
