internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// The present moment as HTTP headers write it: `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Made once a second, however many answers go out.
    static func now() -> String {
        let moment = time(nil)
        return latest.withLock { latest in
            if latest.moment != moment { latest = (moment, text(of: moment)) }
            return latest.text
        }
    }

    private static let latest = Mutex<(moment: time_t, text: String)>((0, ""))

    /// English names whatever the server's locale is.
    static func text(of moment: time_t) -> String {
        var moment = moment
        var parts = tm()
        gmtime_r(&moment, &parts)
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
        return "\(days[Int(parts.tm_wday)]), \(twoDigits(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
            + "\(parts.tm_year + 1900) \(clock) GMT"
    }

    private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : String(number) }
}
