internal import Foundation
public import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A language with its way of writing numbers and dates.
enum Language {
    static let definition = ModelDefinition.introducing("res.lang") { model in
        model.title = "Languages"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .char("code", "Locale Code", size: 16, required: true, help: "Language and country: fr_BE."),
            .char("iso_code", "ISO code", size: 16, help: "Names the translation files that belong to the language."),
            .boolean("translatable", "Translatable", default: false),
            .boolean("active", "Active", default: true),
            .selection(
                "direction", "Direction", ["ltr": "Left-to-Right", "rtl": "Right-to-Left"], required: true,
                default: "ltr"),
            .char("date_format", "Date Format", size: 64, required: true, default: "%m/%d/%Y"),
            .char("time_format", "Time Format", size: 64, required: true, default: "%H:%M:%S"),
            .char(
                "grouping", "Separator Format", size: 64, required: true, default: "[]",
                help: "Sizes of the groups of digits from the right, in brackets: [3,2,0] writes 1,23,45,678. "
                    + "A 0 repeats the size before it, -1 ends grouping."),
            .char("decimal_point", "Decimal Separator", size: 64, required: true, default: "."),
            .char("thousands_sep", "Thousands Separator", size: 64, default: ","),
        ]
        model.constraints = [
            .sql("name_uniq", "unique (name)", message: "The name of the language must be unique !"),
            .sql("code_uniq", "unique (code)", message: "The code of the language must be unique !"),
            .check(
                fields: ["time_format", "date_format"],
                message: "Invalid date/time format directive specified. Please refer to the list of allowed "
                    + "directives, displayed when you edit a language."
            ) { languages in
                try languages.allSatisfy { language in
                    try DateFormat.isAllowed(language.text("date_format") ?? "")
                        && DateFormat.isAllowed(language.text("time_format") ?? "")
                }
            },
        ]
        model.overrides.unlink = unlink
        model.remote = [
            .method(
                "format", writes: false,
                ["ids", "percent", "value", .optional("grouping", false), .optional("monetary", false)], formatted),
            .modelMethod("load_lang", writes: true, ["lang", .optional("lang_name")]) { environment, arguments in
                guard let code = arguments["lang"].text, !code.isEmpty else {
                    throw ORMError.badValue("load_lang takes the code of a language")
                }
                return .integer(try add(code, name: arguments["lang_name"].text, in: environment))
            },
        ]
    }

    // MARK: - Adding

    /// A language that people can work in: the one that is there, or a new one that writes numbers and dates as its
    /// country does.
    ///
    /// - Throws: `ModelAccessDenied` when the caller may not add languages.
    static func add(_ code: String, name: String? = nil, in environment: Environment) throws -> RecordID {
        try environment.check(.create, on: environment.registry.model("res.lang"))
        let known = try environment.adding(["active_test": false]).search("res.lang", [["code", "=", .text(code)]])
        if let language = known.first {
            if try !language.flag("translatable") || !language.flag("active") {
                try language.write(["translatable": true, "active": true])
            }
            return language.id
        }
        let style = LocaleStyle(of: code)
        return try environment.create(
            "res.lang",
            [
                "code": .text(code), "name": .text(name ?? LanguageNames.name(of: code) ?? code),
                "iso_code": .text(isoCode(of: code)), "translatable": true, "active": true,
                "direction": .text(style.isRightToLeft ? "rtl" : "ltr"), "date_format": .text(style.dateFormat),
                "time_format": .text(style.timeFormat), "decimal_point": .text(style.decimalPoint),
                "thousands_sep": .text(style.thousandsSeparator), "grouping": .text(style.grouping),
            ]
        ).id
    }

    /// The name of a language's files: without the country where the two are called alike, `fr` for `fr_FR`.
    static func isoCode(of code: String) -> String {
        let parts = code.split(separator: "_")
        guard parts.count == 2, parts[0].lowercased() == parts[1].lowercased() else { return code }
        return String(parts[0])
    }

    // MARK: - Deleting

    private static func unlink(_ languages: Records, _ inherited: (Records) throws -> Void) throws {
        for language in languages {
            let code = try language.text("code")
            if code == "en_US" { throw UserError("User Error", "Base Language 'en_US' can not be deleted !") }
            if let code, languages.environment.context["lang"].text == code {
                throw UserError("User Error", "You are working in this language; change your preferences first.")
            }
            if try language.flag("active") {
                throw UserError("User Error", "An active language cannot be deleted; deactivate it first.")
            }
        }
        let codes = try languages.compactMap { try $0.text("code") }
        try inherited(languages)
        try languages.environment.rows("DELETE FROM \"ir_translation\" WHERE \"lang\" = ANY(\(codes))")
        try Translations.noteChange(in: languages.environment)
    }

    // MARK: - Numbers

    /// The value as the first language writes it: `format('%.2f', 1234.5)` → `1,234.50`.
    private static func formatted(_ languages: Records, _ arguments: Arguments) throws -> Value {
        guard let language = languages.first else { return false }
        let style = NumberFormat(
            grouping: NumberFormat.groupSizes(in: try language.text("grouping") ?? "[]"),
            separator: try language.text("thousands_sep") ?? "",
            decimalPoint: try language.text("decimal_point") ?? ".")
        guard let pattern = NumberFormat.Pattern(arguments["percent"].plainText) else {
            throw ORMError.badValue("format() must be given exactly one %char format specifier")
        }
        guard let number = arguments["value"].number else {
            throw ORMError.badValue("float argument required, not \(arguments["value"].pythonText)")
        }
        return .text(style.text(of: number, by: pattern, grouped: arguments["grouping"].isTruthy))
    }
}

extension Selection {
    /// The languages people may work in, by name.
    static let translatableLanguages = Selection.computed { environment in
        try languages(where: "\"translatable\"", in: environment)
    }

    /// All active languages by name, and none.
    public static let languagesOrNone = Selection.computed { environment in
        try languages(where: "TRUE", in: environment) + [Option("", "")]
    }

    private static func languages(where condition: SQL, in environment: Environment) throws -> [Option] {
        try environment.options(
            "SELECT \"code\", \"name\" FROM \"res_lang\" WHERE \"active\" AND \(condition) ORDER BY \"name\"")
    }
}
