internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#endif

/// Why an address could not be listened on.
public enum ListenerError: Error, Equatable, CustomStringConvertible {
    case addressTaken(interface: String, port: Int)
    case forbidden(interface: String, port: Int)
    case unavailable(interface: String, port: Int, reason: String)

    init(_ error: IOError, interface: String, port: Int) {
        switch error.errnoCode {
        case EADDRINUSE: self = .addressTaken(interface: interface, port: port)
        case EACCES, EPERM: self = .forbidden(interface: interface, port: port)
        default:
            self = .unavailable(interface: interface, port: port, reason: String(cString: strerror(error.errnoCode)))
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
        }
    }
}
