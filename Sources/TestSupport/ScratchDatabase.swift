public import ORM
internal import PostgreSQL

/// A database of one test, gone when the test is over.
public struct ScratchDatabase: Sendable {
    public let name: String
    public let registry: Registry
    let cluster: TestCluster

    /// Runs something as a user in a transaction; committed, unless it throws.
    @discardableResult
    public func run<Answer>(
        as uid: Int = 1, context: Context = Context(), _ body: (Environment) throws -> Answer
    ) throws -> Answer {
        try cluster.settings.database(name).transaction {
            try body(Environment(registry: registry, transaction: $0, uid: uid, context: context))
        }
    }
}

/// Makes an empty database with the tables of the given models, and drops it afterwards. Rights are open, there are no
/// external ids.
@discardableResult
public func withScratchDatabase<Answer>(
    models addons: [AddonModels], ports: Ports = OpenPorts.all, _ body: (ScratchDatabase) throws -> Answer
) throws -> Answer {
    let cluster = try TestCluster.shared.get()
    let name = cluster.uniqueName()
    try cluster.server.createDatabase(name)
    defer { try? cluster.server.dropDatabase(name) }
    let database = ScratchDatabase(
        name: name, registry: try Registry(addons: addons, ports: ports), cluster: cluster)
    try database.run { environment in
        try SchemaSync(in: environment).apply(to: Array(environment.registry.models.values))
    }
    return try body(database)
}
