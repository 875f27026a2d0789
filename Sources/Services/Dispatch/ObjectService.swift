internal import Logging
internal import ORM
internal import PostgreSQL
internal import Values

/// The service `object`: methods of models, under a user's name and rights (contract/wire.md §8).
struct ObjectService {
    let databases: DatabaseHost
    let throttle: LoginThrottle
    let logger: Logger

    func run(_ request: ServiceRequest, delay: AnswerDelay, answer: (MethodResult) -> Void) throws {
        let parameters = Parameters(request)
        let method = request.call.method
        switch method {
        case "execute", "execute_kw":
            let caller = try authenticate(parameters, request, delay: delay)
            try parameters.require(5)
            let (positional, named) = try arguments(parameters, keywords: method == "execute_kw")
            let call = try RemoteCall(
                parameters.text(4), of: parameters.text(3), in: caller.database.registry, positional: positional,
                named: named)
            try CallRunner(
                pool: databases.pool, database: caller.database, logger: logger, isStrict: databases.settings.isStrict
            ).run(uid: caller.uid, writes: call.method.writes, { try call.run(in: $0) }, answer: answer)
        case "exec_workflow":
            let caller = try authenticate(parameters, request, delay: delay)
            try send(parameters, as: caller, answer: answer)
        default:
            try parameters.require(3)
            throw ServiceError.unknownMethod(service: "object", method: method)
        }
    }

    /// Sends a signal to a record's workflows. Of a model or a record that does not exist nothing happens; rights on
    /// the model are not asked for (contract/workflow.md §8).
    private func send(_ parameters: Parameters, as caller: Caller, answer: (MethodResult) -> Void) throws {
        guard parameters.values.count == 6 else {
            throw ORMError.arguments(
                "exec_workflow() takes exactly 5 arguments (\(parameters.values.count - 1) given)")
        }
        let (model, signal) = (parameters.text(3), parameters.text(4))
        try CallRunner(
            pool: databases.pool, database: caller.database, logger: logger, isStrict: databases.settings.isStrict
        ).run(
            uid: caller.uid, writes: true,
            { environment in
                guard environment.registry.models[model] != nil, let id = parameters[5].recordID,
                    Int32(exactly: id) != nil
                else { return .value(false) }
                return .value(try environment.records(model, [id]).send(signal: signal))
            }, answer: answer)
    }

    /// `execute` has the arguments in a row; `execute_kw` as a list and a dictionary.
    private func arguments(_ parameters: Parameters, keywords: Bool) throws -> ([Value], [String: Value]) {
        guard keywords else { return (Array(parameters.values.dropFirst(5)), [:]) }
        guard parameters[5].isAbsent || parameters[5].list != nil else {
            throw ORMError.arguments("the arguments of execute_kw are a list")
        }
        guard !parameters[6].isTruthy || parameters[6].dictionary != nil else {
            throw ORMError.arguments("the keywords of execute_kw are a struct")
        }
        return (parameters[5].list ?? [], parameters[6].dictionary ?? [:])
    }

    // MARK: - Who calls

    private struct Caller {
        let database: OpenDatabase
        let uid: RecordID
    }

    /// The password first, before anything else is looked at.
    private func authenticate(
        _ parameters: Parameters, _ request: ServiceRequest, delay: AnswerDelay
    ) throws -> Caller {
        try parameters.require(3)
        let database = try databases.open(parameters.text(0))
        let password = parameters.text(2)
        guard let uid = parameters[1].recordID, !password.isEmpty else { throw AccessDenied() }
        if database.credentials.contains(uid: uid, password: password) { return Caller(database: database, uid: uid) }
        let found = try PasswordCheck(databases: databases, throttle: throttle).uid(
            in: database, password: password, user: "\(database.name)/\(uid)", address: request.address,
            delay: delay, refusal: "wrong password"
        ) { try databases.authentication.verify($0, uid, password) ? uid : nil }
        guard found != nil else { throw AccessDenied() }
        return Caller(database: database, uid: uid)
    }
}
