internal import AddonLoader
internal import Domain
internal import Foundation
internal import ORM
internal import PostgreSQL
internal import Values

/// From errors to what clients hear: the only place that knows their phrases (contract/wire.md §5).
struct FaultMapping {
    /// The registry of the database the call was for, if it came that far; it knows constraints and titles.
    let registry: Registry?
    /// What is said in the caller's language, if that is another one.
    var texts: TranslatedTexts?

    func fault(for error: any Error) -> Fault {
        switch error {
        case let fault as Fault: fault
        case let error as UserError: .warning(told(error.title), told(error.message))
        case is AccessDenied: .hidden("AccessDenied")
        case let error as ModelAccessDenied: modelAccess(error)
        case let error as RecordRuleDenied: recordRule(error)
        case let error as ValidationFailure: validation(error)
        case let error as ORMError: engine(error)
        case let error as DomainError: .raised(error.description, as: "ValueError")
        case let error as PostgreSQLError: database(error)
        case let error as ServiceError: service(error)
        // Files of addons are named by the addon's name, never by where they lie.
        case let error as LoadError: .raised(error.description)
        // Foundation's errors describe themselves, too, by paths and more that is nobody's business.
        case let error as any CustomStringConvertible where !(error is any CustomNSError || error is NSError):
            .unforeseen(error.description)
        default: .unforeseen("The server met an error that nobody foresaw.")
        }
    }

    /// A whole text of an addon in the caller's language; a percent sign in it is one.
    private func told(_ text: String) -> String { texts?.text(for: text, .code) ?? text }

    /// A sentence of the server's own in the caller's language, its places `%s` and `%d` filled in.
    private func told(_ sentence: FaultSentence, _ parts: String...) -> String {
        let text = told(sentence.rawValue)
        if parts.isEmpty { return text }
        let pieces = text.split(separator: /%[sd]/, maxSplits: parts.count, omittingEmptySubsequences: false)
        return zip(pieces, parts + [""]).map { $0 + $1 }.joined()
    }

    private func modelAccess(_ error: ModelAccessDenied) -> Fault {
        let sentence: FaultSentence =
            switch error.mode {
            case .read: .noReading
            case .write: .noWriting
            case .create: .noCreating
            case .unlink: .noDeleting
            }
        let groups = error.groups.isEmpty ? "/" : error.groups.joined(separator: ", ")
        return .warning(told(.accessError), told(sentence, error.model, groups))
    }

    private func recordRule(_ error: RecordRuleDenied) -> Fault {
        .warning(
            told(.accessError), told(.forbiddenByRules, error.mode.rawValue, error.title))
    }

    private func validation(_ error: ValidationFailure) -> Fault {
        let lines = error.failures.map { failure in
            told(.invalidFields, failure.fields.joined(separator: ","), failure.message)
        }
        return .warning("ValidateError", lines.joined(separator: "\n"))
    }

    private func engine(_ error: ORMError) -> Fault {
        switch error {
        case .unknownModel(let model): .warning("Object Error", "Object \(model) doesn't exist")
        case .unknownMethod(let method, let model):
            .raised("'\(model)' object has no attribute '\(method)'", as: "AttributeError")
        case .privateMethod(let method):
            .warning("Access Denied", "Private methods (such as \(method)) cannot be called remotely.")
        case .arguments(let text): .raised(text, as: "TypeError")
        case .unknownField(let field, let model):
            .raised("column \(table(of: model)).\(field) does not exist\n", as: "ProgrammingError")
        case .missingKey(let field): .raised(field, as: "KeyError")
        case .badValue(let text): .raised(text, as: "ValueError")
        case .assertion(let text): .raised(text, as: "AssertionError")
        case .removedMethod: .raised(error.description, as: "NotImplementedError")
        case .notInSelection(let value, let field):
            .warning(
                told(.validateError), told(.notInSelection, value, field))
        case .malformedOrder:
            .warning(told(.accessError), told(.malformedOrder))
        case .recordGone(_, let title):
            .warning(told(.accessError), told(.recordGone, title))
        case .copyOfMissing(let id, let model):
            .raised("Record #\(id) of \(model) not found, cannot copy!", as: "IndexError")
        case .changedMeanwhile(let title, let id):
            .warning(
                "ConcurrencyException",
                told(.changedMeanwhile, title, String(id)))
        case .wrongKind, .definition: .unforeseen(error.description)
        }
    }

    private func table(of model: ModelName) -> String {
        registry?.models[model]?.table ?? model.replacing(".", with: "_")
    }

    // MARK: - PostgreSQL

