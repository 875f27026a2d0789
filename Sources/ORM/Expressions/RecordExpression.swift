internal import PythonExpression
public import Values

/// An expression over one record, which it knows under a name: `object.state in ('draft', 'open')`.
public struct RecordExpression: Sendable {
    private let expression: Expression

    /// - Throws: `ORMError.badValue` for a text that is no expression.
    public init(parsing text: String) throws {
        do { expression = try Expression(parsing: text) } catch { throw ORMError.badValue("\(error)") }
    }

    /// The value for a record, read with the rights of its environment; `uid` is the caller.
    ///
    /// - Throws: `ORMError.badValue`.
    public func value(of record: Record, as name: String = "object") throws -> Value {
        var scope = Scope.standard
        scope.names = ["uid": .integer(record.environment.uid)]
        scope.resolve = { asked in
            guard asked == name else { return nil }
            return .record(
                BrowsedRecord(record, of: record.model, in: record.environment, noting: VisitedModels()))
        }
        do { return try expression.evaluate(in: scope) } catch { throw ORMError.badValue("\(error)") }
    }
}
