internal import Foundation
internal import PythonExpression
internal import Values

/// What an addon says of itself: `__openerp__.py`, a Python dictionary read as a literal (contract/addons.md §2).
public struct Manifest: Sendable {
    public let title: String
    /// As the addon counts: `1.0`.
    public let version: String
    /// A path of categories: `Generic Modules/CRM & SRM`.
    public let category: String
    public let summary: String
    public let author: String
    public let website: String
    public let license: String
    public let maintainer: String
    public let contributors: [String]
    public let certificate: String?
    public let depends: [String]
    /// Python packages and programs without which the addon does not work.
    public let pythonPackages: [String]
    public let programs: [String]
    /// Data files in the order they are loaded.
    public let dataFiles: [DataFileName]
    public let demoFiles: [DataFileName]
    public let isInstallable: Bool
    /// Installed into every new database.
    public let isActive: Bool
    public let isWeb: Bool

    /// A data file, relative to the addon's folder, with what its list implies.
    public struct DataFileName: Hashable, Sendable {
        public let path: String
        /// Whether the file's records are protected: CSV files of `init_xml` and demo files, save CSV files of `demo`.
        public let isNoUpdate: Bool
    }

    /// The version as databases keep it: `6.0.1.0`.
    public var installedVersion: String { "6.0." + version }

    /// The category, each of its names as long as the database takes it; a tree of them has at most ten levels.
    var categoryPath: String {
        category.split(separator: "/").prefix(10).map { String($0).cut(to: 128) }.joined(separator: "/")
    }

    /// Whether the certificate, if there is one, has the right check digits (contract/addons.md §2).
    var hasSoundCertificate: Bool {
        guard let certificate else { return true }
        var rest = 0
        for digit in certificate.dropFirst(2) {
            guard let value = digit.isASCII ? digit.wholeNumberValue : nil else { return false }
            rest = (rest * 10 + value) % 97
        }
        return rest == 29
    }

    /// The names a manifest may have, the preferred one first; the other is 5.0's.
    static let fileNames = ["__openerp__.py", "__terp__.py"]

    /// No manifest has more bytes.
    static let sizeLimit = 1 << 20

    /// Reads the manifest of the addon `name`.
    ///
    /// - Throws: `LoadError.manifest` naming what is wrong.
    init(parsing text: String, addon name: String) throws {
        let dictionary: [String: Value]
        do {
            guard let members = try Expression.literal(text).dictionary else {
                throw LoadError.manifest(addon: name, reason: "the manifest is no dictionary")
            }
            dictionary = members
        } catch let error as ExpressionError {
            throw LoadError.manifest(addon: name, reason: "the manifest cannot be read: \(error)")
        }
        let reader = Reader(dictionary: dictionary, source: text, addon: name)
        title = try reader.text("name") ?? ""
        version = try reader.text("version") ?? "1.0"
        category = try reader.text("category") ?? "Uncategorized"
        summary = try reader.text("description") ?? ""
        author = try reader.text("author") ?? "Unknown"
        website = try reader.text("website") ?? ""
        license = try reader.text("license") ?? "AGPL-3"
        maintainer = try reader.text("maintainer") ?? ""
        contributors = try reader.texts("contributors")
        certificate = try reader.text("certificate").flatMap { $0.isEmpty ? nil : $0 }
        depends = try reader.texts("depends")
        pythonPackages = try reader.texts("python", in: "external_dependencies")
        programs = try reader.texts("bin", in: "external_dependencies")
        isInstallable = try reader.flag("installable") ?? true
        isActive = try reader.flag("active") ?? false
        isWeb = try reader.flag("web") ?? false
        let first = try reader.texts("init_xml").map { path in
            DataFileName(path: path, isNoUpdate: path.lowercased().hasSuffix(".csv"))
        }
        let rest = try ["update_xml", "data"].flatMap { try reader.texts($0) }
        dataFiles = first + rest.map { DataFileName(path: $0, isNoUpdate: false) }
        demoFiles =
            try reader.texts("demo_xml").map { DataFileName(path: $0, isNoUpdate: true) }
            + reader.texts("demo").map { path in
                DataFileName(path: path, isNoUpdate: !path.lowercased().hasSuffix(".csv"))
            }
    }

    private struct Reader {
        let dictionary: [String: Value]
        let source: String
        let addon: String

        func text(_ key: String) throws -> String? {
            guard let value = dictionary[key], !value.isAbsent else { return nil }
            switch value {
            case .text(let text) where text.utf8.contains(0): throw wrong(key, "a text without a NUL character")
            case .text(let text): return text
            case .integer, .float: return value.plainText
            // Some manifests list several authors.
            case .list(let parts): return parts.map(\.plainText).joined(separator: ", ")
            default: throw wrong(key, "a text")
            }
        }

        func flag(_ key: String) throws -> Bool? {
            switch dictionary[key] {
            case nil: return nil
            case .null: return false
            case .boolean(let flag): return flag
            case .integer(let number): return number != 0
            default: throw wrong(key, "True or False")
            }
        }

        func texts(_ key: String) throws -> [String] {
            guard let value = dictionary[key], value.isTruthy else { return [] }
            let texts = value.list?.compactMap(\.text)
            guard let texts, texts.count == value.list?.count else { throw wrong(key, "a list of texts") }
            guard !texts.contains(where: { $0.utf8.contains(0) }) else {
                throw wrong(key, "a list of texts without NUL characters")
            }
            return texts.distinct
        }

        /// The texts of one list in a dictionary of lists.
        func texts(_ key: String, in outer: String) throws -> [String] {
            guard let value = dictionary[outer], value.isTruthy else { return [] }
            guard let members = value.dictionary else { throw wrong(outer, "a dictionary of lists") }
            return try Reader(dictionary: members, source: source, addon: addon).texts(key)
        }

        /// Names the line where the key seems to stand: the values do not remember theirs.
        private func wrong(_ key: String, _ kind: String) -> LoadError {
            let lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let line = lines.firstIndex { $0.contains("'\(key)'") || $0.contains("\"\(key)\"") } ?? 0
            return .manifest(addon: addon, reason: "the manifest, line \(line + 1): '\(key)' must be \(kind)")
        }
    }
}