    private func database(_ error: PostgreSQLError) -> Fault {
        guard case .server(let message, _) = error else { return Self.operational(error) }
        if let constraint = message.constraint, let text = registry?.message(ofConstraint: constraint) {
            let model = registry?.model(ofConstraint: constraint) ?? ""
            return .warning(
                told(.constraintError), texts?.text(for: text, .sqlConstraint, of: model) ?? text)
        }
        if error.isForeignKeyViolation || error.isNotNullViolation {
            return .warning(
                told(.integrityError), integrityText(table: Self.otherTable(in: message) ?? message.table))
        }
        if error.isIntegrityViolation { return .warning(told(.integrityError), message.fullText) }
        let text = Self.told(message.fullText)
        return Self.isForeseen(sqlState: message.sqlState)
            ? .raised(text, as: "ProgrammingError") : .unforeseen(text, as: "ProgrammingError")
    }

    /// What PostgreSQL did not say itself.
    private static func operational(_ error: PostgreSQLError) -> Fault {
        switch error {
        // A name that somebody mistyped, unless PostgreSQL is not there at all.
        case .connection(let text) where text.contains("does not exist"): .raised(text, as: "OperationalError")
        case .connection(let text): .unforeseen(text, as: "OperationalError")
        case .nulByte, .invalidName, .poolClosed: .raised(error.description, as: "OperationalError")
        default: .unforeseen(error.description, as: "OperationalError")
        }
    }

    /// Values that do not fit, transactions in each other's way, statements that took too long, and databases that exist
    /// already, do not exist or are in use.
    private static func isForeseen(sqlState: String) -> Bool {
        ["22", "40"].contains(sqlState.prefix(2)) || ["55P03", "57014", "42P04", "3D000", "55006"].contains(sqlState)
    }

    /// A broken foreign key is told by the table at its other end, which PostgreSQL names last.
    private static func otherTable(in message: ServerMessage) -> String? {
        guard message.sqlState == "23503", let detail = message.detail,
            let start = detail.range(of: "table \"", options: .backwards)?.upperBound,
            let end = detail[start...].firstIndex(of: "\"")
        else { return nil }
        return String(detail[start..<end])
    }

    private func integrityText(table: String?) -> String {
        var text = told(.notCompleted)
        if let table {
            let title = registry?.model(ofTable: table)?.title ?? table
            text += told(.referringObject, title, table.replacing("_", with: "."))
        }
        return text
    }

    /// The server's message without the lines about parameters, which the original never had.
    private static func told(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.filter { !$0.hasPrefix("CONTEXT:") }.joined(separator: "\n")
    }

    // MARK: - Services

    private func service(_ error: ServiceError) -> Fault {
        switch error {
        case .unknownMethod("object", "obj_list"):
            .raised(
                "obj_list has been discontinued via RPC as of 6.0, please query ir.model directly!", as: "NameError")
        case .unknownMethod("object", let method): .raised("Method not available \(method)", as: "NameError")
        case .unknownMethod(_, let method): .raised("Method not found: \(method)")
        case .tooFewParameters("object", let given) where given >= 3:
            .raised("execute() takes at least 5 arguments (\(given) given)", as: "TypeError")
        case .tooFewParameters("object", _): .raised("need more than 2 values to unpack", as: "ValueError")
        case .tooFewParameters: .raised("tuple index out of range", as: "IndexError")
        case .wrongSuperPassword: .hidden("AccessDenied: Invalid super administrator password.")
        case .tooManyGuesses: .raised("Too many wrong passwords: wait for the answer, then try again.")
        case .listingForbidden: .raised("AccessDenied")
        case .databaseExists(let name): .raised("database \"\(name)\" already exists\n", as: "ProgrammingError")
        case .badDatabaseName(let reason): .raised(reason, as: "ValueError")
        case .databaseNotReady:
            .warning(
                "Database not ready", "Currently, this database is not fully loaded and can not be used.")
        case .notAdopted(let database):
            .raised(
                "The database \(database) was made by OpenERP and is not prepared for this server yet. Prepare it with: "
                    + "apus database adopt \(database)")
        case .unknownJob(let number): .raised(String(number), as: "KeyError")
        case .dumpTooLarge(let database, let size, let limit):
            .raised(
                "Couldn't dump database: its dump of \(Self.megabytes(size)) MB is larger than the "
                    + "\(Self.megabytes(limit)) MB that an answer may have. Have it written to a file on the server: "
                    + "apus database dump \(database) FILE")
        case .failed(let text): .raised(text)
        case .overloaded: .raised("The server is busy: try again in a moment.")
        }
    }

    /// Rounded up, so that what is larger reads larger.
    private static func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }
}
