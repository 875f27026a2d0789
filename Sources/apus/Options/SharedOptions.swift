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
