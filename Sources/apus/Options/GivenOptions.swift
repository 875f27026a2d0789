internal import Configuration
internal import Foundation
internal import Values

/// Options from the environment and from a JSON file, in this order. The command line is asked before.
///
/// Both are checked whole before anything starts: a value of the wrong kind is an error even where the command at hand
/// has no use for it.
struct GivenOptions {
    private let reader: ConfigReader
    /// The environment, and the file if there is one.
    private let sources: [ConfigReader]

    /// Reads the file at `path`, or the one that `APUS_CONFIG` names.
    ///
    /// - Throws: `CommandError.configuration` naming the file or variable that is wrong, and the option.
    init(path: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let variables = EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "apus")
        try Self.check(ConfigReader(provider: variables))
        var providers: [any ConfigProvider] = [variables]
        if let path = path ?? environment["APUS_CONFIG"] {
            providers.append(InMemoryProvider(values: try Self.values(in: path)))
        }
        reader = ConfigReader(providers: providers)
        sources = providers.map { ConfigReader(provider: $0) }
    }

    /// Of options that stand for one another the first that is given: all are looked for in the environment before any
    /// is in the file.
    func first(of options: [OptionName]) -> (OptionName, String)? {
        for source in sources {
            for option in options {
                if let text = source.string(forKey: ConfigKey(option.rawValue)) { return (option, text) }
            }
        }
        return nil
    }

    func text(_ option: OptionName) -> String? { reader.string(forKey: ConfigKey(option.rawValue)) }
    func number(_ option: OptionName) -> Int? { reader.int(forKey: ConfigKey(option.rawValue)) }
    func list(_ option: OptionName) -> [String]? { reader.stringArray(forKey: ConfigKey(option.rawValue)) }
    /// Nobody's word is no.
    func flag(_ option: OptionName) -> Bool { reader.bool(forKey: ConfigKey(option.rawValue)) ?? false }

    // MARK: - The environment

    private static func check(_ environment: ConfigReader) throws {
        for option in OptionName.allCases {
            let key = ConfigKey(option.rawValue)
            guard environment.string(forKey: key) != nil else { continue }
            let isRight =
                switch option.kind {
                case .text: true
                case .number: environment.int(forKey: key) != nil
                case .flag: environment.bool(forKey: key) != nil
                case .list: environment.stringArray(forKey: key) != nil
                }
            guard isRight else {
                throw CommandError.configuration(option.variable, reason: "it must be \(option.kind.rawValue)")
            }
        }
    }

    // MARK: - The file

    private static func values(in path: String) throws -> [AbsoluteConfigKey: ConfigValue] {
        guard let text = NamedText.read(path) else {
            throw CommandError.configuration(path, reason: "there is no such file, or it cannot be read")
        }
        guard case .dictionary(let members)? = try? JSONText.value(of: text) else {
            throw CommandError.configuration(path, reason: "it is no JSON object")
        }
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let option = OptionName(rawValue: name) else {
                throw CommandError.configuration(path, reason: "there is no option \"\(name)\"")
            }
            guard let content = content(of: value, as: option.kind) else {
                throw CommandError.configuration(path, reason: "\"\(name)\" must be \(option.kind.rawValue)")
            }
            values[AbsoluteConfigKey([name])] = ConfigValue(content, isSecret: false)
        }
        return values
    }

    /// nil when it is of another kind.
    private static func content(of value: Value, as kind: OptionName.Kind) -> ConfigContent? {
        switch (kind, value) {
        case (.text, .text(let text)): .string(text)
        case (.number, .integer(let number)): .int(number)
        case (.flag, .boolean(let flag)): .bool(flag)
        case (.list, .list(let items)) where items.allSatisfy { $0.text != nil }: .stringArray(items.compactMap(\.text))
        default: nil
        }
    }
}
