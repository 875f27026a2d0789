public import Logging
public import ORM
public import PostgreSQL
internal import Synchronization
internal import Values

/// The databases of one PostgreSQL server: opened when they are first asked for, created, copied and dropped.
public final class DatabaseHost: Sendable {
    /// What a server is set up with.
    public struct Settings: Sendable {
        /// Shown by clients before the login.
        public var loginMessage: String?
        /// Whether clients may list the databases.
        public var listsDatabases = true
        /// Whether calls that name what is no field are refused instead of overlooked.
        public var isStrict = false
        /// The most bytes of a dump that goes out as an answer, which is held in memory whole, several times over.
        public var dumpLimit = 256 << 20
        /// After so many seconds without a call for a database nobody listens to its changes any more, which takes a
        /// connection and a thread; the next call builds its registry anew.
        public var listeningPatience = 600.0
        /// How long records of transient models live.
        public var transience = Transience()
        /// Changes how much is logged, of all that the process logs; nil where that is fixed.
        public var setLogLevel: (@Sendable (Logger.Level) -> Void)?

        public init() {}
    }

    public let settings: Settings
    public let pool: ConnectionPool
    public let server: Server
    let connectionSettings: ConnectionSettings
    public let authentication: Authentication
    let superAdministrator: SuperAdministrator
    let provisioner: DatabaseProvisioner
    let logger: Logger
    private let state = Mutex(State())

    /// No single statement may hold a worker longer than these seconds.
    private static let statementTimeout = 600.0

    private struct State {
        var open: [String: OpenDatabase] = [:]
        /// Of the databases whose registries are being built.
        var openings: [String: Opening] = [:]
        /// Of each database that is or was open.
        var memories: [String: DatabaseMemory] = [:]
        /// Databases under construction: calls are refused until they are done.
        var busy: Set<String> = []
        /// How often each was reserved.
        var epochs: [String: Int] = [:]

        func refuseBusy(_ name: String) throws {
            if busy.contains(name) { throw ServiceError.databaseNotReady(name) }
        }
    }

    public init(
        settings: Settings, connection: ConnectionSettings, connectionLimit: Int, authentication: Authentication,
        superAdministrator: SuperAdministrator, provisioner: DatabaseProvisioner, logger: Logger
    ) {
        self.settings = settings
        pool = ConnectionPool(
            settings: connection, limit: connectionLimit, statementTimeout: Self.statementTimeout)
        server = Server(connection)
        connectionSettings = connection
        self.authentication = authentication
        self.superAdministrator = superAdministrator
        self.provisioner = provisioner
        self.logger = logger
    }

    // MARK: - Opening

    /// The database if it is open already.
    func opened(_ name: String) -> OpenDatabase? { state.withLock { $0.open[name] } }

    /// The database, its registry built when this is the first call.
    ///
    /// - Throws: `ServiceError.databaseNotReady` while it is under construction, `PostgreSQLError` when there is none.
    func open(_ name: String) throws -> OpenDatabase {
        while true {
            if let database = try current(name) { return database }
            try DatabaseName.checkOwn(name)
            let opening = state.withLock { state in
                if let opening = state.openings[name] { return opening }
                let opening = Opening()
                state.openings[name] = opening
                return opening
            }
            let (database, isNew) = try opening.database {
                defer { state.withLock { $0.openings[name] = nil } }
                return try build(name)
            }
            // Whoever has waited for another's may have come after what has made it stale already.
            if isNew || database.isCurrent { return database }
        }
    }

    /// The database if nothing need be done for it.
    private func current(_ name: String) throws -> OpenDatabase? {
        let known = try state.withLock { state in
            try state.refuseBusy(name)
            return state.open[name]
        }
        known?.memory.noteUse()
        return known.flatMap { $0.isCurrent ? $0 : nil }
    }

    private func build(_ name: String) throws -> OpenDatabase {
        let epoch = try state.withLock { state in
            try state.refuseBusy(name)
            return state.epochs[name]
        }
        // Before it is looked into, so that no change passes unheard.
        let memory = try memory(of: name)
        do {
            let database = try build(name, memory)
            try state.withLock { state in
                // Dropped, renamed or filled anew meanwhile.
                if state.epochs[name] != epoch { throw ServiceError.databaseNotReady(name) }
                state.open[name] = database
            }
            return database
        } catch {
            // It may be none of ours, and whoever is connected to it is in the way of others.
            state.withLock { if $0.memories[name] === memory { $0.memories[name] = nil } }
            memory.endHearing()
            throw error
        }
    }

