internal import PythonExpression
public import Values

/// A stored expression over records and plain values: `object.partner_id.email` of a server action.
///
/// Besides the given names it knows Python's built-in ones, the clock among them. Records are read with the rights of
/// their environment.
public struct RecordExpression: Sendable {
    private let expression: Expression

    /// - Throws: `ORMError.badValue` for a text that is no expression.
    public init(parsing text: String) throws {
        do { expression = try Expression(parsing: text) } catch { throw ORMError.badValue(String(describing: error)) }
    }

    /// The value; a record stands for its id, several for the list of theirs.
    ///
    /// - Throws: `ORMError.badValue`.
    public func value(names: [String: Value] = [:], records: [String: Record] = [:]) throws -> Value {
        var scope = Scope.standard
        scope.names = names
        scope.resolve = { name in
            records[name].map { record in
                .record(BrowsedRecord(record, of: record.model, in: record.environment, noting: VisitedModels()))
            }
        }
        do { return try expression.evaluate(in: scope) } catch { throw ORMError.badValue(String(describing: error)) }
    }
}
