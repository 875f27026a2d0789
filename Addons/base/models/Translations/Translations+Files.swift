public import ORM

internal import PostgreSQL
internal import SQL
internal import Values

/// What files of addons say, and the languages they are loaded for (contract/addons.md §11).
extension Translations {
    public var knownLanguages: [Selection.Option] { LanguageNames.all }

    public func translatableLanguages(in environment: Environment) throws -> [String] {
        try environment.rows(
            "SELECT \"code\" FROM \"res_lang\" WHERE \"translatable\" AND \"active\" ORDER BY \"id\""
        ).texts(column: 0).compactMap(\.self)
    }

    public func add(language: String, overwriting: Bool, in environment: Environment) throws {
        _ = try Language.add(language, in: environment)
        try environment.registry.ports.translationFiles?.load(
            nil, in: [language], overwriting: overwriting, environment)
    }

    public func begin(with language: String, in environment: Environment) throws {
        try add(language: language, overwriting: true, in: environment)
        try environment.search(
            "ir.values",
            [
                ["name", "=", "lang"], ["key", "=", "default"], ["model", "=", "res.partner"], ["user_id", "=", false],
            ]
        ).write(["value": .text(PickledText.encode(.text(language)))])
        try environment.record(externalID: "base.main_partner")?.write(["lang": .text(language)])
    }

    // MARK: - Loading

    public func load(
        _ translations: [FileTranslation], in language: String, overwriting: Bool, _ environment: Environment
    ) throws {
        if translations.isEmpty { return }
        try environment.check(.write, on: environment.registry.model("ir.translation"))
        let given = Self.table(of: Self.distinct(translations))
        let replacing: SQL = """
            UPDATE "ir_translation" AS "old" SET "value" = "new"."value", "src" = "new"."src", \
            "res_id" = "new"."res_id" FROM \(given) WHERE "old"."lang" = \(language) \
            AND \(Self.isSame) AND "new"."value" <> '' AND NOT \(Self.isOwn) \
            AND ("old"."value", "old"."src") IS DISTINCT FROM ("new"."value", "new"."src")
            """
        // An empty translation is there for people to fill in, so one is enough.
        let adding: SQL = """
            INSERT INTO "ir_translation" ("lang", "type", "name", "res_id", "src", "value", "module", "xml_id") \
            SELECT \(language)::text, "new"."type", "new"."name", "new"."res_id", "new"."src", "new"."value", \
            "new"."module", "new"."xml_id" FROM \(given) WHERE NOT EXISTS (SELECT 1 FROM "ir_translation" AS "old" \
            WHERE "old"."lang" = \(language) AND \(Self.isSame)) ORDER BY "new"."place"
            """
        // A file may name a record that another addon brings later, under the name of the file's own.
        let resolving: SQL = """
            UPDATE "ir_translation" AS "old" SET "res_id" = "data"."res_id" FROM "ir_model_data" AS "data" \
            WHERE "old"."lang" = \(language) AND "old"."type" = 'model' AND "old"."res_id" = 0 \
            AND "data"."module" = "old"."module" AND "data"."name" = "old"."xml_id"
            """
        try environment.transaction.pipeline((overwriting ? [replacing] : []) + [adding, resolving])
        try Self.noteChange(in: environment)
    }

    /// Whether a row is about the same text: a value of the same record, or another text with the same source.
    private static let isSame: SQL = """
        "old"."type" = "new"."type" AND "old"."name" = "new"."name" AND CASE WHEN "new"."type" = 'model' THEN \
        ("old"."res_id" = "new"."res_id" AND "new"."res_id" <> 0) \
        OR ("old"."module" = "new"."module" AND "old"."xml_id" = "new"."xml_id") \
        ELSE "old"."src" = "new"."src" END
        """

    /// Whether a row is the translation of a value that a user wrote himself: no file knows it.
    private static let isOwn: SQL = """
        ("new"."type" = 'model' AND "new"."xml_id" IS NOT NULL AND "old"."xml_id" IS NULL)
        """

    /// Of several translations of one text the last counts, and any before an empty one.
    private static func distinct(_ translations: [FileTranslation]) -> [FileTranslation] {
        struct Key: Hashable {
            let kind: String
            let name: String
            let about: FileTranslation.Target?
            let source: String
        }
        var places: [Key: Int] = [:]
        var kept: [FileTranslation] = []
        for translation in translations {
            let isValue = translation.kind == "model"
            let key = Key(
                kind: translation.kind, name: translation.name, about: isValue ? translation.target : nil,
                source: isValue ? "" : translation.source)
            if let place = places[key] {
                if !translation.text.isEmpty { kept[place] = translation }
            } else {
                places[key] = kept.count
                kept.append(translation)
            }
        }
        return kept
    }

    /// `… AS "new"`, external ids resolved; one that is not known leaves the number 0.
    private static func table(of translations: [FileTranslation]) -> SQL {
        var modules: [String?] = []
        var names: [String?] = []
        var numbers: [Int] = []
        for translation in translations {
            switch translation.target {
            case .number(let number):
                // Only what a column of integers can hold.
                numbers.append(Int32(exactly: number).map(Int.init) ?? 0)
                modules.append(nil)
                names.append(nil)
            case .externalID(let module, let name):
                numbers.append(0)
                modules.append(module)
                names.append(name)
            }
        }
        return """
            (SELECT "file"."place", "file"."type", "file"."name", "file"."src", "file"."value", "file"."module", \
            "file"."xml_id", COALESCE("data"."res_id", "file"."number") AS "res_id" FROM unnest(\
            \(translations.map(\.kind))::text[], \(translations.map(\.name))::text[], \
            \(translations.map(\.source))::text[], \(translations.map(\.text))::text[], \
            \(Binding.column(modules))::text[], \(Binding.column(names))::text[], \(numbers)::int[]) \
            WITH ORDINALITY AS "file"("type", "name", "src", "value", "module", "xml_id", "number", "place") \
            LEFT JOIN "ir_model_data" AS "data" ON "data"."module" = "file"."module" \
            AND "data"."name" = "file"."xml_id") AS "new"
            """
    }
}
