public import Logging

internal import ORM
internal import Values

/// Everything clients can call, whatever the protocol: finds the service, runs the call on the calling thread, and
/// turns every error into a fault.
public final class RPCServices: Sendable {
    /// The databases served; also for the command line, which creates and copies them.
    public let databases: DatabaseHost
    private let object: ObjectService
    private let common: CommonService
    private let database: DatabaseService
    private let logger: Logger

    /// The names a transport offers, each at a path of its own.
    public static let names: Set<String> = ["common", "db", "object"]

    public init(_ databases: DatabaseHost, logger: Logger) {
        self.databases = databases
        self.logger = logger
        let throttle = LoginThrottle()
        object = ObjectService(databases: databases, throttle: throttle, logger: logger)
        common = CommonService(databases: databases, throttle: throttle, object: object)
        database = DatabaseService(databases: databases, throttle: throttle, logger: logger)
    }

    /// Runs a call. Blocks until it is done; for worker threads.
    ///
    /// - Parameter answer: Called exactly once. A result must be encoded within it: it may rest on the database
    ///   connection. The seconds are how long the answer shall be held back, nearly always 0.
    public func run(_ request: ServiceRequest, answer: (ServiceOutcome, _ delay: Double) -> Void) {
        let delay = AnswerDelay()
        var isAnswered = false
        do {
            let respond = { (result: MethodResult) in
                isAnswered = true
                answer(.result(result), delay.seconds)
            }
            switch request.service {
            case "object": try object.run(request, delay: delay, answer: respond)
            case "common": try common.run(request, delay: delay, answer: respond)
            case "db": try database.run(request, delay: delay, answer: respond)
            default: throw ServiceError.unknownMethod(service: request.service, method: request.call.method)
            }
        } catch {
            // After an answer nothing more can be told; what failed then is the connection's own end.
            if isAnswered {
                logger.warning("an answered call failed to end cleanly", metadata: ["error": "\(error)"])
                return
            }
            answer(.fault(fault(for: error, request)), delay.seconds)
        }
    }

    private func fault(for error: any Error, _ request: ServiceRequest) -> Fault {
        var circumstances: Logger.Metadata = [
            "service": "\(request.service)", "method": "\(request.call.method.quotedForLog)",
        ]
        var registry: Registry?
        var texts: TranslatedTexts?
        let parameters = request.call.parameters
        if request.service == "object", let database = parameters.first?.text.flatMap({ databases.opened($0) }) {
            registry = database.registry
            texts = FaultLanguage(databases: databases).texts(for: error, request.call)
            circumstances["database"] = "\(database.name)"
            if parameters.count > 4 {
                let target = parameters[3...4].map { $0.plainText.quotedForLog }
                circumstances["called"] = "\(target.joined(separator: "."))"
            }
        }
        return FaultReporter(logger: logger).fault(for: error, registry: registry, texts: texts, circumstances)
    }

    /// The fault for a call that no worker could take.
    public static var overloadedFault: Fault {
        FaultMapping(registry: nil).fault(for: ServiceError.overloaded)
    }
}
