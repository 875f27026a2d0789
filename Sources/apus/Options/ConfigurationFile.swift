internal import Configuration
internal import Foundation
internal import SystemPackage

/// Options from the environment and from a JSON file, in this order. The command line is asked before.
struct ConfigurationFile {
    private let reader: ConfigReader

    /// Every option a file may name.
    static let keys: Set<String> = [
        "postgres", "data", "addons-path", "log-level", "port", "interface", "workers", "login-message",
        "no-database-list", "allow-default-passwords", "database", "demo", "addons", "user", "password",
        "super-password",
    ]

    /// - Throws: `CommandError.configuration` naming the file when it cannot be read or names an unknown option.
    init(path: String?) async throws {
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider().prefixKeys(with: "apus")
        ]
        if let path {
            try Self.check(path)
            do {
                providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(path)))
            } catch {
                throw CommandError.configuration(path, reason: "\(error)")
            }
        }
        reader = ConfigReader(providers: providers)
    }

    func text(_ key: String) -> String? { reader.string(forKey: ConfigKey(key)) }
    func texts(_ key: String) -> [String]? { reader.stringArray(forKey: ConfigKey(key)) }
    func flag(_ key: String) -> Bool { reader.bool(forKey: ConfigKey(key)) ?? false }

    /// - Throws: `CommandError.configuration` when the value is there but no number.
    func number(_ key: String) throws -> Int? {
        if let number = reader.int(forKey: ConfigKey(key)) { return number }
        guard let text = reader.string(forKey: ConfigKey(key)) else { return nil }
        throw CommandError.configuration(key, reason: "\"\(text)\" is no number")
    }

    private struct Keys: Decodable {
        let all: [String]

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            all = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue)
        }
    }

    private static func check(_ path: String) throws {
        let keys: Keys
        do {
            keys = try JSONDecoder().decode(Keys.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw CommandError.configuration(path, reason: "it cannot be read as a JSON object")
        }
        if let unknown = keys.all.sorted().first(where: { !Self.keys.contains($0) }) {
            throw CommandError.configuration(path, reason: "there is no option \"\(unknown)\"")
        }
    }
}
