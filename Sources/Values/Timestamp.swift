#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The server's clock in OpenERP's spelling. OpenERP stores naive local time and never converts (contract/orm.md §15).
public enum Timestamp {
    /// `2011-06-01 08:30:00`, the server's local time.
    public static func now() -> String { format("%Y-%m-%d %H:%M:%S") }

    /// `2011-06-01`, the server's local date.
    public static func today() -> String { format("%Y-%m-%d") }

    /// The present moment by a `strftime` pattern; the result is at most 127 bytes long.
    public static func format(_ pattern: String) -> String {
        var moment = time(nil)
        var parts = tm()
        localtime_r(&moment, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            let length = strftime(buffer.baseAddress, buffer.count, pattern, &parts)
            return String(decoding: UnsafeRawBufferPointer(buffer).prefix(length), as: UTF8.self)
        }
    }

    /// The present moment in seconds since 1970, with fractions.
    public static var seconds: Double {
        var moment = timespec()
        clock_gettime(CLOCK_REALTIME, &moment)
        return Double(moment.tv_sec) + Double(moment.tv_nsec) / 1e9
    }
}
