#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// A length of time in whole seconds: `timedelta`.
struct Interval: Hashable {
    let seconds: Int

    /// Python's bound of a timedelta, which keeps sums of intervals and moments far from overflow.
    static let largestDays = 999_999_999

    /// Nil when the length is beyond Python's bound.
    init?(seconds: Int) {
        guard abs(Double(seconds)) <= Double(Self.largestDays) * 86_400 else { return nil }
        self.seconds = seconds
    }

    init?(seconds: Double) {
        guard let whole = Int(exactly: seconds.rounded()) else { return nil }
        self.init(seconds: whole)
    }

    /// `days` may be negative while `rest` is within a day: -1 second is -1 day and 86399 seconds.
    var days: Int { (Double(seconds) / 86_400).floorInteger }
    var rest: Int { seconds - days * 86_400 }

    /// `3 days, 4:05:06` as Python writes it.
    var text: String {
        let clock = "\(rest / 3600):\((rest / 60 % 60).padded(2)):\((rest % 60).padded(2))"
        return days == 0 ? clock : "\(days) day\(abs(days) == 1 ? "" : "s"), \(clock)"
    }
}

/// A date, or a date with its time, without time zone: the server's local time, as OpenERP stores it. Whole seconds;
/// years 1 to 9999.
struct Moment: Hashable {
    /// Seconds since 1970 as if the local time were UTC.
    let seconds: Int
    /// A `date`: its time is midnight.
    let isDate: Bool

    static let range = -62_135_596_800...253_402_300_799

    init?(seconds: Int, isDate: Bool) {
        guard Self.range.contains(seconds) else { return nil }
        let day = (Double(seconds) / 86_400).floorInteger
        self.seconds = isDate ? day * 86_400 : seconds
        self.isDate = isDate
    }

    /// A moment by its parts, `[year, month, day, hour, minute, second]`; nil when there is no such day or time.
    init?(parts: [Int], isDate: Bool) {
        let bounds = [1...9999, 1...12, 1...31, 0...23, 0...59, 0...59]
        guard parts.count == bounds.count, zip(parts, bounds).allSatisfy({ $1.contains($0) }) else { return nil }
        var fields = tm()
        fields.tm_year = Int32(parts[0] - 1900)
        fields.tm_mon = Int32(parts[1] - 1)
        fields.tm_mday = Int32(parts[2])
        fields.tm_hour = Int32(parts[3])
        fields.tm_min = Int32(parts[4])
        fields.tm_sec = Int32(parts[5])
        self.init(seconds: timegm(&fields), isDate: isDate)
        // The 31st of a shorter month comes out as a day of the next.
        guard self.parts == parts || isDate else { return nil }
        guard self.parts.prefix(3) == parts.prefix(3) else { return nil }
    }

    /// The present local time.
    static func now(isDate: Bool = false) -> Moment? {
        var moment = time(nil)
        var fields = tm()
        localtime_r(&moment, &fields)
        return Moment(seconds: timegm(&fields), isDate: isDate)
    }

    private var fields: tm {
        var moment = time_t(seconds)
        var fields = tm()
        gmtime_r(&moment, &fields)
        return fields
    }

    /// Year, month, day, hour, minute, second.
    var parts: [Int] {
        let fields = fields
        return [
            Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, Int(fields.tm_mday),
            Int(fields.tm_hour), Int(fields.tm_min), Int(fields.tm_sec),
        ]
    }

    /// 0 is Monday.
    var weekday: Int { (Int(fields.tm_wday) + 6) % 7 }

    /// `2011-06-01` or `2011-06-01 08:30:00`.
    var text: String { isoText(separator: " ") }

    func isoText(separator: String) -> String {
        let parts = parts
        let date = "\(parts[0].padded(4))-\(parts[1].padded(2))-\(parts[2].padded(2))"
        if isDate { return date }
        return "\(date)\(separator)\(parts[3].padded(2)):\(parts[4].padded(2)):\(parts[5].padded(2))"
    }

    /// The moment by a `strftime` pattern; nil for patterns that are too long, or make more than they should.
    func formatted(_ pattern: String) -> String? {
        if pattern.isEmpty { return "" }
        guard pattern.utf8.count <= 1000, !pattern.utf8.contains(0) else { return nil }
        var fields = fields
        // The mark at the end tells an empty result from one that did not fit.
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32 * 1024) { buffer in
            let length = strftime(buffer.baseAddress, buffer.count, pattern + "|", &fields)
            guard length > 0 else { return nil }
            return String(decoding: UnsafeRawBufferPointer(buffer).prefix(length - 1), as: UTF8.self)
        }
    }
}
