internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#endif

/// Why an address could not be listened on.
public enum ListenerError: Error, Equatable, CustomStringConvertible {
    case addressTaken(interface: String, port: Int)
    case forbidden(interface: String, port: Int)
    case unavailable(interface: String, port: Int, reason: String)
    /// Neither an address nor a name that resolves to one.
    case unknownInterface(String)

    /// What a failed `bind` means.
    init(_ error: any Error, interface: String, port: Int) {
        switch error {
        case is SocketAddressError.UnknownHost: self = .unknownInterface(interface)
        case let error as IOError: self.init(code: error.errnoCode, interface: interface, port: port)
        default: self = .unavailable(interface: interface, port: port, reason: "\(error)")
        }
    }

    private init(code: CInt, interface: String, port: Int) {
        switch code {
        case EADDRINUSE: self = .addressTaken(interface: interface, port: port)
        case EACCES, EPERM: self = .forbidden(interface: interface, port: port)
        default: self = .unavailable(interface: interface, port: port, reason: String(cString: strerror(code)))
        }
    }

    public var description: String {
        switch self {
        case .addressTaken(let interface, let port):
            "port \(port) on \(interface) is taken by another program; choose one with --port, 0 takes a free one"
        case .forbidden(let interface, let port):
            "port \(port) on \(interface) may not be used by this user; choose one above 1023 with --port"
        case .unavailable(let interface, let port, let reason):
            "cannot listen on \(interface), port \(port): \(reason)"
        case .unknownInterface(let interface):
            "there is no address \(interface): give --interface one of this machine's, or 0.0.0.0 for all of them"
        }
    }
}
