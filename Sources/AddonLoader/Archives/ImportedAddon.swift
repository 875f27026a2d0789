internal import ORM
internal import Values

/// A zip file that a client sent as an addon, looked through before anything of it is kept: one addon with a manifest
/// that can be read, and nothing that would have to run.
struct ImportedAddon {
    let name: String

    /// - Throws: `ORMError.badValue` for what is no zip file, in the words of the original; `UserError` for one that is
    ///   not taken.
    init(_ bytes: [UInt8]) throws {
        do {
            let archive = try ZipArchive(bytes)
            let folders = Set(archive.entries.keys.map { String($0.prefix { $0 != "/" }) })
            guard let folder = folders.first, folders.count == 1, archive.entries[folder] == nil else {
                throw Self.refusal("it must hold one folder, which is the module")
            }
            guard let addon = try AddonFolder(folder, at: folder, .archive(archive)) else {
                throw Self.refusal("the folder \(folder.quoted) has no file __openerp__.py")
            }
            // All of it, so that what is damaged is found now.
            for path in archive.entries.keys.sorted() {
                let contents = try archive.contents(of: path) ?? []
                if Self.runs(path.dropFirst(folder.count + 1), contents) {
                    throw Self.refusal("\(path.quoted) is code, and modules from clients are data files alone")
                }
            }
            name = addon.name
        } catch ZipError.notAZip {
            throw ORMError.badValue(ZipError.notAZip.description)
        } catch let error as ZipError {
            throw Self.refusal(error.description)
        } catch let error as LoadError {
            throw Self.refusal(error.description)
        }
    }

    private static func refusal(_ reason: String) -> UserError {
        UserError("Error !", "This module cannot be imported: \(reason).")
    }

    /// Manifests are data, and so is Python without a statement.
    private static func runs(_ path: Substring, _ contents: [UInt8]) -> Bool {
        if Manifest.fileNames.contains(String(path)) { return false }
        let ending = path.split(separator: ".").last?.lowercased() ?? ""
        if ending != "py" { return ["pyc", "pyo", "pyd", "so", "dll", "swift", "sh", "sql"].contains(ending) }
        return PythonText.hasStatements(contents)
    }
}

/// The little that is to be known of Python code: whether there is any.
enum PythonText {
    static func hasStatements(_ contents: [UInt8]) -> Bool {
        let lines = String(decoding: contents, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.contains { line in
            let text = line.drop(while: \.isWhitespace)
            return !text.isEmpty && !text.hasPrefix("#")
        }
    }
}
