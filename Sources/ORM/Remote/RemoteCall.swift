public import Values

/// A client's call of a model's method: found among what is declared, its arguments bound, run.
public struct RemoteCall {
    public let model: Model
    public let method: RemoteMethod
    private let arguments: Arguments

    /// - Throws: `ORMError.privateMethod`, `.unknownMethod`, `.unknownModel`, and `.arguments` when they do not fit.
    public init(
        _ name: String, of modelName: ModelName, in registry: Registry, positional: [Value],
        named: [String: Value] = [:]
    ) throws {
        model = try registry.model(modelName)
        guard !name.hasPrefix("_") else { throw ORMError.privateMethod(name) }
        guard let method = Self.method(name, of: model) else { throw ORMError.unknownMethod(name, of: modelName) }
        self.method = method
        if let signature = method.signature {
            arguments = try signature.bind(positional, named: named, method: name)
        } else {
            guard named.isEmpty else {
                throw ORMError.arguments("\(name)() takes no keyword arguments")
            }
            arguments = Arguments(positional)
        }
    }

    /// The method clients may call by a name, or nil.
    public static func method(_ name: String, of model: Model) -> RemoteMethod? {
        model.remote[name] ?? StandardMethods.byName[name]
    }

    /// What clients may call on a model, in alphabetical order.
    public static func methods(of model: Model) -> [RemoteMethod] {
        StandardMethods.byName.merging(model.remote) { _, own in own }.values.sorted { $0.name < $1.name }
    }

    /// Runs the method; the context among its arguments becomes the environment's.
    public func run(in environment: Environment) throws -> MethodResult {
        let environment = environment.with(context: Context(arguments.context))
        return try method.run(Records(of: model, [], in: environment), arguments)
    }
}

extension RemoteMethod {
    /// Runs the method with arguments as a client gives them, ids first where the method is one of records.
    func run(_ handle: Records, _ arguments: Arguments) throws -> MethodResult {
        switch body {
        case .standard(let body): return try body(handle, arguments)
        case .model(let body): return .value(try body(handle.environment, arguments))
        case .records(let body):
            let ids = try RecordIDs.list(arguments[0], of: handle.model)
            return .value(try body(handle.other(ids), arguments.droppingFirst()))
        case .overriding:
            throw ORMError.unknownMethod(name, of: handle.model.name)
        }
    }
}
