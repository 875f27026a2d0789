public import Values

/// A call as a transport hands it in.
public struct ServiceRequest: Sendable {
    /// `common`, `db` or `object`.
    public let service: String
    public let call: MethodCall
    /// Where the call comes from, for slowing down guessed passwords: an address without port.
    public let address: String

    public init(service: String, call: MethodCall, address: String) {
        self.service = service
        self.call = call
        self.address = address
    }
}

/// What a call came to.
public enum ServiceOutcome {
    case result(MethodResult)
    case fault(Fault)
}

/// Parameters of a service method, checked as they are taken.
struct Parameters {
    let service: String
    let values: [Value]

    init(_ request: ServiceRequest) {
        service = request.service
        values = request.call.parameters
    }

    /// - Throws: `ServiceError.tooFewParameters` unless at least so many are there.
    func require(_ count: Int) throws {
        guard values.count >= count else {
            throw ServiceError.tooFewParameters(service: service, given: values.count)
        }
    }

    /// A text; anything else is written as Python would.
    func text(_ index: Int) -> String {
        index < values.count && !values[index].isAbsent ? values[index].plainText : ""
    }

    subscript(_ index: Int) -> Value { index < values.count ? values[index] : .null }
}
