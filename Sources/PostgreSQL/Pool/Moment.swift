import Glibc

/// Time that only goes forward, for waiting and for ages.
enum Moment {
    /// Seconds since some moment in the past.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Holds the thread; for loops that ask again whether a program has come up or gone.
    static func pause(seconds: Double) {
        // A signal ends it early, which a loop that asks again does not mind.
        usleep(UInt32(seconds * 1e6))
    }
}
