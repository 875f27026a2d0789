internal import ArgumentParser
internal import PostgreSQL
internal import Services

/// `apus database …`
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Create, list, copy, dump, restore, adopt and drop databases.",
        discussion: """
            Examples:
              apus database create sales --demo --addons crm
              apus database copy sales sales_test
              apus database dump sales sales.dump
            """,
        subcommands: [Create.self, List.self, Drop.self, Dump.self, Restore.self, Copy.self, AdoptCommand.self])

    /// Opens the installation, does something with its databases, and closes it whatever happens.
    static func withDatabases(
        _ shared: SharedOptions, _ body: (DatabaseHost, GivenOptions) throws -> Void
    ) async throws {
        try await reportingErrors {
            let installation = try Installation(shared)
            defer { installation.close() }
            try body(installation.databases, installation.given)
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a database.",
            discussion: """
                The administrator's password is "admin" unless given: in a file (--password-file, - for standard \
                input), in the environment (APUS_PASSWORD) or in the configuration file.

                Examples:
                  apus database create sales --demo --addons crm
                  pass show sales | apus database create sales --password-file -
                """)
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database's name.") var name: String
        @Flag(help: "Load demo data, too.") var demo = false
        @Option(parsing: .upToNextOption, help: "Addons to install besides base.") var addons: [String] = []
        @Option(help: "The administrator's password, for all on this machine to see; better use --password-file.")
        var password: String?
        @OptionGroup var passwords: PasswordOptions

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                let order = DatabaseOrder(
                    name: name, addons: addons.isEmpty ? given.list(.addons) ?? [] : addons,
                    hasDemoData: demo || given.flag(.demo),
                    password: try password ?? passwords.password(given) ?? "admin")
                try databases.create(order, progress: Terminal.progress("Creating the database \(name)"))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the databases, one a line.")
        @OptionGroup var shared: SharedOptions

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, _ in
                for name in try databases.server.databaseList() { Terminal.result(name) }
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a database for good.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database's name.") var name: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, _ in try databases.drop(name) }
        }
    }

    struct Dump: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a database to a file in pg_dump's custom format.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database's name.") var name: String
        @Argument(help: "The file to write.") var file: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, _ in try databases.dump(name, into: file) }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a database from a dump file.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The new database's name.") var name: String
        @Argument(help: "The dump file.") var file: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, _ in try databases.restore(name, from: file) }
        }
    }

    struct Copy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a second database with the same content.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database to copy.") var name: String
        @Argument(help: "The copy's name.") var newName: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, _ in try databases.copy(name, to: newName) }
        }
    }
}
