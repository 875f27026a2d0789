import Foundation
import Synchronization
import Testing

@testable import Services

@Suite struct WorkerPoolTests {
    /// A door that jobs wait at until it is opened, so that a test knows what runs and what waits.
    private final class Door: Sendable {
        private let arrived = DispatchSemaphore(value: 0)
        private let opened = DispatchSemaphore(value: 0)

        func pass() {
            arrived.signal()
            opened.wait()
            opened.signal()
        }
        func awaitArrival() { arrived.wait() }
        func open() { opened.signal() }
    }

    @Test func `a single thread does its jobs in the order they came`() {
        let pool = WorkerPool(threads: 1, queueLimit: 100) { () }
        let done = Mutex<[Int]>([])
        for number in 0..<100 {
            #expect(pool.submit { _ in done.withLock { $0.append(number) } })
        }
        pool.stop(within: 30)
        #expect(done.withLock { $0 } == Array(0..<100))
    }

    @Test func `no more jobs run at once than there are threads`() {
        let pool = WorkerPool(threads: 3, queueLimit: 10) { () }
        let door = Door()
        let started = Atomic(0)
        for _ in 0..<5 {
            #expect(
                pool.submit { _ in
                    started.add(1, ordering: .sequentiallyConsistent)
                    door.pass()
                })
        }
        for _ in 0..<3 { door.awaitArrival() }
        #expect(started.load(ordering: .sequentiallyConsistent) == 3)
        door.open()
        pool.stop(within: 30)
        #expect(started.load(ordering: .sequentiallyConsistent) == 5)
    }

    @Test func `a job is refused while the queue is full, and taken again later`() {
        let pool = WorkerPool(threads: 1, queueLimit: 2) { () }
        let door = Door()
        #expect(pool.submit { _ in door.pass() })
        door.awaitArrival()
        let second = DispatchSemaphore(value: 0)
        #expect(pool.submit { _ in })
        #expect(pool.submit { _ in second.signal() })
        #expect(!pool.submit { _ in Issue.record("a refused job ran") })
        door.open()
        second.wait()
        #expect(pool.submit { _ in })
        pool.stop(within: 30)
    }

    @Test func `each thread keeps its workbench from job to job`() {
        let made = Mutex(0)
        let pool = WorkerPool(threads: 1, queueLimit: 10) {
            made.withLock { $0 += 1 }
            return 0
        }
        let counts = Mutex<[Int]>([])
        for _ in 0..<3 {
            #expect(
                pool.submit { bench in
                    bench += 1
                    let count = bench
                    counts.withLock { $0.append(count) }
                })
        }
        pool.stop(within: 30)
        #expect(made.withLock { $0 } == 1)
        #expect(counts.withLock { $0 } == [1, 2, 3])
    }

    @Test func `a stop finishes what was taken and takes nothing more`() {
        let pool = WorkerPool(threads: 2, queueLimit: 50) { () }
        let done = Atomic(0)
        for _ in 0..<50 {
            #expect(pool.submit { _ in done.add(1, ordering: .sequentiallyConsistent) })
        }
        pool.stop(within: 30)
        #expect(done.load(ordering: .sequentiallyConsistent) == 50)
        #expect(!pool.submit { _ in Issue.record("a job ran after the stop") })
    }

    @Test func `a stop waits no longer than it was told for a job that does not end`() {
        let pool = WorkerPool(threads: 1, queueLimit: 1) { () }
        let door = Door()
        #expect(pool.submit { _ in door.pass() })
        door.awaitArrival()
        let start = Date()
        pool.stop(within: 0.05)
        #expect(Date().timeIntervalSince(start) >= 0.05)
        door.open()
        pool.stop(within: 30)
    }

    @Test func `a pool of no threads has one, and a stop waits for it`() {
        let pool = WorkerPool(threads: 0, queueLimit: 10) { () }
        let done = Atomic(0)
        for _ in 0..<5 {
            #expect(
                pool.submit { _ in
                    Thread.sleep(forTimeInterval: 0.01)
                    done.add(1, ordering: .sequentiallyConsistent)
                })
        }
        pool.stop(within: 30)
        #expect(done.load(ordering: .sequentiallyConsistent) == 5)
    }

    @Test func `what a job held is let go of when it is done`() {
        final class Body: Sendable {}
        let pool = WorkerPool(threads: 1, queueLimit: 10) { () }
        weak var seen: Body?
        do {
            let body = Body()
            seen = body
            #expect(pool.submit { _ in withExtendedLifetime(body) {} })
        }
        let next = DispatchSemaphore(value: 0)
        #expect(pool.submit { _ in next.signal() })
        next.wait()
        #expect(seen == nil)
        pool.stop(within: 30)
    }
}
