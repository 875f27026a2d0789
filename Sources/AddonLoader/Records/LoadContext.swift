internal import Logging
internal import ORM
internal import PythonExpression
internal import Values

/// Whether an addon is installed for the first time, loaded again or laid over another server's.
enum LoadMode: Sendable {
    case install
    case update
    /// Over records of OpenERP's own addon of that name: what is there stays as it is.
    case adopt
}

/// What all files of one addon share while they load.
final class LoadContext {
    let addon: AddonFolder
    let mode: LoadMode
    let environment: Environment
    let book: ExternalIDBook
    let writer: RecordWriterQueue
    let logger: Logger
    /// What an adoption keeps in mind; nil while addons are installed and upgraded.
    let adoption: AdoptedRecords?
    /// Ids met so far in this load, for expressions: plain names of the addon's own.
    private(set) var met: [String: RecordID] = [:]

    init(
        addon: AddonFolder, mode: LoadMode, environment: Environment, book: ExternalIDBook, logger: Logger,
        adoption: AdoptedRecords? = nil
    ) {
        self.addon = addon
        self.mode = mode
        self.environment = environment
        self.book = book
        self.logger = logger
        self.adoption = adoption
        writer = RecordWriterQueue(environment: environment, book: book, refused: adoption.map { $0.leaveOut })
    }

    /// Notes that a file names a record. Expressions know the addon's own, and by plain names only.
    func meet(_ module: String, _ name: String, _ id: RecordID) {
        book.meet(module, name)
        if module == addon.name { met[name] = id }
    }

    /// The id an external id stands for; records that wait are written first when it is one of them.
    ///
    /// - Throws: `LoadError.unresolvedReference`.
    func resolve(_ externalID: String, at place: SourcePlace) throws -> ExternalIDBook.Entry {
        let (module, name) = ExternalIDBook.split(externalID, in: addon.name)
        if name.contains(".") { throw LoadError.malformed(Self.twoDots(externalID), at: place) }
        if writer.isWaiting(module, name) { try flush() }
        guard let entry = try book.entry(module, name) else {
            throw LoadError.unresolvedReference("\(module).\(name)", at: place)
        }
        return entry
    }

    /// Everything that waits is written; what comes next may look at the database.
    func flush() throws {
        for (module, name, id) in try writer.flush() { meet(module, name, id) }
    }

    /// The same, and the external ids that wait are written, too.
    func flushAll() throws {
        try flush()
        try book.flush()
    }

    /// Runs something for a tag or a row: what the engine refuses is told with its place. A broken connection and what
    /// may well succeed a second time pass as they are.
    func located<Answer>(
        at place: @autoclosure () -> SourcePlace, externalID: @autoclosure () -> String? = nil,
        _ body: () throws -> Answer
    ) throws -> Answer {
        do {
            return try body()
        } catch let error as LoadError {
            throw error
        } catch  where error.isRefusal {
            throw LoadError.refused("\(error)", externalID: externalID(), at: place())
        }
    }

    /// The value of an `eval` attribute: literals, the ids met, `ref`, the clock (contract/addons.md §5). Records that
    /// wait go on waiting unless the expression names one of them.
    ///
    /// - Parameter model: Whose records `obj(id)` finds; without one there is no `obj`.
    func evaluate(_ text: String, obj model: ModelName? = nil, at place: SourcePlace) throws -> Value {
        var scope = Scope.standard
        scope.names = ["version": "6.0"]
        scope.resolve = { name in
            if name == "obj", let model {
                return .finder { arguments in
                    guard let id = arguments.first?.recordID else {
                        throw LoadError.malformed("obj takes an id", at: place)
                    }
                    return try self.environment.record(model, id).inExpression
                }
            }
            if self.writer.isWaiting(self.addon.name, name) { try self.flush() }
            return self.met[name].map { .value(.integer($0)) }
        }
        do {
            return try evaluate(Expression(parsing: text), in: scope, at: place)
        } catch let error as ExpressionError {
            throw LoadError.malformed("cannot evaluate \(text.prefix(200)): \(error)", at: place)
        }
    }

    /// What is said of an external id with more than one dot.
    static func twoDots(_ externalID: String) -> String {
        "The ID reference \"\(externalID)\" must contain\nmaximum one dot. They are used to refer to other modules ID, "
            + "in the\nform: module.record_id"
    }

    /// The value of an expression that may use `ref` besides the scope's names.
    ///
    /// - Throws: `LoadError` for an unknown external id, `ExpressionError` for anything else.
    func evaluate(_ expression: Expression, in scope: Scope, at place: SourcePlace) throws -> Value {
        var scope = scope
        var failure: LoadError?
        scope.functions["ref"] = { arguments, _ in
            do {
                guard let id = arguments.first?.text else {
                    throw LoadError.malformed("ref takes an external id", at: place)
                }
                return .integer(try self.resolve(id, at: place).id)
            } catch let error as LoadError {
                failure = error
                throw error
            }
        }
        do {
            return try expression.evaluate(in: scope)
        } catch {
            throw failure ?? error
        }
    }
}
