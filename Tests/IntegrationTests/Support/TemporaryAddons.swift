import Foundation

/// A folder of addons written for one test; gone when nobody holds it any more.
final class TemporaryAddons {
    let path: String

    /// - Parameter addons: For each addon its files, by their paths within it.
    init(_ addons: [String: [String: String]] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("apus-addons-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (addon, files) in addons {
            for (file, text) in files { try write(text, to: file, of: addon) }
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Adds a file or replaces it.
    func write(_ text: String, to file: String, of addon: String) throws {
        let url = URL(fileURLWithPath: path).appendingPathComponent(addon).appendingPathComponent(file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func remove(_ addon: String) throws { try FileManager.default.removeItem(atPath: path + "/" + addon) }

    /// The files of an addon that depends on base and has one data file with these tags.
    static func addon(_ tags: String = "", depends: [String] = ["base"], _ more: String = "") -> [String: String] {
        let names = depends.map { "'\($0)'" }.joined(separator: ", ")
        return [
            "__openerp__.py": "{'name': 'Test', 'depends': [\(names)], 'data': ['data.xml'], \(more)}",
            "data.xml": "<openerp><data>\n\(tags)\n</data></openerp>",
        ]
    }
}
