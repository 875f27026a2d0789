internal import PythonExpression
internal import Values

/// A record as an expression reads it: `user.company_id.id` (contract/orm.md §16). A relation that leads nowhere is a
/// record without id, whose fields are all empty.
struct BrowsedRecord: ExpressionRecord {
    private let record: Record?
    private let model: Model
    private let environment: Environment
    private let visited: VisitedModels

    /// Nil stands for no record.
    init(_ record: Record?, of model: Model, in environment: Environment, noting visited: VisitedModels) {
        self.record = record
        self.model = model
        self.environment = environment
        self.visited = visited
    }

    var expressionValue: Value { record.map { .integer($0.id) } ?? false }

    func member(_ name: String) throws -> ExpressionMember? {
        if name == "id" { return .value(expressionValue) }
        guard let field = model.field(name) else {
            throw ORMError.badValue("Field '\(name)' does not exist in object '\(model.name)'")
        }
        visited.models.insert(model.name)
        // What a function reads, nobody knows.
        if field.isFunction || field.isProperty { visited.models.insert(VisitedModels.unknown) }
        guard let targetName = field.kind.target else {
            let value = try record?.value(name) ?? .null
            return .value(value.isAbsent ? field.kind.emptyValue : value)
        }
        visited.models.insert(targetName)
        let target = try environment.registry.model(targetName)
        let browsed = { (record: Record?) in
            BrowsedRecord(record, of: target, in: environment, noting: visited)
        }
        if field.kind.isToMany { return .records(try record?.many(name).map { browsed($0) } ?? []) }
        return .record(browsed(try record?.one(name)))
    }
}

/// The models whose records an expression has looked at.
final class VisitedModels {
    var models: Set<ModelName> = []

    /// Stands for models that cannot be told; no model has such a name.
    static let unknown = "*"
}