    private func build(_ name: String, _ memory: DatabaseMemory) throws -> OpenDatabase {
        let epoch = memory.epoch
        let (registry, unmade) = try reading(name) { transaction in
            let registry = try provisioner.registry(of: transaction, ports: memory.ports)
            return (registry, try SchemaSync.transientModelsWithoutTable(of: registry, in: transaction))
        }
        if !unmade.isEmpty { try makeTransientTables(of: name, registry) }
        return OpenDatabase(name: name, registry: registry, memory: memory, epoch: epoch)
    }

    private func memory(of name: String) throws -> DatabaseMemory {
        let known = state.withLock { $0.memories[name] }
        if let known, known.hears { return known }
        let memory = known ?? DatabaseMemory(ports: ports(of: name))
        memory.hear(
            by: try ChangeListener(
                to: connectionSettings.database(name), caches: memory.ports.caches, sender: memory.sender,
                patience: settings.listeningPatience, logger: logger))
        state.withLock { $0.memories[name] = memory }
        return memory
    }

    /// Records of transient models need not last, so their tables may be made whenever they are missing.
    private func makeTransientTables(of name: String, _ registry: Registry) throws {
        try transacting(name) { transaction in
            try provisioner.waitForInstallations(in: transaction)
            let environment = Environment(
                registry: registry, transaction: transaction, uid: Environment.superuserID)
            try SchemaSync(in: environment)
                .apply(to: SchemaSync.transientModelsWithoutTable(of: registry, in: transaction))
        }
    }

    // MARK: - Out of service

    /// Takes a database out of service while something happens to it as a whole.
    ///
    /// - Throws: `ServiceError.databaseNotReady` when something else is happening to it.
    func exclusively<Answer>(_ names: String..., run body: () throws -> Answer) throws -> Answer {
        try reserve(names)
        defer { release(names) }
        for name in names { pool.closeConnections(to: name) }
        return try body()
    }

    /// Marks databases as under construction.
    func reserve(_ names: [String]) throws {
        let memories = try state.withLock { state in
            for name in names { try state.refuseBusy(name) }
            state.busy.formUnion(names)
            for name in names {
                state.epochs[name, default: 0] += 1
                state.open[name] = nil
            }
            return names.compactMap { name in state.memories.removeValue(forKey: name).map { (name, $0) } }
        }
        for (name, memory) in memories { end(memory, of: name) }
    }

    func release(_ names: [String]) {
        state.withLock { $0.busy.subtract(names) }
    }

    // MARK: - What can be asked without a database

    var isReachable: Bool { (try? server.databaseExists("template1")) ?? false }

    var statistics: String {
        guard settings.listsDatabases else { return "Databases open: \(state.withLock { $0.open.count })" }
        let (open, busy) = state.withLock { ($0.open.keys.sorted(), $0.busy.sorted()) }
        return """
            Databases open: \(open.joined(separator: ", "))
            Databases under construction: \(busy.joined(separator: ", "))
            """
    }

    /// - Throws: `ServiceError.wrongSuperPassword`, held back when it happens often; `ServiceError.tooManyGuesses`.
    func checkSuperPassword(
        _ password: String, address: String, _ throttle: LoginThrottle, delay: AnswerDelay
    ) throws {
        let user = "super-administrator"
        try throttle.refuseHasty(address: address, user: user, delay: delay)
        guard superAdministrator.accepts(password) else {
            delay.seconds = throttle.failed(address: address, user: user)
            logger.notice("wrong super-administrator password", metadata: ["address": "\(address)"])
            throw ServiceError.wrongSuperPassword
        }
        throttle.succeeded(address: address, user: user)
    }

    /// Ends all connections.
    public func shutdown() {
        pool.shutdown()
        for (name, memory) in state.withLock({ $0.memories }).sorted(by: { $0.key < $1.key }) { end(memory, of: name) }
    }
}
