internal import Foundation

/// A text that an option names by its path: a file, or a pipe such as the shell's `<(command)`.
enum NamedText {
    /// nil when it cannot be read, or is no UTF-8.
    static func read(_ path: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.readToEnd() ?? Data() else {
            return nil
        }
        return String(data: data, encoding: .utf8)
    }
}
