internal import PythonExpression
public import Values

/// A stored expression over the calling user: `[('company_id', '=', user.company_id.id)]`. It knows `user`, read as the
/// superuser, and Python's built-in names, the clock among them.
public struct UserExpression: Sendable {
    private let expression: Expression
    private let text: String

    /// - Throws: `ORMError.badValue` for a text that is no expression.
    public init(parsing text: String) throws {
        self.text = text
        do { expression = try Expression(parsing: text) } catch { throw ORMError.badValue(String(describing: error)) }
    }

    /// The value for the caller, and the models it was read from: while their records stay, it stays. `*` among them
    /// stands for those nobody can tell.
    ///
    /// - Parameter names: What it knows besides.
    /// - Throws: `ORMError.badValue`.
    public func value(
        in environment: Environment, knowing names: [String: Value] = [:]
    ) throws -> (value: Value, models: Set<ModelName>) {
        let visited = VisitedModels()
        let superuser = environment.superuser
        var scope = Scope.standard
        scope.names = names
        scope.resolve = { name in
            guard name == "user" else { return nil }
            let users = try superuser.registry.model("res.users")
            let user = try superuser.record("res.users", environment.uid)
            return .record(BrowsedRecord(user, of: users, in: superuser, noting: visited))
        }
        do {
            return (try expression.evaluate(in: scope), visited.models)
        } catch {
            throw ORMError.badValue(String(describing: error))
        }
    }

    /// Whether the value may depend on the hour. A name of a field can make it seem so; that does no harm.
    public var mayReadClock: Bool {
        let text = text.lowercased()
        return ["time", "date", "now", "today"].contains { text.contains($0) }
    }
}
