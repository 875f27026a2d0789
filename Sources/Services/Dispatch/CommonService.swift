internal import Foundation
internal import Logging
internal import ORM
internal import PostgreSQL
internal import Values

/// The service `common`: logins and what can be asked without one (contract/wire.md §6).
struct CommonService {
    let databases: DatabaseHost
    let throttle: LoginThrottle
    let object: ObjectService

    func run(_ request: ServiceRequest, delay: AnswerDelay, answer: (MethodResult) -> Void) throws {
        let parameters = Parameters(request)
        if let call = try oldCall(parameters, request) {
            return try object.run(call, delay: delay, answer: answer)
        }
        let result: Value
        switch request.call.method {
        case "login", "authenticate": result = try login(parameters, request, delay: delay)
        case "logout": result = true
        case "about":
            result = parameters[0].isTruthy ? [.text(Self.about), .text(ServerVersion.openERP)] : .text(Self.about)
        case "version": result = ServerVersion.described
        case "timezone_get":
            try parameters.require(3)
            result = .text(Self.timeZone)
        case "get_server_environment": result = .text(Self.environment)
        case "login_message": result = databases.settings.loginMessage.map { .text($0) } ?? false
        case "get_stats": result = .text(databases.statistics)
        case "check_connectivity": result = .boolean(databases.isReachable)
        case "list_http_services":
            result = .list(RPCServices.names.sorted().map { [.text("/xmlrpc/\($0)"), "XML-RPC"] })
        default:
            guard let method = ProtectedMethod(rawValue: request.call.method) else {
                throw ServiceError.unknownMethod(service: "common", method: request.call.method)
            }
            try databases.checkSuperPassword(parameters.text(0), address: request.address, throttle, delay: delay)
            result = try protected(method, parameters)
        }
        answer(.value(result))
    }

    private func protected(_ method: ProtectedMethod, _ parameters: Parameters) throws -> Value {
        switch method {
        case .processTimes: return Self.processTimes
        case .statementCount: return .integer(databases.pool.statementCount)
        case .setLogLevel:
            try parameters.require(2)
            guard !parameters[2].isTruthy else { throw ServiceError.failed("there is one log level for everything") }
            guard let set = databases.settings.setLogLevel else {
                throw ServiceError.failed("the log level cannot be changed")
            }
            set(try LogLevelName.level(of: parameters[1]))
            return true
        case .updates, .migrationScripts:
            throw ServiceError.failed("the publisher's service for updates is no more")
        }
    }

    /// Calls of clients of version 4 on values of actions and defaults, as today's clients write them; nil for others.
    private func oldCall(_ parameters: Parameters, _ request: ServiceRequest) throws -> ServiceRequest? {
        let names = ["ir_get": "get", "ir_del": "unlink"]
        guard let name = names[request.call.method] else { return nil }
        try parameters.require(4)
        let values = parameters.values
        let call = MethodCall("execute", values.prefix(3) + ["ir.values", .text(name)] + values.dropFirst(3))
        return ServiceRequest(service: "object", call: call, address: request.address)
    }

    /// The user's id, or False: a wrong password is no fault here.
    private func login(_ parameters: Parameters, _ request: ServiceRequest, delay: AnswerDelay) throws -> Value {
        try parameters.require(3)
        let (login, password) = (parameters.text(1), parameters.text(2))
        let database = try databases.open(parameters.text(0))
        if password.isEmpty { return false }
        let user = "\(database.name)/\(login.quotedForLog)"
        let uid = try PasswordCheck(databases: databases, throttle: throttle).uid(
            in: database, password: password, user: user, address: request.address, delay: delay,
            refusal: "wrong login"
        ) { try databases.authentication.login($0, login, password) }
        return uid.map { .integer($0) } ?? false
    }

    /// Python gives the plain name where the system knows several for no offset at all.
    private static var timeZone: String {
        let name = TimeZone.current.identifier
        return ["GMT", "Etc/UTC", "Etc/GMT"].contains(name) ? "UTC" : name
    }

    private static let about = """
        Apus is an application server for customer relations. It speaks OpenERP's protocols and keeps its records in
        OpenERP's schema, and shares no code with it.
        """

    private static var environment: String {
        let system = ProcessInfo.processInfo
        return """
            Environment Information :
            System : Linux
            OS Name : \(system.operatingSystemVersionString)
            Cores : \(system.activeProcessorCount)
            Locale : \(Locale.current.identifier)
            Apus : \(ServerVersion.own)
            OpenERP-Server Version : \(ServerVersion.openERP)
            """
    }

    /// User, system, children's user, children's system and elapsed seconds, as Python's `os.times`.
    private static var processTimes: Value {
        var times = tms()
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let elapsed = Foundation.times(&times)
        let parts = [times.tms_utime, times.tms_stime, times.tms_cutime, times.tms_cstime, elapsed]
        return .list(parts.map { .float(Double($0) / ticks) })
    }
}

/// What asks for the super-administrator's password.
private enum ProtectedMethod: String {
    case processTimes = "get_os_time"
    case statementCount = "get_sqlcount"
    case setLogLevel = "set_loglevel"
    case updates = "get_available_updates"
    case migrationScripts = "get_migration_scripts"
}
