/// The hours a calendar leaves for work: those of its week without leaves. Pure arithmetic over what was read.
struct WorkingTime {
    /// A stretch of the week: from and to in seconds of the day, from this day on.
    struct Shift {
        let weekday: Int
        let from: Int
        let to: Int
        let since: Moment?
    }

    typealias Interval = (from: Moment, to: Moment)

    /// A week without an hour of work, or nothing but leaves, ends the search.
    private static let dayLimit = 3_660

    let shifts: [Shift]
    let leaves: [Interval]

    init(shifts: [Shift], leaves: [Interval]) {
        self.shifts = shifts.sorted { $0.from < $1.from }
        self.leaves = leaves.sorted { $0.from < $1.from }
    }

    /// When so many hours of work are done that begin at a moment, in order. Fewer when there are none for ten years.
    func intervals(from start: Moment, hours: Double) -> [Interval] {
        var rest = Self.seconds(hours)
        var found: [Interval] = []
        for day in 0..<Self.dayLimit where rest > 0 {
            for interval in work(on: start.day.adding(days: day)) where rest > 0 && interval.to > start {
                let from = max(interval.from, start)
                let length = min(rest, interval.to.seconds - from.seconds)
                found.append((from, Moment(seconds: from.seconds + length)))
                rest -= length
            }
        }
        return found
    }

    /// When so many hours of work were done that ended at a moment, the last ones first.
    func intervals(until end: Moment, hours: Double) -> [Interval] {
        var rest = Self.seconds(hours)
        var found: [Interval] = []
        for day in 0..<Self.dayLimit where rest > 0 {
            for interval in work(on: end.day.adding(days: -day)).reversed() where rest > 0 && interval.from < end {
                let to = min(interval.to, end)
                let length = min(rest, to.seconds - interval.from.seconds)
                found.append((Moment(seconds: to.seconds - length), to))
                rest -= length
            }
        }
        return found
    }

    /// The hours of work between two moments; of the first ten years.
    func hours(from start: Moment, to end: Moment) -> Double {
        var total = 0
        for number in 0..<Self.dayLimit {
            let day = start.day.adding(days: number)
            if day >= end { break }
            for interval in work(on: day) {
                total += max(0, min(interval.to, end).seconds - max(interval.from, start).seconds)
            }
        }
        return Double(total) / 3_600
    }

    /// The stretches of one day that no leave takes.
    private func work(on day: Moment) -> [Interval] {
        var work: [Interval] = []
        for shift in shifts where shift.weekday == day.weekday && shift.from < shift.to {
            if let since = shift.since, day < since { continue }
            work.append((Moment(seconds: day.seconds + shift.from), Moment(seconds: day.seconds + shift.to)))
        }
        if work.isEmpty { return [] }
        for leave in leaves where leave.from < day.adding(days: 1) && leave.to > day {
            work = work.flatMap { interval -> [Interval] in
                guard leave.from < interval.to, leave.to > interval.from else { return [interval] }
                let before: Interval = (interval.from, leave.from)
                let after: Interval = (leave.to, interval.to)
                return [before, after].filter { $0.from < $0.to }
            }
        }
        return work
    }

    /// The seconds of so many hours, none for what is no number.
    static func seconds(_ hours: Double) -> Int {
        hours.isFinite ? Int((min(max(hours, 0), 1_000_000) * 3_600).rounded()) : 0
    }
}
