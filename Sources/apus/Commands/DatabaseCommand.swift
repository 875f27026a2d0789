internal import ArgumentParser
internal import PostgreSQL
internal import Services

/// `apus database …`
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Create, list, copy, dump, restore and drop databases.",
        discussion: """
            Examples:
              apus database create sales --demo --addons crm
              apus database copy sales sales_test
              apus database dump sales sales.dump
            """,
        subcommands: [Create.self, List.self, Drop.self, Dump.self, Restore.self, Copy.self])

    /// Opens the installation, does something with its databases, and closes it whatever happens.
    static func withDatabases(_ shared: SharedOptions, _ body: (DatabaseHost) throws -> Void) async throws {
        try await reportingErrors {
            let installation = try await Installation(shared)
            defer { installation.close() }
            try body(installation.databases)
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a database.",
            discussion: "Example: apus database create sales --demo --addons crm --password secret")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database's name.") var name: String
        @Flag(help: "Load demo data, too.") var demo = false
        @Option(parsing: .upToNextOption, help: "Addons to install besides base.") var addons: [String] = []
        @Option(help: "The administrator's password.") var password = "admin"

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases in
                let order = DatabaseOrder(name: name, addons: addons, hasDemoData: demo, password: password)
                try databases.create(order, progress: Terminal.progress("Creating the database \(name)"))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the databases, one a line.")
        @OptionGroup var shared: SharedOptions

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases in
                for name in try databases.server.databaseList() { Terminal.result(name) }
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a database for good.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database's name.") var name: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { try $0.drop(name) }
        }
    }

    struct Dump: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a database to a file in pg_dump's custom format.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database's name.") var name: String
        @Argument(help: "The file to write.") var file: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { try $0.dump(name, into: file) }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a database from a dump file.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The new database's name.") var name: String
        @Argument(help: "The dump file.") var file: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { try $0.restore(name, from: file) }
        }
    }

    struct Copy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a second database with the same content.")
        @OptionGroup var shared: SharedOptions
        @Argument(help: "The database to copy.") var name: String
        @Argument(help: "The copy's name.") var newName: String

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { try $0.copy(name, to: newName) }
        }
    }
}
