import Glibc

/// A path that nobody else has, made by the C library in the moment it is chosen.
package enum TemporaryPath {
    /// A new empty folder for this user alone; its path is `prefix` and six letters.
    package static func folder(_ prefix: String) throws(Failure) -> String {
        try make(prefix) { mkdtemp($0) }.path
    }

    /// A new empty file for this user alone, open for writing.
    static func file(_ prefix: String) throws(Failure) -> (path: String, descriptor: Int32) {
        let (path, descriptor) = try make(prefix) { template in
            let descriptor = mkstemp(template)
            return descriptor >= 0 ? descriptor : nil
        }
        return (path, descriptor)
    }

    /// `body` answers nil when it failed.
    private static func make<Answer>(
        _ prefix: String, _ body: (UnsafeMutablePointer<CChar>) -> Answer?
    ) throws(Failure) -> (path: String, Answer) {
        guard let template = strdup(prefix + "XXXXXX") else { throw .last }
        defer { free(template) }
        guard let answer = body(template) else { throw .last }
        return (String(cString: template), answer)
    }
}
