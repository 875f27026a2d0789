internal import Foundation

/// An addon on disk: its name, its folder, its manifest.
public struct AddonFolder: Sendable {
    public let name: String
    public let path: String
    public let manifest: Manifest

    /// Whether there is such a file; paths are not looked into.
    func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + file) }

    /// A file of the addon by its path within the folder.
    ///
    /// - Throws: `LoadError.unreadable`, also for a path that leads out of the folder.
    func contents(of file: String) throws -> [UInt8] {
        let root = URL(fileURLWithPath: path).standardizedFileURL.path
        let full = URL(fileURLWithPath: path).appendingPathComponent(file).standardizedFileURL.path
        guard full.hasPrefix(root + "/") else {
            throw LoadError.unreadable(file: "\(name)/\(file)", reason: "the path leads out of the addon")
        }
        guard let data = FileManager.default.contents(atPath: full) else {
            throw LoadError.unreadable(file: "\(name)/\(file)", reason: "the file cannot be read")
        }
        return Array(data)
    }
}

/// The folders that hold addons; the first that has a name wins (contract/addons.md §1).
public struct AddonsPath: Sendable {
    public let folders: [String]

    public init(_ folders: [String]) { self.folders = folders }

    /// All addons by name.
    ///
    /// - Parameter skipped: Told of an addon whose manifest cannot be read; it is left out.
    public func addons(skipped: (LoadError) -> Void = { _ in }) -> [String: AddonFolder] {
        var found: [String: AddonFolder] = [:]
        for folder in folders {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
                skipped(.unreadable(file: folder, reason: "the folder of addons cannot be read"))
                continue
            }
            for name in names.sorted() where found[name] == nil {
                do {
                    if let addon = try addon(name, in: folder) { found[name] = addon }
                } catch let error as LoadError {
                    skipped(error)
                } catch {
                    skipped(.manifest(addon: name, reason: "\(error)"))
                }
            }
        }
        return found
    }

    private func addon(_ name: String, in folder: String) throws -> AddonFolder? {
        let path = folder + "/" + name
        for file in Manifest.fileNames {
            guard let data = FileManager.default.contents(atPath: path + "/" + file) else { continue }
            let manifest = try Manifest(parsing: String(decoding: data, as: UTF8.self), addon: name)
            return AddonFolder(name: name, path: path, manifest: manifest)
        }
        return nil
    }
}
