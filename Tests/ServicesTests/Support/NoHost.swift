import Logging
import ORM
import PostgreSQL
import TestSupport
import Values

@testable import Services

/// A host whose PostgreSQL cannot be reached: for what is refused before a database is asked.
enum NoHost {
    /// Passwords and hashes that a person can read.
    static let authentication = Authentication(
        login: { _, _, _ in nil }, verify: { _, _, _ in false }, matches: { "#" + $0 == $1 }, hash: { "#" + $0 })

    static func make(
        listsDatabases: Bool = true, superPassword: String = "secret",
        setLogLevel: @escaping @Sendable (Logger.Level) -> Void = { _ in }
    ) throws -> DatabaseHost {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var settings = DatabaseHost.Settings()
        settings.listsDatabases = listsDatabases
        settings.setLogLevel = setLogLevel
        return DatabaseHost(
            settings: settings, connection: try ConnectionSettings("host=/nonexistent"), connectionLimit: 2,
            authentication: authentication,
            superAdministrator: try SuperAdministrator(
                file: "/nonexistent/password", initial: superPassword, authentication: authentication),
            provisioner: DatabaseProvisioner(
                addons: [], addonsPath: [], ports: { OpenPorts.all }, logger: logger), logger: logger)
    }

    /// What a call came to, and how long its answer is held back.
    static func outcome(
        of method: String, _ parameters: [Value], in service: String, at services: RPCServices
    ) -> (result: Value?, fault: Fault?, delay: Double) {
        var outcome: (Value?, Fault?, Double) = (nil, nil, 0)
        services.run(
            ServiceRequest(service: service, call: MethodCall(method, parameters), address: "192.0.2.1")
        ) { answer, delay in
            switch answer {
            case .result(let result): outcome = (result.value, nil, delay)
            case .fault(let fault): outcome = (nil, fault, delay)
            }
        }
        return outcome
    }
}
