public import Values

/// The parameters of a remote method after Python's `self, cr, uid`, for counting and naming arguments as the
/// original's faults do (contract/wire.md §5).
public struct Signature: Sendable, ExpressibleByArrayLiteral {
    public let parameters: [Parameter]

    /// A parameter; without a fallback it must be given.
    public struct Parameter: Sendable, ExpressibleByStringLiteral {
        public let name: String
        public let fallback: Value?

        public init(stringLiteral name: String) {
            self.name = name
            fallback = nil
        }

        private init(name: String, fallback: Value?) {
            self.name = name
            self.fallback = fallback
        }

        /// A parameter that may be left out.
        public static func optional(_ name: String, _ fallback: Value = nil) -> Parameter {
            Parameter(name: name, fallback: fallback)
        }

        /// The usual last one.
        public static let context = Parameter.optional("context")
    }

    public init(arrayLiteral parameters: Parameter...) { self.parameters = parameters }

    /// Puts positional and named arguments in the order of the parameters, fallbacks filled in.
    ///
    /// - Throws: `ORMError.arguments` with Python's own words, `self`, `cr` and `uid` counted:
    ///   `read() takes at least 4 arguments (3 given)`.
    public func bind(_ positional: [Value], named: [String: Value] = [:], method: String) throws -> Arguments {
        let implied = 3
        let required = parameters.count { $0.fallback == nil }
        let given = positional.count + named.count
        guard positional.count <= parameters.count else {
            let bound = required == parameters.count ? "exactly" : "at most"
            throw ORMError.arguments(
                "\(method)() takes \(bound) \(parameters.count + implied) arguments (\(given + implied) given)")
        }
        var rest = named
        var values: [Value] = []
        for (index, parameter) in parameters.enumerated() {
            if index < positional.count {
                guard rest[parameter.name] == nil else {
                    throw ORMError.arguments(
                        "\(method)() got multiple values for keyword argument '\(parameter.name)'")
                }
                values.append(positional[index])
            } else if let value = rest.removeValue(forKey: parameter.name) ?? parameter.fallback {
                values.append(value)
            } else {
                let bound = required == parameters.count ? "exactly" : "at least"
                throw ORMError.arguments(
                    "\(method)() takes \(bound) \(required + implied) arguments (\(given + implied) given)")
            }
        }
        if let unknown = rest.keys.min() {
            throw ORMError.arguments("\(method)() got an unexpected keyword argument '\(unknown)'")
        }
        return Arguments(values, names: parameters.map(\.name))
    }
}
