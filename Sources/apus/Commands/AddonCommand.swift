internal import ArgumentParser
internal import Services

/// `apus addon …`
struct AddonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "addon",
        abstract: "List, install, upgrade and remove the addons of a database.",
        discussion: """
            Each command is one change: when it fails, the database is as it was. A server that runs on the database \
            takes it up at once.

            Examples:
              apus addon list --database sales
              apus addon install crm --database sales
              apus addon upgrade site_visits --database sales
              apus addon uninstall site_visits --database sales
              apus addon update-list --database sales --addons-path /srv/addons
            """,
        subcommands: [List.self, Install.self, Upgrade.self, Uninstall.self, UpdateList.self])

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
        static let configuration = CommandConfiguration(
            abstract: "List addons: name, state, installed version, version on disk, title.",
            discussion: """
                The columns are separated by tabs; - stands for no version.

                Examples:
                  apus addon list --database sales
                  apus addon list --installed --database sales
                """)
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target
        @Flag(help: "Only those that are installed.") var installed = false

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                for addon in try databases.addons(of: target.name(given)) where !installed || addon.isInstalled {
                    let versions = [addon.version ?? "-", addon.versionOnDisk ?? "-"]
                    Terminal.result(([addon.name, addon.state] + versions + [addon.title]).joined(separator: "\t"))
                }
            }
        }
    }

    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Install addons and what they depend on.",
            discussion: """
                Demo data come along if the database was made with demo data.

                Examples:
                  apus addon install crm --database sales
                  apus addon install site_visits --database sales --addons-path /srv/addons
                """)
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target
        @Argument(help: "The addons' names.") var addons: [String]

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                let label = "Installing \(addons.joined(separator: ", "))"
                let done = try databases.install(addons, in: target.name(given), progress: Terminal.progress(label))
                Terminal.say(
                    done.isEmpty ? "They are installed already." : "Installed: \(done.joined(separator: ", "))")
            }
        }
    }

    struct Upgrade: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load addons anew, with all that depend on them.",
            discussion: """
                Examples:
                  apus addon upgrade crm --database sales
                  apus addon upgrade base --database sales      # everything
                """)
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target
        @Argument(help: "The addons' names.") var addons: [String]

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                let label = "Upgrading \(addons.joined(separator: ", "))"
                let done = try databases.upgrade(addons, in: target.name(given), progress: Terminal.progress(label))
                Terminal.say("Upgraded: \(done.joined(separator: ", "))")
            }
        }
    }

    struct Uninstall: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove addons with the records they brought.",
            discussion: """
                What people entered stays in the database's tables, and is there again when the addon is installed again.

                Examples:
                  apus addon uninstall site_visits --database sales
                  apus addon uninstall mail_gateway --with-dependants --database sales
                """)
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target
        @Argument(help: "The addons' names.") var addons: [String]
        @Flag(name: .customLong("with-dependants"), help: "Remove the addons that depend on them, too.")
        var withDependants = false

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                let removed = try databases.uninstall(
                    addons, withDependants: withDependants, in: target.name(given))
                Terminal.say("Removed: \(removed.joined(separator: ", "))")
            }
        }
    }

    struct UpdateList: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for new and changed addons on the addons path.",
            discussion: """
                Example:
                  apus addon update-list --database sales --addons-path /srv/addons
                """)
        @OptionGroup var shared: SharedOptions
        @OptionGroup var target: Target

        func run() async throws {
            try await DatabaseCommand.withDatabases(shared) { databases, given in
                let change = try databases.updateAddonList(in: target.name(given))
                Terminal.say("Addons that are new: \(change.added); that are described anew: \(change.updated)")
            }
        }
    }
}
