internal import ORM
internal import PythonExpression
internal import Values

/// The names a script knows: the fields of its record, and the methods clients may call, which get the record's id
/// (contract/workflow.md §6).
final class RecordNames {
    private let record: Record
    /// Runs a call that may change something.
    private let changing: (() throws -> Value) throws -> Value
    /// What a method threw: the evaluator would only tell it in words.
    private var failure: (any Error)?

    /// Names that other expressions know and these do not.
    private static let foreign: Set<String> = ["time", "datetime", "DateTime", "timedelta"]

    init(_ record: Record, changing: @escaping (() throws -> Value) throws -> Value) {
        self.record = record
        self.changing = changing
    }

    /// - Throws: As `Script.value(for:)`.
    func value(of expression: Expression) throws -> Value {
        var scope = Scope.standard
        scope.resolve = { name in try self.noting { try self.member(name) } }
        do {
            return try expression.evaluate(in: scope)
        } catch {
            if let failure { throw failure }
            if case .unknownName(let name, _) = error { throw ORMError.badValue("name '\(name)' is not defined") }
            if case .notRepresentable = error { return true }
            throw ORMError.badValue("\(error)")
        }
    }

    private func member(_ name: String) throws -> ExpressionMember? {
        if let field = try record.expressionMember(name) { return field }
        let model = record.model
        if let method = RemoteCall.method(name, of: model) {
            return .function { arguments, named in
                try self.noting { try self.call(method, arguments, named) }
            }
        }
        if Self.foreign.contains(name) { throw ORMError.badValue("name '\(name)' is not defined") }
        switch name {
        case "_name": return .value(.text(model.name))
        case "_table": return .value(.text(model.table))
        case "_description": return .value(.text(model.title))
        case "_rec_name": return .value(.text(model.nameField))
        case "pool": return .record(AllModels())
        default: return nil
        }
    }

    private func call(_ method: RemoteMethod, _ arguments: [Value], _ named: [String: Value]) throws -> Value {
        let ids: Value = [.integer(record.id)]
        let environment = record.environment
        let call = try RemoteCall(
            method.name, of: record.model.name, in: environment.registry, positional: [ids] + arguments, named: named)
        if method.writes { return try changing { try call.run(in: environment).value } }
        return try call.run(in: environment).value
    }

    private func noting<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch {
            if failure == nil { failure = error }
            throw error
        }
    }
}

/// What `pool` stands for: it is there, and leads nowhere.
private struct AllModels: ExpressionRecord {
    var expressionValue: Value { true }

    func member(_ name: String) -> ExpressionMember? { nil }
}
