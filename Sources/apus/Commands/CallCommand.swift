internal import ArgumentParser
internal import Foundation
internal import Services
internal import Values

/// `apus call`
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call a method of a model, as a script would, and print the answer as JSON.",
        discussion: """
            The arguments are one JSON list. The password is read from a file (--password-file, - for standard input), \
            the environment (APUS_PASSWORD) or the configuration file, so that it is not seen in the list of \
            processes; without one it is "admin".

            Examples:
              apus call res.partner search '[[["supplier", "=", true]], 0, 5]' --database demo
              apus call crm.lead case_open '[[3]]' --database demo --user demo
            """)

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The model: res.partner.") var model: String
    @Argument(help: "The method: search.") var method: String
    @Argument(help: "The arguments as a JSON list.") var arguments = "[]"
    @Option(help: ArgumentHelp("The database (default: demo).", valueName: "name")) var database: String?
    @Option(help: ArgumentHelp("The user's login (default: admin).", valueName: "login")) var user: String?
    @OptionGroup var passwords: PasswordOptions

    func run() async throws {
        try await reportingErrors {
            guard case .list(let values) = try JSONText.value(of: arguments) else {
                throw CommandError.badArgument(
                    "the arguments must be a JSON list, such as [[[\"name\", \"=\", \"x\"]]]")
            }
            let installation = try Installation(shared)
            defer { installation.close() }
            let given = installation.given
            let database = database ?? given.text(.database) ?? "demo"
            let user = user ?? given.text(.user) ?? "admin"
            let password = try passwords.password(given) ?? "admin"
            let services = RPCServices(installation.databases, logger: installation.logger)
            let login = MethodCall("login", [.text(database), .text(user), .text(password)])
            guard let uid = try answer(services, "common", login).integer else {
                throw CommandError.wrongLogin(user: user, database: database)
            }
            let parameters: [Value] = [
                .text(database), .integer(uid), .text(password), .text(model), .text(method),
            ]
            let result = try answer(services, "object", MethodCall("execute", parameters + values))
            Terminal.result(JSONText.text(of: result))
        }
    }

    private func answer(_ services: RPCServices, _ service: String, _ call: MethodCall) throws -> Value {
        var outcome: Value = .null
        var fault: Fault?
        services.run(ServiceRequest(service: service, call: call, address: "local")) { answer, _ in
            switch answer {
            case .result(let result): outcome = result.value
            case .fault(let refusal): fault = refusal
            }
        }
        if let fault { throw CommandError.nothingThere(fault.code.plainText) }
        return outcome
    }
}
