internal import Logging
internal import Synchronization

/// How much the whole process logs, to standard error. The super-administrator may change it while a server runs.
final class LogLevel: Sendable {
    private let level: Mutex<Logger.Level>

    /// - Throws: `CommandError.configuration` for a name that is no level.
    init(_ name: String) throws {
        guard let level = Logger.Level(rawValue: name) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError.configuration("log-level", reason: "it must be one of \(names), not \"\(name)\"")
        }
        self.level = Mutex(level)
    }

    var current: Logger.Level { level.withLock { $0 } }

    func set(_ level: Logger.Level) { self.level.withLock { $0 = level } }

    /// The handler of every logger.
    func handler(label: String) -> any LogHandler {
        Handler(log: StreamLogHandler.standardError(label: label), level: self)
    }

    /// Asks the one level instead of keeping its own.
    private struct Handler: LogHandler {
        var log: StreamLogHandler
        let level: LogLevel

        var logLevel: Logger.Level {
            get { level.current }
            set { level.set(newValue) }
        }
        var metadata: Logger.Metadata {
            get { log.metadata }
            set { log.metadata = newValue }
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { log[metadataKey: key] }
            set { log[metadataKey: key] = newValue }
        }

        func log(event: LogEvent) { log.log(event: event) }
    }
}
