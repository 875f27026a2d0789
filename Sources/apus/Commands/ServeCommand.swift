internal import ArgumentParser

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

    func run() async throws {
        try await reportingErrors {
            let installation = try Installation(shared, listening: listening)
            defer { installation.close() }
            try await Serving.run(installation, listening) { interface, port in
                Terminal.say("Apus is ready on http://\(interface):\(port) (stop it with Ctrl-C).")
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
