import Glibc

/// A folder with PostgreSQL's programs of one major version.
struct ProgramFolder: Hashable {
    let path: String
    let major: Int

    func program(_ name: String) -> String { "\(path)/\(name)" }

    /// The folders with server programs, newest version first; only in `folders` if these are given.
    static func servers(in folders: [String]? = nil) -> [ProgramFolder] {
        (folders ?? systemFolders)
            .filter { isExecutable("\($0)/postgres") && isExecutable("\($0)/initdb") }
            .compactMap { folder in major(of: "\(folder)/postgres").map { ProgramFolder(path: folder, major: $0) } }
            .sorted { $0.major > $1.major }
    }

    /// The path of a client program: of this major version if there is one, else the first that is found. Folders of
    /// the caller come before those of the system.
    static func client(_ name: String, major wanted: Int, in folders: [String]? = nil) -> String? {
        let paths = ((folders ?? []) + systemFolders).map { "\($0)/\(name)" }.filter(isExecutable)
        return paths.first { major(of: $0) == wanted } ?? paths.first
    }

    /// Where packages put PostgreSQL: Debian's, the PostgreSQL project's, its sources', and what PATH names.
    private static var systemFolders: [String] {
        versions(in: "/usr/lib/postgresql", suffix: "/bin") + versions(in: "/usr", prefix: "pgsql-", suffix: "/bin")
            + ["/usr/local/pgsql/bin"]
            + (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map { String($0) }
            + ["/usr/local/bin", "/usr/bin"]
    }

    private static func versions(in parent: String, prefix: String = "", suffix: String) -> [String] {
        (Folder(parent).entries ?? [])
            .filter { $0.hasPrefix(prefix) }
            .compactMap { name in Int(name.dropFirst(prefix.count)).map { ($0, "\(parent)/\(name)\(suffix)") } }
            .sorted { $0.0 > $1.0 }
            .map(\.1)
    }

    /// What `postgres --version` says: `postgres (PostgreSQL) 15.20`.
    private static func major(of program: String) -> Int? {
        let outcome = ChildProgram(program, ["--version"]).run()
        guard outcome.exitCode == 0, let mark = outcome.output.firstRange(of: "(PostgreSQL) ") else { return nil }
        return Int(outcome.output[mark.upperBound...].prefix(while: \.isNumber))
    }

    static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
}
