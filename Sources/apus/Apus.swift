internal import ArgumentParser
internal import Services

/// The command line's root: an application server that takes OpenERP's place.
@main
struct Apus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "An application server for OpenERP clients and scripts.",
        discussion: """
            Every option can also stand in a JSON file (--config) or in the environment: --port is "port" in the file \
            and APUS_PORT in the environment. The command line wins over the environment, the environment over the file.

            Examples:
              apus demo
              apus serve --postgres "host=/var/run/postgresql user=apus" --interface 0.0.0.0
              apus database create sales --demo --addons crm
              apus call res.partner search '[[["name", "ilike", "agro"]]]' --database demo
            """,
        version: "apus \(ServerVersion.own) (as OpenERP \(ServerVersion.openERP))",
        subcommands: [DemoCommand.self, ServeCommand.self, DatabaseCommand.self, AddonCommand.self, CallCommand.self])

    static func main() async {
        Memory.limitArenas()
        await main(nil)
    }
}
