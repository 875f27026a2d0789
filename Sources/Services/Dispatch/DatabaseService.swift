internal import Foundation
internal import Logging
internal import ORM
internal import PostgreSQL
internal import Values

/// The service `db`: databases as a whole, under the super-administrator's password (contract/wire.md §7).
struct DatabaseService {
    let databases: DatabaseHost
    let throttle: LoginThrottle
    let jobs: DatabaseJobs

    init(databases: DatabaseHost, throttle: LoginThrottle, logger: Logger) {
        self.databases = databases
        self.throttle = throttle
        jobs = DatabaseJobs(databases: databases, logger: logger)
    }

    func run(_ request: ServiceRequest, delay: AnswerDelay, answer: (MethodResult) -> Void) throws {
        let parameters = Parameters(request)
        answer(.value(try open(parameters, request) ?? protected(parameters, request, delay: delay)))
    }

    /// What anybody may ask; nil when the method is none of these.
    private func open(_ parameters: Parameters, _ request: ServiceRequest) throws -> Value? {
        switch request.call.method {
        case "server_version": return .text(ServerVersion.openERP)
        case "db_exist":
            try parameters.require(1)
            return .boolean(exists(parameters.text(0)))
        case "list":
            guard databases.settings.listsDatabases || parameters[0].isTruthy else {
                throw ServiceError.listingForbidden
            }
            return .list(databaseList.map { .text($0) })
        case "list_lang":
            return .list(databases.provisioner.languages.map { [.text($0.key), .text($0.label)] })
        default: return nil
        }
    }

    /// Whether one could connect to it: not to one with an impossible name, nor to any while PostgreSQL is away.
    private func exists(_ name: String) -> Bool { (try? databases.server.databaseExists(name)) ?? false }

    /// Nothing when PostgreSQL cannot be asked: clients show the list before anything else (contract/wire.md §7).
    private var databaseList: [String] {
        do {
            return try databases.server.databaseList()
        } catch {
            databases.logger.warning("the databases could not be listed", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func protected(
        _ parameters: Parameters, _ request: ServiceRequest, delay: AnswerDelay
    ) throws -> Value {
        guard let method = ProtectedMethod(rawValue: request.call.method) else {
            throw ServiceError.unknownMethod(service: "db", method: request.call.method)
        }
        try parameters.require(1)
        try databases.checkSuperPassword(parameters.text(0), address: request.address, throttle, delay: delay)
        try parameters.require(method.parameterCount)
        let name = parameters.text(1)
        switch method {
        case .create:
            return .integer(try jobs.create(order(parameters)))
        case .createDatabase:
            try databases.create(order(parameters)) { _ in }
            return true
        case .progress:
            return try jobs.progress(of: parameters[1].integer ?? 0)
        case .drop:
            try databases.drop(name)
            return true
        case .dump: return .text(try databases.dump(name))
        case .restore:
            try databases.restore(name, fromBase64: parameters.text(2))
            return true
        case .rename:
            try databases.rename(name, to: parameters.text(2))
            return true
        case .changePassword:
            guard !name.isEmpty else { throw ServiceError.failed("an empty password is not allowed") }
            try databases.superAdministrator.change(to: name)
            return true
        case .migrate:
            guard let names = parameters[1].list else { throw ServiceError.failed("the databases are a list of names") }
            for name in names { try databases.upgrade(["base"], in: name.plainText) { _ in } }
            return true
        }
    }

    /// - Throws: `ServiceError.failed` for a language that `list_lang` does not name.
    private func order(_ parameters: Parameters) throws -> DatabaseOrder {
        let language = parameters[3].isTruthy ? parameters.text(3) : Environment.sourceLanguage
        guard databases.provisioner.languages.contains(where: { $0.key == language }) else {
            throw ServiceError.failed("there is no language \(language.prefix(20)): list_lang names those there are")
        }
        return DatabaseOrder(
            name: parameters.text(1), addons: [], hasDemoData: parameters[2].isTruthy,
            password: parameters[4].isTruthy ? parameters.text(4) : "admin", language: language)
    }
}

/// What asks for the super-administrator's password.
private enum ProtectedMethod: String {
    case create
    case createDatabase = "create_database"
    case progress = "get_progress"
    case drop, dump, restore, rename
    case changePassword = "change_admin_password"
    case migrate = "migrate_databases"

    /// How many parameters it needs, the password included.
    var parameterCount: Int {
        switch self {
        case .create, .createDatabase: 4
        case .restore, .rename: 3
        case .progress, .drop, .dump, .changePassword, .migrate: 2
        }
    }
}
