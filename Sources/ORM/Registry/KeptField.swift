public import Values

/// A field that a database describes and keeps a column for, or a list that another column makes, whatever addon it came
/// with (`ir.model.fields`).
public struct KeptField: Sendable {
    public let model: ModelName
    /// What a person calls the model's records.
    public let title: String
    public let name: FieldName
    public let label: String
    /// A name that clients know kinds by: `many2one`.
    public let kind: String
    /// The model a relation leads to.
    public var relation = ""
    /// The other end of a one2many.
    public var inverse = ""
    public var translate = false
    /// A number of `Field.Index`.
    public var searchLevel = 0
    /// Whether the model's records are rows of a view.
    public var isShown = false
    /// The column's type as PostgreSQL writes it; nil for a list.
    public var columnType: String?
    /// The characters a `character varying` holds; nil is any number.
    public var size: Int?
    /// Whether the column must not be empty.
    public var required = false

    public init(model: ModelName, title: String, name: FieldName, label: String, kind: String) {
        self.model = model
        self.title = title
        self.name = name
        self.label = label
        self.kind = kind
    }

    /// The field; nil for a column of a type that no kind has, and for a list without its other end.
    ///
    /// - Parameter hasModel: Whether there is a model of a name.
    func field(hasModel: (ModelName) -> Bool) -> Field? {
        guard let fieldKind = fieldKind(hasModel) else { return nil }
        var field = Field(name, label, fieldKind, storage: .stored, fallback: nil)
        field.attributes.required = required
        field.attributes.translate = translate
        field.attributes.index = Field.Index(rawValue: searchLevel) ?? .none
        return field
    }

    /// The column says more than the description: what is no longer a relation is still a number.
    private func fieldKind(_ hasModel: (ModelName) -> Bool) -> FieldKind? {
        switch columnType {
        case nil: kind == "one2many" && hasModel(relation) ? .one2many(relation, inverse: inverse) : nil
        case "integer"?: kind == "many2one" && hasModel(relation) ? .many2one(relation, onDelete: .setNull) : .integer
        case "bigint"?: .bigInteger
        case "character varying"?: .char(size)
        case "text"?: .text
        case "boolean"?: .boolean
        case "double precision"?: .float(nil)
        case "numeric"?: .float(Digits(16, 2))
        case "date"?: .date
        case "timestamp without time zone"?: .datetime
        case "time without time zone"?: .time
        case "bytea"?: .binary
        default: nil
        }
    }
}
