public import SQL
public import Values

/// The languages people work in (contract/orm.md §12): values of translated fields, and the texts that definitions and
/// code bring along.
public protocol Translator: Sendable {
    /// The languages that any value of a record has been translated into. Reads and searches in another one look at
    /// columns alone.
    func valueLanguages(in environment: Environment) throws -> Set<String>
    /// The translation of a field for the record whose id `id` is, as a scalar expression: NULL where there is none.
    func value(of field: FieldName, of model: Model, id: SQL, in language: String) -> SQL
    /// The ids of the records whose translation of a field fulfils a condition, as a subselect.
    func records(
        of model: Model, translating field: FieldName, in language: String,
        where condition: (_ value: SQL) throws -> SQL
    ) rethrows -> SQL
    /// Puts the values in the place of the records' translations; a field without a value has none afterwards.
    func store(_ values: [(field: FieldName, value: String?)], of records: Records, in language: String) throws
    /// Gives each new record the translations of the one it was copied from.
    func copy(_ pairs: [(from: RecordID, to: RecordID)], of model: Model, in environment: Environment) throws
    /// The texts of one language; nil when there are none.
    func texts(in language: String, _ environment: Environment) throws -> TranslatedTexts?
    /// Puts texts in the place of those that are there for the same name and language.
    ///
    /// - Throws: `ModelAccessDenied` when the caller may not translate.
    func store(texts: [TranslatedText], in environment: Environment) throws
    /// The language a user has chosen, for a call that names none.
    func language(of user: RecordID, in environment: Environment) throws -> String?

    /// Every language that is known by name, in the order of the names; asked without a database.
    var knownLanguages: [Selection.Option] { get }
    /// The codes of the languages that people work in, whose files addons bring along.
    func translatableLanguages(in environment: Environment) throws -> [String]
    /// Adds what files say: a few statements, however many texts there are. What people translated themselves stays.
    ///
    /// - Parameter overwriting: Whether translations that came from files make way.
    /// - Throws: `ModelAccessDenied` when the caller may not translate.
    func load(
        _ translations: [FileTranslation], in language: String, overwriting: Bool, _ environment: Environment
    ) throws
    /// Makes a language one that people can work in, with what the installed addons' files say in it.
    ///
    /// - Throws: `ModelAccessDenied` when the caller may not add languages.
    func add(language: String, overwriting: Bool, in environment: Environment) throws
    /// Makes a language the one of a new database: that of the administrator, of the company and of new partners.
    func begin(with language: String, in environment: Environment) throws
}

/// One text in one language.
public struct TranslatedText: Hashable, Sendable {
    public let kind: TranslatedTexts.Kind
    /// What it belongs to: `model,field`, a model, a report.
    public let name: String
    public let source: String
    public let language: String
    public let text: String
}

/// What definitions and code say to people, in one language (contract/addons.md §11).
public struct TranslatedTexts: Sendable {
    /// What a text belongs to, which decides how it is found.
    public enum Kind: String, Sendable, CaseIterable {
        /// A label or a help text, by `model,field`: one each, whatever the source.
        case field, help
        /// An option's label, by `model,field` and source.
        case selection
        /// A text of a view or a report, and the message of a constraint, by model or report name and source.
        case view, report, constraint
        case sqlConstraint = "sql_constraint"
        /// A text of the code, by the source alone.
        case code

        fileprivate var hasOneText: Bool { self == .field || self == .help }
    }

    private struct Key: Hashable {
        let kind: Kind
        let name: String
        let source: String

        init(_ kind: Kind, _ name: String, _ source: String) {
            self.kind = kind
            self.name = kind == .code ? "" : name
            self.source = kind.hasOneText ? "" : source
        }
    }

    private var texts: [Key: String] = [:]

    public init() {}

    /// Adds a text; a later one replaces an earlier one. An empty one says nothing.
    public mutating func add(_ text: String, for source: String, _ kind: Kind, of name: String) {
        if !text.isEmpty { texts[Key(kind, name, source)] = text }
    }

    /// The text for a source, the source itself where nobody has translated it.
    public func text(for source: String, _ kind: Kind, of name: String = "") -> String {
        texts[Key(kind, name, source)] ?? source
    }
}

extension Environment {
    /// The language definitions and columns are written in.
    public static let sourceLanguage = "en_US"

    /// The language of the call: the source language when the client names none.
    public var language: String {
        guard let language = context["lang"].text, !language.isEmpty else { return Self.sourceLanguage }
        return language
    }

    /// The texts of definitions and code in the call's language; nil where all stay as they are.
    public func translatedTexts() throws -> TranslatedTexts? {
        try registry.ports.translator.texts(in: language, self)
    }

    /// The call's language if values of records are translated into it.
    func valueLanguage() throws -> String? {
        let language = language
        return try registry.ports.translator.valueLanguages(in: self).contains(language) ? language : nil
    }

    /// A field's column as the caller reads it: its translation where there is one.
    func readable(_ field: Field, of model: Model, at table: SQL) throws -> SQL {
        let column: SQL = "\(table).\(column: field.name)"
        guard field.attributes.translate, let language = try valueLanguage() else { return column }
        let translation = registry.ports.translator.value(
            of: field.name, of: model, id: "\(table).\"id\"", in: language)
        return "COALESCE(\(translation), \(column))"
    }
}
