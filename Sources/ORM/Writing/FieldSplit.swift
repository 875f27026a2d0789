internal import Values

/// The values of a create or write, sorted by where they go.
struct FieldSplit {
    /// Columns of the model's own table.
    var columns: [(field: Field, value: Value)] = []
    /// Commands of one2many and many2many fields.
    private(set) var relations: [(field: Field, value: Value)] = []
    /// Fields whose value Swift code or a related record takes.
    private(set) var functions: [(field: Field, value: Value)] = []
    /// Values of parents, by the parent's model.
    private(set) var parents: [ModelName: FieldValues] = [:]
    /// Names the model does not know.
    private(set) var unknown: [FieldName] = []

    /// Sorted by name, so that the same fields always make the same statement.
    init(_ values: FieldValues, of model: Model) {
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            if let field = model.ownField(name) {
                place(field, value, in: model)
            } else if let delegate = model.inherited[name]?.delegate {
                parents[delegate.model, default: [:]][name] = value
            } else if !model.isMagic(name) {
                unknown.append(name)
            }
        }
    }

    private mutating func place(_ field: Field, _ value: Value, in model: Model) {
        if model.isNestedSet, field.name == "parent_left" || field.name == "parent_right" { return }
        // Who changed a record, and when, is the engine's to tell.
        if model.isMagic(field.name) { return }
        switch field.storage {
        case .stored:
            if field.kind.isToMany { relations.append((field, value)) } else { columns.append((field, value)) }
        case .computed, .related, .property:
            functions.append((field, value))
        }
    }

    /// Values of a field, with the records that get them.
    typealias FieldRows = (field: Field, rows: [(ids: [RecordID], value: Value)])

    /// Relations that get commands, and functions, in the order in which they are set: by priority, relations first. Each
    /// with what all rows give it.
    static func relationsAndFunctions(of rows: [(ids: [RecordID], split: FieldSplit)]) -> [FieldRows] {
        let relations = gather(rows) { $0.relations.filter(\.value.isTruthy) }
        let all = relations + gather(rows) { $0.functions }
        return all.enumerated().sorted {
            ($0.element.field.attributes.priority, $0.offset) < ($1.element.field.attributes.priority, $1.offset)
        }.map(\.element)
    }

    private static func gather(
        _ rows: [(ids: [RecordID], split: FieldSplit)], _ part: (FieldSplit) -> [(field: Field, value: Value)]
    ) -> [FieldRows] {
        var gathered: [FieldName: FieldRows] = [:]
        for row in rows {
            for (field, value) in part(row.split) {
                gathered[field.name, default: (field, [])].rows.append((row.ids, value))
            }
        }
        return gathered.sorted { $0.key < $1.key }.map(\.value)
    }
}
