public import PythonExpression

extension Record {
    /// A field as an expression reads it, with the rights of the record's environment: many2one and to-many fields lead
    /// on to records. Nil when the model has no such field.
    public func expressionMember(_ name: String) throws -> ExpressionMember? {
        guard model.field(name) != nil else { return nil }
        return try BrowsedRecord(self, of: model, in: environment, noting: VisitedModels()).member(name)
    }
}
