internal import DequeModule
internal import Foundation
internal import Synchronization

/// A bounded number of threads that run calls from a bounded queue, in order. A call owns its thread, and the database
/// connection it borrows, from beginning to end.
///
/// Each thread has a workbench of its own: what a job needs and need not make anew, such as a decoder.
///
/// Not for long work: reports and mail have a pool of their own, so that they never hold up a click.
public final class WorkerPool<Workbench>: Sendable {
    /// What the threads share, guarded by the condition.
    private final class Queue: @unchecked Sendable {
        // Every access to the two variables happens between `condition.lock()` and `condition.unlock()`.
        let condition = NSCondition()
        var jobs: Deque<@Sendable (inout Workbench) -> Void> = []
        var isStopped = false
    }

    private let queue = Queue()
    private let queueLimit: Int
    private let running: Threads

    /// Counts threads that have not ended, for an orderly stop.
    private final class Threads: Sendable {
        let count = Mutex(0)
    }

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threads: How many; at least one is started, since calls that wait must end some time.
    ///   - queueLimit: How many calls may wait; a further one is refused.
    ///   - workbench: Called once on each thread.
    public init(threads: Int, queueLimit: Int, workbench: @escaping @Sendable () -> Workbench) {
        self.queueLimit = queueLimit
        running = Threads()
        let threads = max(1, threads)
        running.count.withLock { $0 = threads }
        for number in 1...threads {
            let thread = Thread { [queue, running] in
                Self.work(queue, at: workbench())
                running.count.withLock { $0 -= 1 }
            }
            thread.name = "worker-\(number)"
            // Decoding and domains recurse as deep as their limits allow.
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    /// Hands in a job; false when too many wait already or the pool is stopped.
    public func submit(_ job: @escaping @Sendable (inout Workbench) -> Void) -> Bool {
        queue.condition.lock()
        defer { queue.condition.unlock() }
        guard !queue.isStopped, queue.jobs.count < queueLimit else { return false }
        queue.jobs.append(job)
        queue.condition.signal()
        return true
    }

    /// Takes no more jobs, lets the threads finish those they have, and waits for them at most `seconds`.
    public func stop(within seconds: Double) {
        queue.condition.lock()
        queue.isStopped = true
        queue.condition.broadcast()
        queue.condition.unlock()
        let end = Date(timeIntervalSinceNow: seconds)
        while running.count.withLock({ $0 }) > 0, Date() < end { Thread.sleep(forTimeInterval: 0.01) }
    }

    private static func work(_ queue: Queue, at workbench: Workbench) {
        var workbench = workbench
        while true {
            queue.condition.lock()
            while queue.jobs.isEmpty, !queue.isStopped { queue.condition.wait() }
            guard let job = queue.jobs.popFirst() else {
                queue.condition.unlock()
                return
            }
            queue.condition.unlock()
            job(&workbench)
        }
    }
}
