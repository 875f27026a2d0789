internal import ORM
internal import PythonExpression
internal import Values

/// Whether an addon is installed for the first time or loaded again.
enum LoadMode: Sendable {
    case install
    case update
}

/// What all files of one addon share while they load.
final class LoadContext {
    let addon: AddonFolder
    let mode: LoadMode
    let environment: Environment
    let book: ExternalIDBook
    let writer: RecordWriterQueue
    /// Ids met so far in this load, for expressions: plain names of the addon's own.
    private(set) var met: [String: RecordID] = [:]

    init(addon: AddonFolder, mode: LoadMode, environment: Environment, book: ExternalIDBook) {
        self.addon = addon
        self.mode = mode
        self.environment = environment
        self.book = book
        writer = RecordWriterQueue(environment: environment, book: book)
    }

    func meet(_ name: String, _ id: RecordID) { met[name] = id }

    /// The id an external id stands for; records that wait are written first when it is one of them.
    ///
    /// - Throws: `LoadError.unresolvedReference`.
    func resolve(_ externalID: String, at place: SourcePlace) throws -> ExternalIDBook.Entry {
        let (module, name) = ExternalIDBook.split(externalID, in: addon.name)
        if writer.isWaiting(module, name) { try flush() }
        guard let entry = try book.entry(module, name) else {
            throw LoadError.unresolvedReference("\(module).\(name)", at: place)
        }
        return entry
    }

    /// Everything that waits is written; what comes next may look at the database.
    func flush() throws {
        for (name, id) in try writer.flush() { met[name] = id }
    }

    /// The value of an `eval` attribute: literals, the ids met, `ref`, the clock (contract/addons.md §5).
    func evaluate(_ text: String, at place: SourcePlace, names: [String: Value] = [:]) throws -> Value {
        try flush()
        var scope = Scope.standard
        scope.names = met.mapValues { .integer($0) }
        scope.names["version"] = "6.0"
        scope.names.merge(names) { $1 }
        scope.functions["ref"] = { arguments, _ in
            guard let id = arguments.first?.text else {
                throw LoadError.malformed("ref takes an external id", at: place)
            }
            return .integer(try self.resolve(id, at: place).id)
        }
        do {
            return try Expression(parsing: text).evaluate(in: scope)
        } catch {
            throw LoadError.malformed("cannot evaluate \(text.prefix(200)): \(error)", at: place)
        }
    }
}
