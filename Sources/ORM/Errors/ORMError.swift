public import Values

/// What the engine refuses, by cause. Only the services know how a client hears of it.
public enum ORMError: Error, Equatable {
    case unknownModel(ModelName)
    case unknownMethod(String, of: ModelName)
    case privateMethod(String)
    /// A call whose arguments do not fit the method, in Python's words.
    case arguments(String)
    case unknownField(FieldName, of: ModelName)
    /// `write` on a model with delegation names the missing key alone (contract/orm.md §5).
    case missingKey(FieldName)
    /// Swift code asked a field for what it does not hold.
    case wrongKind(field: FieldName, of: ModelName, asked: String)
    case notInSelection(value: String, field: FieldName)
    /// A value that a field cannot take, in the words of the original.
    case badValue(String)
    /// A call that breaks what the original asserts, in its words where clients know them.
    case assertion(String)
    /// A method that clients of earlier versions know and that is gone.
    case removedMethod
    case malformedOrder
    case recordGone(model: ModelName, title: String)
    case copyOfMissing(id: RecordID, model: ModelName)
    case changedMeanwhile(title: String, id: RecordID)
    /// A definition that contradicts itself or another addon's; found when the registry is built.
    case definition(addon: String, model: ModelName, reason: String)
}

extension ORMError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownModel(let model): "there is no model \(model)"
        case .unknownMethod(let method, let model): "model \(model) has no method \(method) for clients"
        case .privateMethod(let method): "\(method) is private: its name begins with an underscore"
        case .arguments(let text), .badValue(let text), .assertion(let text): text
        case .removedMethod: "This method does not exist anymore"
        case .unknownField(let field, let model): "model \(model) has no field \(field)"
        case .missingKey(let field): field
        case .wrongKind(let field, let model, let asked): "field \(field) of \(model) does not hold \(asked)"
        case .notInSelection(let value, let field): "\(value) is no option of field \(field)"
        case .malformedOrder: "an order is a comma-separated list of field names, each with asc or desc if wished"
        case .recordGone(let model, _): "a record of \(model) has been deleted meanwhile"
        case .copyOfMissing(let id, let model): "record \(id) of \(model) does not exist and cannot be copied"
        case .changedMeanwhile(let title, let id): "\(title) \(id) has been changed since it was read"
        case .definition(let addon, let model, let reason): "addon \(addon), model \(model): \(reason)"
        }
    }
}
