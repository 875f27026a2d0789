internal import Foundation

/// Finds the folders that hold addons: those given, or `Addons` beside or above the executable.
enum AddonFolders {
    /// - Throws: `CommandError.addonsNotFound` unless one of them has the addon `base`.
    static func resolve(_ given: [String]) throws -> [String] {
        let folders = given + besideExecutable()
        guard folders.contains(where: hasBase) else {
            throw CommandError.addonsNotFound(given.isEmpty ? ["the folders above the executable"] : given)
        }
        return folders
    }

    private static func hasBase(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/base/__openerp__.py")
    }

    /// An installed executable has `../share/apus/addons`; one that was just built lies a few folders deep in the
    /// sources.
    private static func besideExecutable() -> [String] {
        guard var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() else {
            return []
        }
        var found = [folder.appendingPathComponent("../share/apus/addons").standardized.path]
        for _ in 0..<5 {
            found.append(folder.appendingPathComponent("Addons").path)
            folder.deleteLastPathComponent()
        }
        return Array(found.filter(hasBase).prefix(1))
    }
}
