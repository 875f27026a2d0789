import BaseAddon
import Logging
import ORM
import TestSupport
import Values

@testable import Services

/// What one server process is to a database: services, registry and caches of its own.
struct ServerProcess {
    /// The password of who creates and drops databases.
    static let superPassword = "secret"

    let databases: DatabaseHost
    private let services: RPCServices

    /// - Parameters:
    ///   - addons: Swift halves besides the usual ones.
    ///   - folders: Where further addons lie.
    ///   - imports: Where addons go that clients send.
    ///   - listeningPatience: The setting, in seconds.
    init(
        addons: [AddonModels] = [], folders: [String] = [], imports: String? = nil,
        listeningPatience: Double = 600, logger: Logger = DemoTemplate.quiet
    ) throws {
        let authentication = Services.Authentication(
            login: { try BaseAddon.Authentication.login($0, login: $1, password: $2) },
            verify: { try BaseAddon.Authentication.verify(uid: $1, password: $2, in: $0) },
            matches: { (try? Passwords.verify($0, against: $1)) == .right }, hash: { try Passwords.hash($0) })
        var settings = DatabaseHost.Settings()
        settings.listeningPatience = listeningPatience
        databases = DatabaseHost(
            settings: settings, connection: try TestCluster.shared.get().settings, connectionLimit: 4,
            authentication: authentication,
            superAdministrator: try SuperAdministrator(
                file: "/nonexistent/password", initial: Self.superPassword, authentication: authentication),
            provisioner: DatabaseProvisioner(
                addons: DemoTemplate.addons + addons, addonsPath: [DemoTemplate.folder] + folders,
                imports: imports, ports: Base.ports, logger: logger), logger: logger)
        services = RPCServices(databases, logger: logger)
    }

    /// What a client's call came to.
    ///
    /// - Throws: The fault.
    @discardableResult
    func call(
        _ database: DemoDatabase, as uid: RecordID = 1, password: String = "admin", _ model: ModelName,
        _ method: String, _ arguments: Value...
    ) throws -> Value {
        try call(database, as: uid, password: password, model, method, with: arguments)
    }

    func call(
        _ database: DemoDatabase, as uid: RecordID = 1, password: String = "admin", _ model: ModelName,
        _ method: String, with arguments: [Value]
    ) throws -> Value {
        let parameters: [Value] =
            [.text(database.name), .integer(uid), .text(password), .text(model), .text(method)] + arguments
        return try ask("object", MethodCall("execute", parameters))
    }

    /// What a signal to a record's workflows came to.
    ///
    /// - Throws: The fault.
    @discardableResult
    func signal(
        _ signal: Value, to model: ModelName, _ id: Value, in database: DemoDatabase, as uid: RecordID = 1
    ) throws -> Value {
        let parameters: [Value] = [.text(database.name), .integer(uid), "admin", .text(model), signal, id]
        return try ask("object", MethodCall("exec_workflow", parameters))
    }

    /// What a call of any service came to, by its method's name.
    ///
    /// - Throws: The fault.
    @discardableResult
    func call(_ service: String, _ method: String, _ parameters: [Value]) throws -> Value {
        try ask(service, MethodCall(method, parameters))
    }

    /// What a call of any service came to.
    ///
    /// - Throws: The fault.
    func ask(_ service: String, _ call: MethodCall) throws -> Value {
        var outcome: Result<Value, Fault> = .success(nil)
        services.run(ServiceRequest(service: service, call: call, address: "192.0.2.1")) { answer, _ in
            switch answer {
            case .result(let result): outcome = .success(result.value)
            case .fault(let fault): outcome = .failure(fault)
            }
        }
        return try outcome.get()
    }

    /// Runs something with two processes on one database of their own; both have been called before.
    static func pair(
        addons: [AddonModels] = [], folders: [String] = [], imports: String? = nil,
        _ body: (_ first: ServerProcess, _ second: ServerProcess, DemoDatabase) throws -> Void
    ) throws {
        try DemoDatabase.own { database in
            try database.run { environment in
                for user in [1, DemoDatabase.demoUser] {
                    try environment.record("res.users", user).write(["password": "admin"])
                }
            }
            let first = try ServerProcess(addons: addons, folders: folders, imports: imports)
            let second = try ServerProcess(addons: addons, folders: folders, imports: imports)
            defer {
                first.databases.shutdown()
                second.databases.shutdown()
            }
            for process in [first, second] {
                for user in [1, DemoDatabase.demoUser] {
                    try process.call(database, as: user, "res.partner", "search", [], 0, 1)
                }
            }
            try body(first, second, database)
        }
    }
}
