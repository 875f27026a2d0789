internal import ArgumentParser
internal import ORM
internal import Transports

/// Options of the commands that listen.
struct ListeningOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one (default: 8069).", valueName: "number"))
    var port: Int?

    @Option(help: ArgumentHelp("The address or name to listen on (default: 127.0.0.1).", valueName: "address"))
    var interface: String?

    @Option(
        help: ArgumentHelp(
            "How many calls run at the same time, each with a connection to PostgreSQL (default: 8).",
            valueName: "number"))
    var workers: Int?

    @Option(
        name: .customLong("request-memory"),
        help: ArgumentHelp(
            "What large requests may take together while they come in and wait (default: 256).", valueName: "MB"))
    var requestMemory: Int?

    @Option(
        name: .customLong("transient-age-limit"),
        help: ArgumentHelp(
            "How long records of wizards are kept after they were used last (default: 1).", valueName: "hours"))
    var transientAgeLimit: Int?

    @Option(
        name: .customLong("transient-count-limit"),
        help: ArgumentHelp(
            "How many records of each wizard are kept, those used last; 0 is any number (default: 0).",
            valueName: "number"))
    var transientCountLimit: Int?

    @Option(
        name: .customLong("login-message"),
        help: ArgumentHelp("A text that clients show before the login.", valueName: "text"))
    var loginMessage: String?

    @Flag(name: .customLong("no-database-list"), help: "Do not tell clients which databases there are.")
    var hidesDatabases = false

    @Flag(help: "Refuse calls that name what is no field, for people who test their scripts.")
    var strict = false

    @Flag(
        name: .customLong("allow-default-passwords"),
        help: "Listen beyond this machine although passwords are still the usual ones.")
    var allowsDefaultPasswords = false

    /// What the listener is set up with, environment and configuration file asked, too.
    ///
    /// - Throws: `CommandError.configuration` for a number that is out of range.
    func settings(_ given: GivenOptions) throws -> HTTPListener.Settings {
        var settings = HTTPListener.Settings()
        settings.interface = interface ?? given.text(.interface) ?? settings.interface
        settings.port = try Self.check(port ?? given.number(.port), .port, 0...65_535) ?? settings.port
        settings.workers = try Self.check(workers ?? given.number(.workers), .workers, 1...64) ?? settings.workers
        if let megabytes = try Self.check(requestMemory ?? given.number(.requestMemory), .requestMemory, 1...65_536) {
            settings.bodyMemory = megabytes << 20
        }
        return settings
    }

    /// How long records of transient models live.
    ///
    /// - Throws: `CommandError.configuration` for a number that is out of range.
    func transience(_ given: GivenOptions) throws -> Transience {
        var transience = Transience()
        let hours = transientAgeLimit ?? given.number(.transientAgeLimit)
        if let hours = try Self.check(hours, .transientAgeLimit, 1...8760) { transience.hours = Double(hours) }
        let count = transientCountLimit ?? given.number(.transientCountLimit)
        if let count = try Self.check(count, .transientCountLimit, 0...1_000_000), count > 0 {
            transience.count = count
        }
        return transience
    }

    private static func check(_ number: Int?, _ option: OptionName, _ range: ClosedRange<Int>) throws -> Int? {
        guard let number, !range.contains(number) else { return number }
        throw CommandError.configuration(
            option.rawValue, reason: "it must be \(range.lowerBound) to \(range.upperBound), not \(number)")
    }
}
