internal import Logging
internal import Values

/// What clients call a log level: Python's number or name of it, or Apus' own name.
enum LogLevelName {
    private static let pythonNames: [String: Logger.Level] = [
        "notset": .trace, "debug_rpc": .trace, "warn": .warning, "fatal": .critical,
    ]

    /// - Throws: `ServiceError.failed` for what is none.
    static func level(of value: Value) throws -> Logger.Level {
        if let number = value.integer ?? Int(value.plainText) { return level(ofNumber: number) }
        let name = value.plainText.lowercased()
        guard let level = Logger.Level(rawValue: name) ?? pythonNames[name] else {
            throw ServiceError.failed("there is no log level \(name.cut(to: 40))")
        }
        return level
    }

    /// Python's levels are ten apart: 10 is debug, 50 critical.
    private static func level(ofNumber number: Int) -> Logger.Level {
        switch number {
        case ..<10: .trace
        case ..<20: .debug
        case ..<30: .info
        case ..<40: .warning
        case ..<50: .error
        default: .critical
        }
    }
}
