internal import ArgumentParser
internal import Services

/// `apus serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the databases of a PostgreSQL to clients.",
        discussion: """
            Examples:
              apus serve
              apus serve --postgres "host=/var/run/postgresql user=apus" --port 8069
              APUS_POSTGRES=postgresql://apus@db.example/ apus serve --interface 0.0.0.0
            """)

    @OptionGroup var shared: SharedOptions
    @OptionGroup var listening: ListeningOptions
    @Flag(help: "Prepare databases of OpenERP 6.0 to be served; a dump of each is written to the data folder before.")
    var adopt = false

    func run() async throws {
        try await reportingErrors {
            let installation = try Installation(shared, listening: listening)
            defer { installation.close() }
            if adopt || installation.given.flag(.adopt) { try adoptAll(in: installation) }
            try await Serving.run(installation, listening) { interface, port in
                Terminal.say("Apus is ready on http://\(interface):\(port) (stop it with Ctrl-C).")
            }
        }
    }

    /// What stands in the way of one database is told, and keeps no other from being served.
    private func adoptAll(in installation: Installation) throws {
        let databases = installation.databases
        for name in try databases.databasesToAdopt() {
            do {
                try AdoptCommand.adopt(
                    name, in: databases, databases.survey(name), dump: installation.dumpPath(of: name))
            } catch {
                Terminal.error(error)
            }
        }
    }
}

/// Runs a command; an error becomes one line and an exit code of its own.
func reportingErrors(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as ExitCode {
        throw error
    } catch {
        Terminal.error(error)
        throw Exit.code(for: error)
    }
}
