public import Logging
internal import Synchronization

/// Keeps what is told to a logger.
public final class NotedLog: Sendable {
    /// One message.
    public struct Line: Sendable {
        public let level: Logger.Level
        public let message: String
        /// `key=value` by key.
        public let metadata: [String]

        /// The message with its metadata.
        public var text: String { ([message] + metadata).joined(separator: " ") }
    }

    private let kept = Mutex<[Line]>([])
    private let level: Logger.Level

    /// - Parameter level: What is of less weight is not kept.
    public init(level: Logger.Level = .trace) { self.level = level }

    public var lines: [Line] { kept.withLock { $0 } }

    public var logger: Logger { Logger(label: "test") { _ in Handler(log: self, logLevel: self.level) } }

    private struct Handler: LogHandler {
        let log: NotedLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let line = Line(level: event.level, message: event.message.description, metadata: metadata)
            log.kept.withLock { $0.append(line) }
        }
    }
}
