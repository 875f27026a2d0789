public import Values

/// The values of property fields: one for each record and company, or a default for all records
/// (contract/orm.md §10).
public protocol PropertyStore: Sendable {
    /// The records' own values and, where a record has none, the default; a many2one as a bare id that exists. One
    /// statement for all the fields, and one more for each model they lead to.
    func values(of fields: [Field], for records: Records) throws -> [FieldName: [RecordID: Value]]
    /// Keeps values that differ from the default, for the caller's company; all others go. A value is given as a
    /// column of the field's kind would take it in PostgreSQL's text, nil for none.
    func store(_ values: [RecordID: String?], of field: Field, on model: Model, in environment: Environment) throws
    /// The defaults of those fields that have one.
    func defaults(of fields: [Field], on model: Model, in environment: Environment) throws -> FieldValues
}
