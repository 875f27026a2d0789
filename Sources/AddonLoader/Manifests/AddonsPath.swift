internal import Foundation

/// The folders that hold addons, as folders or zip files; the first that has a name wins (contract/addons.md §1).
public struct AddonsPath: Sendable {
    public let folders: [String]

    public init(_ folders: [String]) { self.folders = folders }

    /// All addons by name.
    ///
    /// - Parameter skipped: Told of an addon that cannot be read; it is left out.
    public func addons(skipped: (LoadError) -> Void = { _ in }) -> [String: AddonFolder] {
        var memory = Memory()
        return addons(remembering: &memory, skipped: skipped)
    }

    /// The same, for who looks again and again: what has not changed since is not read anew.
    func addons(remembering memory: inout Memory, skipped: (LoadError) -> Void) -> [String: AddonFolder] {
        var found: [String: AddonFolder] = [:]
        var seen = Memory()
        for folder in folders {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
                skipped(.unreadable(file: folder, reason: "the folder of addons cannot be read"))
                continue
            }
            for name in names.sorted() {
                let path = folder + "/" + name
                guard let mark = Mark(of: path), let addon = mark.addon, found[addon] == nil else { continue }
                let known = memory.entries[path].flatMap { $0.mark == mark ? $0.addon : nil }
                let outcome = known ?? Result { try Self.read(addon, at: path, isZip: mark.isZip) }
                seen.entries[path] = (mark, outcome)
                do {
                    if let folder = try outcome.get() { found[addon] = folder }
                } catch let error as LoadError {
                    skipped(error)
                } catch {
                    skipped(.manifest(addon: addon, reason: "\(error)"))
                }
            }
        }
        memory = seen
        return found
    }

    private static func read(_ name: String, at path: String, isZip: Bool) throws -> AddonFolder? {
        guard isZip else { return try AddonFolder(name, at: path) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LoadError.unreadable(file: name + ".zip", reason: "the file cannot be read")
        }
        do {
            return try AddonFolder(name, at: path, .archive(ZipArchive(Array(data))))
        } catch let error as ZipError {
            throw LoadError.unreadable(file: name + ".zip", reason: error.description)
        }
    }

    /// What was found at each path.
    struct Memory {
        fileprivate var entries: [String: (mark: Mark, addon: Result<AddonFolder?, any Error>)] = [:]
    }

    /// Tells by dates and sizes whether what lies at a path has changed.
    fileprivate struct Mark: Equatable {
        /// The name of the addon that may lie there; nil for what is none.
        let addon: String?
        let isZip: Bool
        private let states: [[Int]]

        /// nil when nothing lies there.
        init?(of path: String) {
            guard let own = Self.status(of: path) else { return nil }
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            isZip = own.isFile && name.hasSuffix(".zip")
            addon = isZip ? String(name.dropLast(4)) : own.isFolder ? name : nil
            let inner = own.isFolder ? Manifest.fileNames.map { Self.status(of: path + "/" + $0)?.numbers ?? [] } : []
            states = [own.numbers] + inner
        }

        private static func status(of path: String) -> (numbers: [Int], isFile: Bool, isFolder: Bool)? {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            let kind = status.st_mode & S_IFMT
            let numbers = [Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec), Int(status.st_size)]
            return (numbers + [Int(status.st_ino)], kind == S_IFREG, kind == S_IFDIR)
        }
    }
}
