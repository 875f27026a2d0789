internal import ArgumentParser
internal import PostgreSQL
internal import Services

/// `apus demo`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serve a CRM database with demo data; made on the first start.",
        discussion: """
            Listens on this machine only, unless told otherwise. Asks nothing.

            Examples:
              apus demo
              apus demo --port 0 --data /tmp/apus
              apus demo --postgres "host=/var/run/postgresql" --database trial
            """)

    @OptionGroup var shared: SharedOptions
    @OptionGroup var listening: ListeningOptions

    @Option(help: ArgumentHelp("The database's name (default: demo).", valueName: "name"))
    var database: String?

    func run() async throws {
        try await reportingErrors {
            let installation = try Installation(shared, listening: listening)
            defer { installation.close() }
            let name = database ?? installation.given.text(.database) ?? "demo"
            try prepare(name, in: installation)
            try await Serving.run(installation, listening) { interface, port in
                Terminal.result(Self.welcome(interface: interface, port: port, database: name))
            }
        }
    }

    private func prepare(_ name: String, in installation: Installation) throws {
        let databases = installation.databases
        if try databases.server.databaseExists(name) {
            if try databases.isComplete(name) { return }
            guard try databases.isEmpty(name) else {
                throw CommandError.nothingThere(
                    "there is a database \(name), but it is none of Apus: choose another name with --database")
            }
            // An earlier start was ended while it filled the database: nothing of that was committed.
            try databases.drop(name)
        }
        let order = DatabaseOrder(name: name, addons: ["profile_crm"], hasDemoData: true, password: "admin")
        try databases.create(order, progress: Terminal.progress("Creating the database \(name)"))
        Memory.trim()
    }

    private static func welcome(interface: String, port: Int, database: String) -> String {
        """

        Apus is ready.

          address   http://\(interface):\(port)
          database  \(database)
          login     admin, password admin (or demo, password demo)

        Paste this into python3 to see it work:

        import xmlrpc.client
        url, db, password = "http://\(interface):\(port)/xmlrpc/", "\(database)", "admin"
        uid = xmlrpc.client.ServerProxy(url + "common").login(db, "admin", password)
        call = xmlrpc.client.ServerProxy(url + "object").execute
        print(call(db, uid, password, "crm.lead", "read", call(db, uid, password, "crm.lead", "search", []), ["name", "state"]))

        Stop with Ctrl-C; the data stays.
        """
    }
}
