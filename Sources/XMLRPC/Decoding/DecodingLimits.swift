/// What a document may cost before it is refused. Input is hostile until it is read.
public struct DecodingLimits: Sendable {
    /// Bytes of the whole document.
    public var bodyBytes = 64 << 20
    /// Arrays and structs within one another.
    public var depth = 64
    /// Values and members, all together.
    public var elements = 2_000_000
    /// Bytes of all texts together.
    public var textBytes = 64 << 20

    public init() {}

    /// The usual limits with another size of the whole.
    public init(bodyBytes: Int) {
        self.bodyBytes = bodyBytes
        textBytes = bodyBytes
    }
}
