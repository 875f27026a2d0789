/// The files that addons bring translations in, and those that people bring and take away (contract/addons.md §11).
public protocol TranslationFiles: Sendable {
    /// Loads what addons have for languages. Files of the language alone come before those of its country, which
    /// say more: `fr.po`, then `fr_BE.po`.
    ///
    /// - Parameters:
    ///   - addons: nil for all that are installed.
    ///   - overwriting: Whether other translations from files make way; what a user translated himself stays.
    /// - Throws: `LoadError` naming file and line.
    func load(_ addons: [String]?, in languages: [String], overwriting: Bool, _ environment: Environment) throws
    /// Loads a file that somebody brought: PO, or comma-separated values. Translations that are there stay.
    ///
    /// - Throws: `ORMError.notInSelection` for kinds of text that do not exist, `UserError` naming the line otherwise.
    func load(_ file: [UInt8], as language: String, _ environment: Environment) throws
    /// Makes an empty translation of each text of the installed addons that has none, for people to fill in.
    func addMissing(in language: String, _ environment: Environment) throws
    /// All texts of addons.
    ///
    /// - Parameter language: nil for a template, without translations.
    func export(
        _ addons: [String], in language: String?, as format: TranslationFormat, _ environment: Environment
    ) throws -> [UInt8]
}

/// How exported texts are written: gettext's format, comma-separated values, or a packed archive with one PO file for
/// each addon.
public enum TranslationFormat: String, Sendable, CaseIterable {
    case csv, po, tgz
}

/// A translation as files have it.
public struct FileTranslation: Hashable, Sendable {
    /// A type of `ir.translation`.
    public let kind: String
    /// What it belongs to: `model,field`, a model, a report, a file of code.
    public let name: String
    /// The record whose value it is.
    public let target: Target
    public let source: String
    /// Empty for what is yet to be translated.
    public let text: String

    /// Names a record. Texts that are no record's have the number 0, those of code the number of their line.
    public enum Target: Hashable, Sendable {
        case number(Int)
        case externalID(module: String, name: String)
    }

    public init(kind: String, name: String, target: Target = .number(0), source: String, text: String) {
        self.kind = kind
        self.name = name
        self.target = target
        self.source = source
        self.text = text
    }
}
