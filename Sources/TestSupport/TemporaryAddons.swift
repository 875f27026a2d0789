internal import Foundation

/// A folder of addons written for one test; gone when nobody holds it any more.
public final class TemporaryAddons {
    public let path: String

    /// - Parameter addons: For each addon its files, by their paths within it.
    public init(_ addons: [String: [String: String]] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("apus-addons-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (addon, files) in addons {
            for (file, text) in files { try write(text, to: file, of: addon) }
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Adds a file or replaces it.
    public func write(_ text: String, to file: String, of addon: String) throws {
        let url = URL(fileURLWithPath: path).appendingPathComponent(addon).appendingPathComponent(file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    public func remove(_ addon: String) throws { try FileManager.default.removeItem(atPath: path + "/" + addon) }
}
