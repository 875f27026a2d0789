public import ORM
public import SQL
public import Values

internal import PostgreSQL

/// What people read in other languages, as `ir.translation` keeps it. One for each database: texts are remembered in
/// it.
public final class Translations: Translator {
    /// Which languages there is anything in.
    struct Languages: Sendable {
        var ofValues: Set<String> = []
        var ofTexts: Set<String> = []
    }

    enum Everything: Hashable, Sendable { case languages }

    let languages = CommittedCache<Everything, Languages>("translated.languages", limit: 1)
    let texts = CommittedCache<String, TranslatedTexts>("translated.texts", limit: 100)

    public init() {}

    // MARK: - Languages

    private func known(in environment: Environment) throws -> Languages {
        try languages.content(for: .languages, in: environment) { visibility in
            let results = try environment.transaction.pipeline([
                """
                SELECT DISTINCT "lang", "type" = 'model' FROM "ir_translation" \
                WHERE "lang" IS NOT NULL AND "value" <> ''
                """,
                visibility,
            ])
            var languages = Languages()
            for row in 0..<results[0].rowCount {
                guard let language = results[0].text(row, 0) else { continue }
                if results[0].boolean(row, 1) == true {
                    languages.ofValues.insert(language)
                } else {
                    languages.ofTexts.insert(language)
                }
            }
            return (languages, results[1].boolean(0, 0) ?? true)
        }
    }

    public func valueLanguages(in environment: Environment) throws -> Set<String> {
        try known(in: environment).ofValues
    }

    public func language(of user: RecordID, in environment: Environment) throws -> String? {
        try environment.rows("SELECT \"context_lang\" FROM \"res_users\" WHERE \"id\" = \(user)").texts(column: 0)
            .compactMap(\.self).first
    }

    /// To be told after each change of translations that did not come through `store`.
    @Sendable static func noteChange(in environment: Environment) throws {
        guard let translations = environment.registry.ports.translator as? Translations else { return }
        try translations.languages.noteChange(in: environment)
        try translations.texts.noteChange(in: environment)
        try Views.noteTranslations(in: environment)
    }

    // MARK: - Values

    /// Of several translations of one value the newest counts.
    public func value(of field: FieldName, of model: Model, id: SQL, in language: String) -> SQL {
        """
        (SELECT "tr"."value" FROM "ir_translation" AS "tr" WHERE \(Self.rows(of: model, field, in: language)) \
        AND "tr"."res_id" = \(id) ORDER BY "tr"."id" DESC LIMIT 1)
        """
    }

    public func records(
        of model: Model, translating field: FieldName, in language: String, where condition: (SQL) throws -> SQL
    ) rethrows -> SQL {
        """
        SELECT "tr"."res_id" FROM "ir_translation" AS "tr" WHERE \(Self.rows(of: model, field, in: language)) \
        AND \(try condition("\"tr\".\"value\""))
        """
    }

    private static func rows(of model: Model, _ field: FieldName, in language: String) -> SQL {
        """
        "tr"."name" = \(Self.name(field, model)) AND "tr"."lang" = \(language) AND "tr"."type" = 'model' \
        AND "tr"."value" <> ''
        """
    }

    private static func name(_ field: FieldName, _ model: Model) -> String { "\(model.name),\(field)" }

    /// Two statements for all values of all records, in one trip. The source is what the column holds now.
    public func store(
        _ values: [(field: FieldName, value: String?)], of records: Records, in language: String
    ) throws {
        let (model, environment) = (records.model, records.environment)
        let names = values.map { Self.name($0.field, model) }
        let given = values.compactMap { field, value -> SQL? in
            guard let value, !value.isEmpty else { return nil }
            return "(\(Self.name(field, model))::text, \"row\".\(column: field)::text, \(value)::text)"
        }
        let removal: SQL = """
            DELETE FROM "ir_translation" WHERE "lang" = \(language) AND "type" = 'model' AND "name" = ANY(\(names)) \
            AND "res_id" = ANY(\(records.ids))
            """
        let addition: SQL = """
            INSERT INTO "ir_translation" ("lang", "type", "name", "res_id", "src", "value") \
            SELECT \(language)::text, 'model', "new"."name", "row"."id", "new"."src", "new"."value" \
            FROM \(table: model.table) AS "row" CROSS JOIN LATERAL (VALUES \(given.joined(by: ", "))) \
            AS "new"("name", "src", "value") WHERE "row"."id" = ANY(\(records.ids))
            """
        try environment.transaction.pipeline(given.isEmpty ? [removal] : [removal, addition])
        // All that is remembered of values is which languages have any.
        if try !given.isEmpty && !valueLanguages(in: environment).contains(language) {
            try languages.noteChange(in: environment)
        }
    }

