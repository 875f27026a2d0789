public import Values

/// Something clients may call on a model. What is not declared does not exist for them.
public struct RemoteMethod: Sendable {
    /// The name on the wire: `case_open`.
    public let name: String
    /// False allows the call to be run again when its COMMIT was lost, and to answer before COMMIT is confirmed.
    public let writes: Bool
    /// The parameters after Python's `self, cr, uid`; nil takes any number.
    public let signature: Signature?
    public let body: Body

    /// What runs: with the ids of the first argument as records, with the environment alone, or around an earlier
    /// addon's method of the same name.
    public enum Body: Sendable {
        case records(@Sendable (Records, Arguments) throws -> Value)
        case model(@Sendable (Environment, Arguments) throws -> Value)
        case standard(@Sendable (Records, Arguments) throws -> MethodResult)
        case overriding(@Sendable (Records, Arguments, (Records, Arguments) throws -> Value) throws -> Value)
    }

    init(_ name: String, writes: Bool, signature: Signature?, body: Body) {
        self.name = name
        self.writes = writes
        self.signature = signature
        self.body = body
    }

    /// A method of records: its first argument is an id or a list of ids.
    public static func method(
        _ name: String, writes: Bool, _ signature: Signature? = nil,
        _ body: @escaping @Sendable (Records, Arguments) throws -> Value
    ) -> RemoteMethod {
        RemoteMethod(name, writes: writes, signature: signature, body: .records(body))
    }

    /// A method of the model: no ids come first.
    public static func modelMethod(
        _ name: String, writes: Bool, _ signature: Signature? = nil,
        _ body: @escaping @Sendable (Environment, Arguments) throws -> Value
    ) -> RemoteMethod {
        RemoteMethod(name, writes: writes, signature: signature, body: .model(body))
    }

    /// A method of the model that works on whichever model it was copied to: it gets `Records` without ids, and takes
    /// ids among its arguments as they were sent.
    public static func handleMethod(
        _ name: String, writes: Bool, _ signature: Signature,
        _ body: @escaping @Sendable (Records, Arguments) throws -> Value
    ) -> RemoteMethod {
        RemoteMethod(
            name, writes: writes, signature: signature, body: .standard { .value(try body($0, $1)) })
    }

    /// A view's on-change: ids first (often none), then values of the form; it answers what to change there.
    public static func onChange(
        _ name: String, _ signature: Signature? = nil,
        _ body: @escaping @Sendable (Environment, Arguments) throws -> OnChange
    ) -> RemoteMethod {
        RemoteMethod(
            name, writes: false, signature: signature,
            body: .records { records, arguments in
                let change = try body(records.environment, arguments)
                return change.value(in: change.warning == nil ? nil : try records.environment.translatedTexts())
            })
    }

    /// Wraps the method of that name of an addon before this one; a registry without it is an error.
    public static func overriding(
        _ name: String, writes: Bool, _ signature: Signature? = nil,
        _ body: @escaping @Sendable (Records, Arguments, (Records, Arguments) throws -> Value) throws -> Value
    ) -> RemoteMethod {
        RemoteMethod(name, writes: writes, signature: signature, body: .overriding(body))
    }
}

/// The answer of an on-change: values to set, domains to apply, a warning to show; all optional.
public struct OnChange: Sendable {
    public var values: FieldValues
    public var domains: FieldValues
    public var warning: Warning?

    /// A message box of the client.
    public struct Warning: Sendable {
        public let title: String
        public let message: String

        public init(title: String, message: String) {
            self.title = title
            self.message = message
        }
    }

    public init(_ values: FieldValues = [:], domains: FieldValues = [:], warning: Warning? = nil) {
        self.values = values
        self.domains = domains
        self.warning = warning
    }

    /// `{'value': {…}, 'domain': {…}, 'warning': {…}}`, absent parts left out but for `value`.
    ///
    /// - Parameter texts: What the warning says in the caller's language; nil leaves it as it was written.
    func value(in texts: TranslatedTexts?) -> Value {
        var parts: [String: Value] = ["value": .dictionary(values)]
        if !domains.isEmpty { parts["domain"] = .dictionary(domains) }
        if let warning {
            parts["warning"] = [
                "title": .text(texts?.text(for: warning.title, .code) ?? warning.title),
                "message": .text(texts?.text(for: warning.message, .code) ?? warning.message),
            ]
        }
        return .dictionary(parts)
    }
}
