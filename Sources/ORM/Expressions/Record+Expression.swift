public import PythonExpression

extension Record {
    /// The record as an expression reads it, with the rights of its environment, relations followed: `parent_id.name`.
    public var inExpression: any ExpressionRecord {
        BrowsedRecord(self, of: model, in: environment, noting: VisitedModels())
    }

    /// A field as an expression reads it; nil when the model has no such field.
    public func expressionMember(_ name: String) throws -> ExpressionMember? {
        model.field(name) == nil ? nil : try inExpression.member(name)
    }
}
