internal import ArgumentParser
internal import Services

/// `apus addon …`
struct AddonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "addon",
        abstract: "List, install and upgrade the addons of a database.",
        discussion: """
            A server that runs on the database takes the change up when it is started anew.

            Examples:
              apus addon list --database demo
              apus addon install crm --database sales
            """,
        subcommands: [List.self, Install.self, Upgrade.self])

    /// Which database an addon command works on.
    struct Target: ParsableArguments {
        @Option(help: ArgumentHelp("The database's name.", valueName: "name")) var database: String?

        /// - Throws: `CommandError.configuration` when nobody says which; a guess might change the wrong one.
        func name(_ given: GivenOptions) throws -> String {
            guard let name = database ?? given.text(.database) else {
                throw CommandError.configuration("database", reason: "say which one with --database")
            }
            return name
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List addons with their states.")
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                for addon in try databases.addons(of: target.name(given)) {
                    Terminal.result("\(addon.name)\t\(addon.state)\t\(addon.version ?? "-")")
                }
            }
        }
    }

    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Install addons and what they depend on.")
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target
        @Argument(help: "The addons' names.") var addons: [String]

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                let label = "Installing \(addons.joined(separator: ", "))"
                try databases.install(addons, in: target.name(given), progress: Terminal.progress(label))
            }
        }
    }

    struct Upgrade: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load addons anew, with all that depend on them.")
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target
        @Argument(help: "The addons' names.") var addons: [String]

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                let label = "Upgrading \(addons.joined(separator: ", "))"
                try databases.upgrade(addons, in: target.name(given), progress: Terminal.progress(label))
            }
        }
    }
}
