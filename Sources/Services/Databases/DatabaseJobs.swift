internal import Foundation
internal import Logging
internal import Synchronization
internal import Values

/// Databases that are created in the background: `db.create` gives a number, `db.get_progress` asks after it.
final class DatabaseJobs: Sendable {
    private enum Job {
        case running(Double)
        case done(users: Value)
        case failed(Fault)
    }

    private struct State {
        var last = 0
        var jobs: [Int: Job] = [:]
    }

    /// How many ended jobs are remembered.
    private static let kept = 100

    private let databases: DatabaseHost
    private let logger: Logger
    private let state = Mutex(State())

    init(databases: DatabaseHost, logger: Logger) {
        self.databases = databases
        self.logger = logger
    }

    /// Creates the empty database at once, so that an existing name faults here, and fills it in the background.
    func create(_ order: DatabaseOrder) throws -> Int {
        try databases.reserveNew(order.name)
        let number = state.withLock { state in
            state.last += 1
            state.jobs[state.last] = .running(0.01)
            return state.last
        }
        let thread = Thread { [self] in fill(order, number) }
        thread.name = "create-database"
        thread.stackSize = 4 << 20
        thread.start()
        return number
    }

    private func fill(_ order: DatabaseOrder, _ number: Int) {
        let job: Job
        do {
            let users = try databases.fillReserved(order) { fraction in
                self.state.withLock { $0.jobs[number] = .running(min(0.95, fraction)) }
            }
            job = .done(
                users: .list(
                    users.map {
                        ["login": .text($0.login), "password": .text($0.password), "name": .text($0.name)]
                    }))
        } catch {
            let fault = FaultReporter(logger: logger).fault(for: error, ["database": "\(order.name)"])
            logger.warning(
                "a database could not be created",
                metadata: ["name": "\(order.name)", "reason": "\(fault.code.plainText)"])
            job = .failed(fault)
        }
        state.withLock { state in
            state.jobs[number] = job
            // Nobody may ever ask after them.
            let ended = state.jobs.keys.sorted().filter { if case .running = state.jobs[$0] { false } else { true } }
            for old in ended.dropLast(Self.kept) { state.jobs[old] = nil }
        }
    }

    /// `[progress, []]` while it runs, `[1.0, users]` at the end; then, and after a failure, the number is forgotten.
    func progress(of number: Int) throws -> Value {
        let job = state.withLock { state in
            let job = state.jobs[number]
            if case .running = job { return job }
            state.jobs[number] = nil
            return job
        }
        switch job {
        case .running(let fraction): return [.float(fraction), []]
        case .done(let users): return [1.0, users]
        case .failed(let fault): throw fault
        case nil: throw ServiceError.unknownJob(number)
        }
    }
}