    public func copy(_ pairs: [(from: RecordID, to: RecordID)], of model: Model, in environment: Environment) throws {
        let names = model.fields.filter(\.attributes.translate).map { Self.name($0.name, model) }
        try environment.rows(
            """
            INSERT INTO "ir_translation" ("lang", "type", "name", "res_id", "src", "value") \
            SELECT DISTINCT ON ("tr"."lang", "tr"."name", "pair"."to") \
            "tr"."lang", 'model', "tr"."name", "pair"."to", "tr"."src", "tr"."value" FROM "ir_translation" AS "tr" \
            JOIN unnest(\(pairs.map(\.from))::int[], \(pairs.map(\.to))::int[]) AS "pair"("from", "to") \
            ON "pair"."from" = "tr"."res_id" WHERE "tr"."type" = 'model' AND "tr"."name" = ANY(\(names)) \
            ORDER BY "tr"."lang", "tr"."name", "pair"."to", "tr"."id" DESC
            """)
    }

    // MARK: - Texts

    /// Only languages that have texts are remembered, so that the names clients think up take no room.
    public func texts(in language: String, _ environment: Environment) throws -> TranslatedTexts? {
        guard try known(in: environment).ofTexts.contains(language) else { return nil }
        return try texts.content(for: language, in: environment) { visibility in
            let kinds = TranslatedTexts.Kind.allCases.map(\.rawValue)
            let results = try environment.transaction.pipeline([
                """
                SELECT "type", "name", "src", "value" FROM "ir_translation" WHERE "lang" = \(language) \
                AND "type" = ANY(\(kinds)) AND "value" <> '' ORDER BY "id"
                """,
                visibility,
            ])
            var texts = TranslatedTexts()
            for row in 0..<results[0].rowCount {
                guard let kind = results[0].text(row, 0).flatMap(TranslatedTexts.Kind.init(rawValue:)) else { continue }
                // A row without a source is for labels and helps, which are found by name.
                texts.add(
                    results[0].text(row, 3) ?? "", for: results[0].text(row, 2) ?? "", kind,
                    of: results[0].text(row, 1) ?? "")
            }
            return (texts, results[1].boolean(0, 0) ?? true)
        }
    }

    public func store(texts: [TranslatedText], in environment: Environment) throws {
        if texts.isEmpty { return }
        try environment.check(.write, on: environment.registry.model("ir.translation"))
        let new: SQL = """
            unnest(\(texts.map(\.kind.rawValue))::text[], \(texts.map(\.name))::text[], \
            \(texts.map(\.source))::text[], \(texts.map(\.language))::text[], \(texts.map(\.text))::text[]) \
            AS "new"("type", "name", "src", "lang", "value")
            """
        try environment.transaction.pipeline([
            """
            DELETE FROM "ir_translation" AS "old" USING \(new) WHERE "old"."type" = "new"."type" \
            AND "old"."name" = "new"."name" AND "old"."lang" = "new"."lang" \
            AND ("new"."type" IN ('field', 'help') OR "old"."src" = "new"."src")
            """,
            """
            INSERT INTO "ir_translation" ("type", "name", "src", "lang", "value", "res_id") \
            SELECT "type", "name", "src", "lang", "value", 0 FROM \(new)
            """,
        ])
        try Self.noteChange(in: environment)
    }
}
