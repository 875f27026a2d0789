public import ORM
public import SQL
public import Values

/// Nothing is translated.
extension OpenPorts: Translator {
    public func valueLanguages(in environment: Environment) throws -> Set<String> { [] }
    public func value(of field: FieldName, of model: Model, id: SQL, in language: String) -> SQL { "NULL" }
    public func records(
        of model: Model, translating field: FieldName, in language: String, where condition: (SQL) throws -> SQL
    ) rethrows -> SQL { "SELECT NULL::int" }
    public func store(_ values: [(field: FieldName, value: String?)], of records: Records, in language: String) throws {
    }
    public func copy(_ pairs: [(from: RecordID, to: RecordID)], of model: Model, in environment: Environment) throws {}
    public func texts(in language: String, _ environment: Environment) throws -> TranslatedTexts? { nil }
    public func store(texts: [TranslatedText], in environment: Environment) throws {}
    public func language(of user: RecordID, in environment: Environment) throws -> String? { nil }
    public var knownLanguages: [Selection.Option] { [Selection.Option(Environment.sourceLanguage, "English")] }
    public func translatableLanguages(in environment: Environment) throws -> [String] { [] }
    public func load(
        _ translations: [FileTranslation], in language: String, overwriting: Bool, _ environment: Environment
    ) throws {}
    public func add(language: String, overwriting: Bool, in environment: Environment) throws {}
    public func begin(with language: String, in environment: Environment) throws {}
}

/// No property has a value.
extension OpenPorts: PropertyStore {
    public func values(of fields: [Field], for records: Records) throws -> [FieldName: [RecordID: Value]] { [:] }
    public func store(
        _ values: [RecordID: String?], of field: Field, on model: Model, in environment: Environment
    ) throws {}
    public func defaults(of fields: [Field], on model: Model, in environment: Environment) throws -> FieldValues { [:] }
}
