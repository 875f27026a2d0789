internal import Foundation
public import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What the addons on disk say in other languages: `i18n/<language>.po` (contract/addons.md §11).
public struct AddonTranslations: TranslationFiles {
    private let collection: @Sendable () -> AddonCollection
    private let serverTexts: [String]

    /// - Parameters:
    ///   - serverTexts: What the server itself says to people; files of the addon every database has translate it.
    ///   - addons: Answers the addons as they lie on disk when translations are asked for.
    public init(serverTexts: [String] = [], _ addons: @escaping @Sendable () -> AddonCollection) {
        collection = addons
        self.serverTexts = serverTexts
    }

    private var addons: AddonCollection { collection() }

    /// The names of a language's files, the one that says more last: `fr`, `fr_BE`.
    static func fileNames(of language: String) -> [String] {
        guard let mark = language.firstIndex(of: "_") else { return [language] }
        return [String(language[..<mark]), language]
    }

    // MARK: - Loading

    public func load(
        _ addons: [String]?, in languages: [String], overwriting: Bool, _ environment: Environment
    ) throws {
        let names = try addons ?? installed(environment)
        let folders = self.addons.folders
        // One file after the other, each a few statements: later ones say more than earlier ones.
        for language in languages {
            for name in names {
                guard let folder = folders[name] else { continue }
                try Self.load(folder, in: language, overwriting: overwriting, environment)
            }
        }
    }

    /// The files of one addon. That of the country overwrites that of the language alone.
    static func load(
        _ addon: AddonFolder, in language: String, overwriting: Bool, _ environment: Environment
    ) throws {
        var translations: [FileTranslation] = []
        let known = try kinds(in: environment)
        for name in fileNames(of: language) {
            let file = "i18n/\(name).po"
            guard isSafe(name), addon.has(file) else { continue }
            let path = "\(addon.name)/\(file)"
            for (translation, line) in try read(addon.contents(of: file), file: path) {
                guard known.contains(translation.kind) else {
                    throw LoadError.malformed(
                        "there is no kind of text called \(translation.kind)", at: SourcePlace(file: path, line: line))
                }
                translations.append(translation)
            }
        }
        if translations.isEmpty { return }
        try environment.registry.ports.translator.load(
            translations, in: language, overwriting: overwriting, environment)
    }

    public func load(_ file: [UInt8], as language: String, _ environment: Environment) throws {
        let known = try Self.kinds(in: environment)
        let translations: [(FileTranslation, line: Int)]
        do {
            translations =
                try TranslationCSV.recognizes(file)
                ? TranslationCSV.translations(in: file, file: language) : Self.read(file, file: language)
        } catch let error as LoadError {
            throw UserError("Error", error.description)
        }
        for (translation, _) in translations where !known.contains(translation.kind) {
            throw ORMError.notInSelection(value: translation.kind, field: "type")
        }
        try environment.registry.ports.translator.load(
            translations.map(\.0), in: language, overwriting: false, environment)
    }

    private static func read(_ bytes: [UInt8], file: String) throws -> [(FileTranslation, line: Int)] {
        try POFile.entries(of: bytes, file: file).flatMap { entry in
            entry.references.compactMap { reference in
                FileTranslation(reference: reference, source: entry.source, text: entry.text)
                    .map { ($0, line: entry.line) }
            }
        }
    }

    /// The types that `ir.translation` knows.
    private static func kinds(in environment: Environment) throws -> Set<String> {
        guard case .selection(let kinds, _) = environment.registry.models["ir.translation"]?.ownField("type")?.kind
        else { return [] }
        return Set(try kinds.options(in: environment).map(\.key))
    }

    /// A language's code comes from the database, where anything may stand.
    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
    }

    private func installed(_ environment: Environment) throws -> [String] {
        addons.order(of: try InstalledAddons(reading: environment.transaction))
    }

    // MARK: - Telling

    public func addMissing(in language: String, _ environment: Environment) throws {
        let terms = try terms(of: installed(environment), in: nil, environment)
        try environment.registry.ports.translator.load(
            terms.map(\.translation), in: language, overwriting: false, environment)
    }

    public func export(
        _ addons: [String], in language: String?, as format: TranslationFormat, _ environment: Environment
    ) throws -> [UInt8] {
        let terms = try terms(of: addons, in: language, environment)
        let now = Date()
        switch format {
        case .csv: return TranslationCSV.bytes(of: terms, isTemplate: language == nil)
        case .po: return POWriter(modules: addons, isTemplate: language == nil).bytes(of: terms, on: now)
        case .tgz:
            let parts = Dictionary(grouping: terms, by: \.module).sorted { $0.key < $1.key }
            let files = parts.map { module, terms in
                (
                    path: "\(module)/i18n/\(language.map { "\($0).po" } ?? "\(module).pot")",
                    bytes: POWriter(modules: [module], isTemplate: language == nil).bytes(of: terms, on: now)
                )
            }
            guard let archive = Archive.packed(files, time: Int(now.timeIntervalSince1970)) else {
                throw UserError("Error", "The archive could not be packed.")
            }
            return archive
        }
    }

    private func terms(
        of addons: [String], in language: String?, _ environment: Environment
    ) throws -> [Term] {
        let folders = self.addons.folders
        return try addons.compactMap { folders[$0] }
            .flatMap { addon in
                try TermCollector(
                    addon, in: language, environment, serverTexts: addon.name == "base" ? serverTexts : []
                ).terms()
            }
    }
}
