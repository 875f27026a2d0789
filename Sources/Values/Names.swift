/// A model's name as clients spell it: `res.partner`.
public typealias ModelName = String

/// A field's name as clients spell it: `partner_id`.
public typealias FieldName = String

/// A record's number in its table. 0 and negative numbers name no record.
public typealias RecordID = Int

/// A call as it comes off a wire: a method and its positional parameters.
public struct MethodCall: Hashable, Sendable {
    public let method: String
    public let parameters: [Value]

    public init(_ method: String, _ parameters: [Value]) {
        self.method = method
        self.parameters = parameters
    }
}
