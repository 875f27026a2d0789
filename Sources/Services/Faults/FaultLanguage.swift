internal import ORM
internal import PostgreSQL
internal import Values

/// The language a fault is told in: the one the call's context names, else the caller's own (contract/wire.md §5).
struct FaultLanguage {
    let databases: DatabaseHost

    /// The texts of the language; nil where all is told as it was written, and for refusals that nothing of the
    /// database is looked up for.
    func texts(for error: any Error, _ call: MethodCall) -> TranslatedTexts? {
        guard Self.isWorded(error), let database = databases.opened(call.parameters.first?.text ?? "") else {
            return nil
        }
        let named = Self.language(in: call.parameters)
        // The fault itself must reach the client, whatever becomes of its translation.
        return try? databases.asSuperuser(of: database) { environment in
            let translator = environment.registry.ports.translator
            let uid = call.parameters.dropFirst().first?.recordID
            let language = try named ?? uid.flatMap { try translator.language(of: $0, in: environment) }
            return try translator.texts(in: language ?? Environment.sourceLanguage, environment)
        }
    }

    /// Errors that only callers with the right password see.
    private static func isWorded(_ error: any Error) -> Bool {
        switch error {
        case is UserError, is ModelAccessDenied, is RecordRuleDenied, is ValidationFailure, is ORMError: true
        case let error as PostgreSQLError: error.serverMessage != nil
        default: false
        }
    }

    private static func language(in parameters: [Value]) -> String? {
        guard let last = parameters.last?.dictionary else { return nil }
        return last["lang"]?.text ?? last["context"]?.dictionary?["lang"]?.text
    }
}
