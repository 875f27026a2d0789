import ORM
import PostgreSQL
import TestSupport

/// A copy of the demo database.
struct DemoDatabase: Sendable {
    let name: String
    let settings: ConnectionSettings
    let registry: Registry

    /// The copy that all tests share which leave nothing behind.
    private static let shared = Swift.Result { try DemoTemplate.shared.get().copy() }

    /// The demo user's id.
    static let demoUser = 3

    /// Runs something in a transaction that is rolled back, on the shared copy.
    static func visit<Answer>(as uid: Int = 1, _ body: (Environment) throws -> Answer) throws -> Answer {
        try shared.get().run(as: uid, keep: false, body)
    }

    /// Gives a test a copy of its own, for what must be committed.
    static func own<Answer>(_ body: (DemoDatabase) throws -> Answer) throws -> Answer {
        let template = try DemoTemplate.shared.get()
        let database = try template.copy()
        defer { template.drop(database) }
        return try body(database)
    }

    /// Runs something in a transaction of its own; committed if it shall be kept and does not throw.
    @discardableResult
    func run<Answer>(as uid: Int = 1, keep: Bool = true, _ body: (Environment) throws -> Answer) throws -> Answer {
        try settings.transaction(keep: keep) {
            try body(Environment(registry: registry, transaction: $0, uid: uid))
        }
    }
}
