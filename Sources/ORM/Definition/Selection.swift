/// The keys of a selection field with their labels, in the order a client shows them.
public enum Selection: Sendable, ExpressibleByDictionaryLiteral {
    case fixed([Option])
    /// Asked whenever it is needed: languages, models, time zones.
    case computed(@Sendable (Environment) throws -> [Option])

    /// A key as it is stored and the label a person sees.
    public struct Option: Hashable, Sendable {
        public let key: String
        public let label: String

        public init(_ key: String, _ label: String) {
            self.key = key
            self.label = label
        }
    }

    /// Keeps the order written.
    public init(dictionaryLiteral elements: (String, String)...) {
        self = .fixed(elements.map { Option($0.0, $0.1) })
    }

    /// The options as they are for this call.
    public func options(in environment: Environment) throws -> [Option] {
        switch self {
        case .fixed(let options): options
        case .computed(let options): try options(environment)
        }
    }

    /// The size of the column: the longest key, at least `size` or 16 (contract/orm.md §2).
    func columnSize(_ size: Int?) -> Int {
        guard case .fixed(let options) = self else { return size ?? 16 }
        return options.reduce(size ?? 16) { max($0, $1.key.unicodeScalars.count) }
    }
}
