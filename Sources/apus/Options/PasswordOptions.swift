internal import ArgumentParser

/// Where a user's password comes from: never from an argument alone, which others on the machine can see.
struct PasswordOptions: ParsableArguments {
    @Option(
        name: .customLong("password-file"),
        help: ArgumentHelp("A file with the password in its first line; - reads standard input.", valueName: "file"))
    var passwordFile: String?

    /// The password from the file that the command line names, from the environment, or from the configuration file;
    /// nil when none is given. Each of the two may tell it or name a file that does.
    func password(_ given: GivenOptions) throws -> String? {
        if let passwordFile { return try Self.firstLine(of: passwordFile) }
        switch given.first(of: [.password, .passwordFile]) {
        case (.passwordFile, let path)?: return try Self.firstLine(of: path)
        case (_, let password)?: return password
        case nil: return nil
        }
    }

    private static func firstLine(of path: String) throws -> String {
        let line: String?
        if path == "-" {
            line = readLine()
        } else {
            line = NamedText.read(path).flatMap { $0.split(whereSeparator: \.isNewline).first }.map { String($0) }
        }
        guard let line, !line.isEmpty else {
            throw CommandError.configuration("password-file", reason: "there is no password in \(path)")
        }
        return line
    }
}
