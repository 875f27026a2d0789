/// Why a value cannot be written in XML-RPC.
public enum EncodingError: Error, Equatable, CustomStringConvertible {
    /// The wire's integers have 32 bits.
    case integerOutOfRange(Int)

    public var description: String {
        switch self {
        case .integerOutOfRange: "int exceeds XML-RPC limits"
        }
    }
}
