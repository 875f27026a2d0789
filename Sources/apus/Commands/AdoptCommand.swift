internal import AddonLoader
internal import ArgumentParser
internal import Foundation
internal import ORM
internal import Services

/// `apus database adopt`
struct AdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Prepare a database of OpenERP 6.0 to be served.",
        discussion: """
            Adds the tables, columns and records that are missing, in one transaction. What is there stays as it is, so \
            that OpenERP can go on working with the database. Stop OpenERP before, though. A dump is written first.

            Examples:
              apus database adopt sales --dry-run
              apus database adopt sales --postgres "host=/var/run/postgresql user=openerp"
              apus database adopt sales --dump /backup/sales.dump
            """)
    @OptionGroup var shared: SharedOptions
    @Argument(help: "The database's name.") var name: String
    @Flag(name: .customLong("dry-run"), help: "Only tell what there is and what is missing.") var dryRun = false
    @Option(help: ArgumentHelp("Where to write the dump (default: NAME-before-apus.dump here).", valueName: "file"))
    var dump: String?
    @Flag(name: .customLong("no-dump"), help: "Write no dump before.") var noDump = false

    func validate() throws {
        if noDump, dump != nil { throw ValidationError("--dump and --no-dump exclude each other") }
    }

    func run() async throws {
        try await DatabaseCommand.withDatabases(shared) { databases, _ in
            let survey = try databases.survey(name)
            for line in AdoptionReport.lines(of: survey, name) { Terminal.result(line) }
            if dryRun { return }
            try Self.adopt(name, in: databases, survey, dump: noDump ? nil : dump ?? Installation.dumpName(of: name))
        }
    }

    /// A database that lacks nothing needs no dump, either.
    static func adopt(
        _ name: String, in databases: DatabaseHost, _ survey: AdoptionSurvey, dump: String?
    ) throws {
        let isDumped = dump != nil && !(survey.isAdopted && survey.missing.isEmpty)
        if let dump, isDumped {
            try databases.dump(name, into: dump)
            Terminal.result("The database as it was is in \(dump).")
        }
        let adoption: Adoption
        do {
            adoption = try databases.adopt(name, progress: Terminal.progress("Adopting the database \(name)"))
        } catch {
            // The database is as it was, and the dump would be in the way of the next attempt.
            if let dump, isDumped { try? FileManager.default.removeItem(atPath: dump) }
            throw error
        }
        for line in AdoptionReport.lines(of: adoption, name) { Terminal.result(line) }
    }
}
