internal import Foundation
internal import ORM
internal import Values

/// An addon on disk: its name, its manifest and its files, in a folder or in a zip file.
public struct AddonFolder: Sendable {
    public let name: String
    /// The folder, or the zip file.
    public let path: String
    public let manifest: Manifest
    private let files: Files

    /// How the addon's files are read.
    enum Files: Sendable {
        case folder
        /// Within a zip file the addon's files lie in a folder of its name.
        case archive(ZipArchive)
    }

    /// Reads the manifest; nil when there is none, so that it is no addon.
    ///
    /// - Throws: `LoadError`.
    init?(_ name: String, at path: String, _ files: Files = .folder) throws {
        self.name = name
        self.path = path
        self.files = files
        let reader = Reader(name: name, path: path, files: files)
        guard let file = Manifest.fileNames.first(where: reader.has) else { return nil }
        let text = try reader.contents(of: file, limit: Manifest.sizeLimit)
        guard let text = String(validating: text, as: UTF8.self) else {
            throw LoadError.manifest(addon: name, reason: "the manifest is no UTF-8")
        }
        guard Self.isProper(name) else {
            let reason = "the name of an addon has letters, digits and underscores, 64 at most"
            throw LoadError.manifest(addon: name.quoted, reason: reason)
        }
        manifest = try Manifest(parsing: text, addon: name)
    }

    /// Names become part of external ids and of records.
    private static func isProper(_ name: String) -> Bool {
        name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private var reader: Reader { Reader(name: name, path: path, files: files) }

    /// Whether there is such a file; paths are not looked into.
    func has(_ file: String) -> Bool { reader.has(file) }

    /// A file of the addon by its path within the folder.
    ///
    /// - Throws: `LoadError.unreadable`, also for a path that leads out of the folder.
    func contents(of file: String) throws -> [UInt8] { try reader.contents(of: file, limit: .max) }

    /// The paths of all files in a folder of the addon, and below; in order.
    func files(in folder: String) -> [String] { reader.files(in: folder) }

    /// Whether there is Python code to be run with it.
    var hasPythonCode: Bool {
        let file = "__init__.py"
        guard reader.has(file) else { return false }
        return (try? reader.contents(of: file, limit: 1 << 20)).map(PythonText.hasStatements) ?? true
    }

    /// Whether there are scripts for moving from one version to the next, which are Python.
    var hasMigrationScripts: Bool { reader.files(in: "migrations").contains { $0.hasSuffix(".py") } }
}

/// Reads the files of an addon.
private struct Reader {
    let name: String
    let path: String
    let files: AddonFolder.Files

    func has(_ file: String) -> Bool {
        switch files {
        case .folder: FileManager.default.fileExists(atPath: path + "/" + file)
        case .archive(let archive): archive.entries[name + "/" + file] != nil
        }
    }

    func contents(of file: String, limit: Int) throws -> [UInt8] {
        let contents: [UInt8]
        switch files {
        case .folder:
            let root = URL(fileURLWithPath: path).standardizedFileURL.path
            let full = URL(fileURLWithPath: path).appendingPathComponent(file).standardizedFileURL.path
            guard full.hasPrefix(root + "/") else { throw unreadable(file, "the path leads out of the addon") }
            guard let data = FileManager.default.contents(atPath: full) else {
                throw unreadable(file, "the file cannot be read")
            }
            contents = Array(data)
        case .archive(let archive):
            do {
                guard let found = try archive.contents(of: name + "/" + file) else {
                    throw unreadable(file, "the file cannot be read")
                }
                contents = found
            } catch let error as ZipError {
                throw unreadable(file, error.description)
            }
        }
        guard contents.count <= limit else { throw unreadable(file, "the file is larger than \(limit >> 10) KB") }
        return contents
    }

    private func unreadable(_ file: String, _ reason: String) -> LoadError {
        .unreadable(file: "\(name)/\(file)", reason: reason)
    }

    func files(in folder: String) -> [String] {
        switch files {
        case .folder:
            let found = FileManager.default.enumerator(atPath: path + "/" + folder)?.compactMap { $0 as? String } ?? []
            return found.map { folder + "/" + $0 }.filter { !isFolder(path + "/" + $0) }.sorted()
        case .archive(let archive):
            let prefix = name + "/"
            let own = archive.entries.keys.filter { $0.hasPrefix(prefix + folder + "/") }
            return own.map { String($0.dropFirst(prefix.count)) }.sorted()
        }
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}

// MARK: - What it needs

extension AddonFolder {
    /// Why the addon cannot work here, in the words of the original; nil when nothing is missing. Python packages always
    /// are.
    var unmetDependency: String? {
        if let package = manifest.pythonPackages.first {
            return "No module named \(package) (no Python code is run here)"
        }
        return manifest.programs.first { !Self.isInstalled($0) }.map { "Unable to find '\($0)' in path" }
    }

    private static func isInstalled(_ program: String) -> Bool {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }

    /// What records may know of the addon.
    var onDisk: AddonOnDisk {
        AddonOnDisk(
            version: manifest.installedVersion, depends: manifest.depends, unmetDependency: unmetDependency)
    }
}
