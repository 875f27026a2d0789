internal import ArgumentParser

/// Options of every command: where PostgreSQL is, where addons lie, how much is told.
struct SharedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An existing PostgreSQL as a libpq connection string or URI. Without it Apus runs one of its own.",
            valueName: "connection string"))
    var postgres: String?

    @Option(
        help: ArgumentHelp(
            "Where Apus keeps its own PostgreSQL and its passwords (default: apus-data in the home folder).",
            valueName: "folder"))
    var data: String?

    @Option(
        name: .customLong("addons-path"),
        help: ArgumentHelp(
            "A folder that holds addons; may be given several times, the first that has an addon wins.",
            valueName: "folder"))
    var addonsPath: [String] = []

    @Option(help: ArgumentHelp("A JSON file with options.", valueName: "file"))
    var config: String?

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical (default: notice).", valueName: "level"))
    var logLevel: String?
}

/// Options of the commands that listen.
struct ListeningOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one (default: 8069).", valueName: "number"))
    var port: Int?

    @Option(help: ArgumentHelp("The address to listen on (default: 127.0.0.1).", valueName: "address"))
    var interface: String?

    @Option(help: ArgumentHelp("How many calls run at the same time (default: 8).", valueName: "number"))
    var workers: Int?

    @Option(
        name: .customLong("login-message"),
        help: ArgumentHelp("A text that clients show before the login.", valueName: "text"))
    var loginMessage: String?

    @Flag(name: .customLong("no-database-list"), help: "Do not tell clients which databases there are.")
    var hidesDatabases = false

    @Flag(
        name: .customLong("allow-default-passwords"),
        help: "Listen beyond this machine although the administrator's password is still the usual one.")
    var allowsDefaultPasswords = false
}
