import Glibc

/// A file in the temporary folder that only its owner may read; it goes when the last reference does.
final class TemporaryFile {
    let path: String
    /// Larger files are not read.
    private static let longest = 64 << 20

    init() throws(PostgreSQLError) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        do {
            let file = try TemporaryPath.file(folder + "/apus-")
            close(file.descriptor)
            path = file.path
        } catch {
            throw .file(folder, reason: error.reason)
        }
    }

    deinit { unlink(path) }

    /// Writes the file again with the lines that `isKept` wants.
    func rewrite(_ isKept: (Substring) -> Bool) throws(PostgreSQLError) {
        guard let text = TextFile.read(path, limit: Self.longest) else {
            throw .file(path, reason: "it cannot be read or is too large")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter(isKept)
        do {
            try TextFile.write(lines.joined(separator: "\n"), to: path)
        } catch {
            throw .file(path, reason: error.reason)
        }
    }
}
