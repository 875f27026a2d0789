internal import Foundation

/// The date a mail carries, and times as people in another zone read them.
enum MailDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Zones that old mail programs name by letters, in hours east of Greenwich.
    private static let namedZones = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8, "pdt": -7,
    ]

    /// A header such as `Tue, 24 Nov 2026 11:22:26 +0100 (CET)` in the server's local time and OpenERP's spelling. A
    /// zone that is missing or unknown counts as the server's own, and OpenERP's spelling stays as it is.
    ///
    /// - Returns: nil when the text is no date.
    static func serverTime(of header: String, on server: TimeZone = .current) -> String? {
        // No header that means anything is longer; a hostile one is not taken apart.
        guard header.utf8.count <= 128 else { return nil }
        if components(ofStored: header) != nil { return header }
        let beforeComment = header.prefix { $0 != "(" }
        let afterWeekday = beforeComment.split(separator: ",").last ?? ""
        let words = afterWeekday.split(whereSeparator: \.isWhitespace)
        guard words.count >= 4, let day = Int(words[0]), (1...31).contains(day),
            let month = months.firstIndex(of: words[1].prefix(3).lowercased()), let year = year(words[2]),
            let clock = clock(words[3])
        else { return nil }
        var parts = DateComponents(year: year, month: month + 1, day: day)
        (parts.hour, parts.minute, parts.second) = clock
        let offset = words.count > 4 ? self.offset(words[4]) : nil
        let zone = offset.flatMap { TimeZone(secondsFromGMT: $0) } ?? server
        return text(of: parts, in: zone, seenIn: server)
    }

    /// A stored time, which is the server's, as it reads in another zone; itself when it is no time.
    static func shown(_ stored: String, in zone: TimeZone, on server: TimeZone = .current) -> String {
        components(ofStored: stored).flatMap { text(of: $0, in: server, seenIn: zone) } ?? stored
    }

    // MARK: - Parts

    private static func components(ofStored text: String) -> DateComponents? {
        let numbers = text.split { "- :".contains($0) }.map { Int($0) }
        guard text.utf8.count == 19, numbers.count == 6, let year = numbers[0], let month = numbers[1],
            let day = numbers[2], let hour = numbers[3], let minute = numbers[4], let second = numbers[5],
            (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...59).contains(second), year > 0
        else { return nil }
        return DateComponents(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// Years of two digits are those around the turn of the millennium, as mail programs once wrote them.
    private static func year(_ word: Substring) -> Int? {
        guard let year = Int(word), (0...9999).contains(year) else { return nil }
        return year >= 100 ? year : year + (year < 50 ? 2000 : 1900)
    }

    private static func clock(_ word: Substring) -> (Int, Int, Int)? {
        let numbers = word.split(separator: ":").map { Int($0) ?? -1 }
        guard (2...3).contains(numbers.count), (0...23).contains(numbers[0]), (0...59).contains(numbers[1]) else {
            return nil
        }
        let second = numbers.count > 2 ? numbers[2] : 0
        // A leap second is told as the one before it.
        return (0...60).contains(second) ? (numbers[0], numbers[1], min(second, 59)) : nil
    }

    /// Seconds east of Greenwich.
    private static func offset(_ word: Substring) -> Int? {
        if let hours = namedZones[word.lowercased()] { return hours * 3600 }
        guard word.utf8.count == 5, word.hasPrefix("+") || word.hasPrefix("-"), let digits = Int(word.dropFirst()),
            (0...1400).contains(digits), digits % 100 < 60
        else { return nil }
        let seconds = digits / 100 * 3600 + digits % 100 * 60
        return word.hasPrefix("-") ? -seconds : seconds
    }

    private static func text(of parts: DateComponents, in zone: TimeZone, seenIn other: TimeZone) -> String? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        guard let moment = calendar.date(from: parts) else { return nil }
        calendar.timeZone = other
        let seen = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment)
        func digits(_ number: Int?, _ count: Int = 2) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return "\(digits(seen.year, 4))-\(digits(seen.month))-\(digits(seen.day)) "
            + "\(digits(seen.hour)):\(digits(seen.minute)):\(digits(seen.second))"
    }
}
