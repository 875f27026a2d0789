internal import AddonLoader
internal import ArgumentParser
internal import PostgreSQL
internal import Transports

/// Why a command could not do what it was asked for.
enum CommandError: Error, CustomStringConvertible {
    case configuration(String, reason: String)
    case addonsNotFound([String])
    /// Who still has a password that everybody knows, one clause each.
    case defaultPasswords(interface: String, [String])
    case wrongLogin(user: String, database: String)
    case badArgument(String)
    case nothingThere(String)

    var description: String {
        switch self {
        case .configuration(let place, let reason): "configuration \(place): \(reason)"
        case .addonsNotFound(let folders):
            "no addons found in \(folders.joined(separator: ", ")); say where they are with --addons-path"
        case .defaultPasswords(let interface, let places):
            "refusing to listen on \(interface): \(places.joined(separator: "; ")). "
                + "Change these passwords first, or pass --allow-default-passwords"
        case .wrongLogin(let user, let database): "wrong login or password for \(user) on database \(database)"
        case .badArgument(let reason): reason
        case .nothingThere(let what): what
        }
    }
}

/// What the shell gets back; the README lists them.
enum Exit {
    static let failure = ExitCode(1)
    static let addressTaken = ExitCode(3)
    static let programsMissing = ExitCode(4)
    static let folderUnusable = ExitCode(5)
    static let foreignFolder = ExitCode(6)
    static let defaultPasswords = ExitCode(7)
    static let databaseUnreachable = ExitCode(8)
    static let configuration = ExitCode(9)

    /// The code that tells a script what went wrong.
    static func code(for error: any Error) -> ExitCode {
        switch error {
        case let code as ExitCode: code
        case is ListenerError: addressTaken
        case let error as ClusterError: code(for: error)
        case CommandError.defaultPasswords: defaultPasswords
        case CommandError.configuration, CommandError.addonsNotFound: configuration
        case PostgreSQLError.programMissing: programsMissing
        case PostgreSQLError.invalidSettings: databaseUnreachable
        case let error as PostgreSQLError where error.isConnectionLoss: databaseUnreachable
        default: failure
        }
    }

    private static func code(for error: ClusterError) -> ExitCode {
        switch error {
        case .programsMissing, .noUnprivilegedUser: programsMissing
        case .folderNotWritable, .folderNotTraversable, .folderInUse: folderUnusable
        case .foreignFolder, .wrongOwner, .versionMismatch: foreignFolder
        default: failure
        }
    }
}
