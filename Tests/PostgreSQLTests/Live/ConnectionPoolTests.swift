import Foundation
import SQL
import Synchronization
import Testing

@testable import PostgreSQL

@Suite struct ConnectionPoolTests {
    private func pool(
        limit: Int = 4, perDatabase: Int? = nil, idle: Double = 60, wait: Double = 10
    ) throws -> ConnectionPool {
        ConnectionPool(
            settings: try TestCluster.settings, limit: limit, limitPerDatabase: perDatabase, idleSeconds: idle,
            waitSeconds: wait)
    }

    private func backend(_ connection: Connection) throws -> Int? {
        try connection.run("SELECT pg_backend_pid()").integer(0, 0)
    }

    @Test func `a healthy connection is lent again`() throws {
        let pool = try pool()
        let first = try pool.withConnection(to: "postgres") { try backend($0) }
        let second = try pool.withConnection(to: "postgres") { try backend($0) }
        #expect(first == second)
        #expect(pool.openCount == 1)
        pool.shutdown()
    }

    @Test func `statements are counted over all connections, when their loans end`() throws {
        let pool = try pool()
        #expect(pool.statementCount == 0)
        try pool.withConnection(to: "postgres") { connection in
            _ = try connection.run("SELECT 1")
            _ = try connection.run("SELECT 1")
            _ = try connection.run(pipeline: ["SELECT 2", "SELECT 3"])
            try connection.execute(script: "SELECT 4")
            #expect(pool.statementCount == 0)
        }
        #expect(pool.statementCount == 5)
        pool.closeConnections(to: "postgres")
        try pool.withConnection(to: "postgres") { _ = try $0.run("SELECT 1") }
        #expect(pool.statementCount == 6)
        pool.shutdown()
    }

    @Test func `a connection with an open transaction is closed`() throws {
        let pool = try pool()
        try pool.withConnection(to: "postgres") { try $0.execute(script: "BEGIN") }
        #expect(pool.openCount == 0)
        #expect(throws: PostgreSQLError.self) {
            try pool.withConnection(to: "postgres") { connection in
                try connection.execute(script: "BEGIN")
                _ = try connection.run("SELECT no_such")
            }
        }
        #expect(pool.openCount == 0)
        pool.shutdown()
    }

    @Test func `an idle connection that the server has ended is replaced`() throws {
        let pool = try pool()
        let first = try #require(try pool.withConnection(to: "postgres") { try backend($0) })
        _ = try TestCluster.connection().run("SELECT pg_terminate_backend(\(first)::int, 5000)")
        let second = try pool.withConnection(to: "postgres") { try backend($0) }
        #expect(second != nil && second != first)
        #expect(pool.openCount == 1)
        pool.shutdown()
    }

    @Test func `who waits too long gets a clear error`() throws {
        let pool = try pool(limit: 1, wait: 0.05)
        try pool.withConnection(to: "postgres") { _ in
            #expect(throws: PostgreSQLError.poolExhausted(database: "postgres", limit: 1, waitedSeconds: 0.05)) {
                try pool.withConnection(to: "postgres") { _ in }
            }
        }
        try pool.withConnection(to: "postgres") { _ = try $0.run("SELECT 1") }
        pool.shutdown()
    }

    @Test func `many threads share few connections`() throws {
        let pool = try pool(limit: 2)
        let done = DispatchGroup()
        let total = Atomic(0)
        for number in 1...8 {
            done.enter()
            Thread.detachNewThread {
                for _ in 1...10 {
                    let value = try? pool.withConnection(to: "postgres") { connection in
                        try connection.run("SELECT \(number)::int, pg_sleep(0.001)").integer(0, 0)
                    }
                    total.add(value.flatMap(\.self) ?? 0, ordering: .relaxed)
                }
                done.leave()
            }
        }
        #expect(done.wait(timeout: .now() + 60) == .success)
        #expect(total.load(ordering: .relaxed) == 360)
        #expect(pool.openCount <= 2)
        pool.shutdown()
    }

    @Test func `a full pool serves another database by closing an idle connection`() throws {
        let pool = try pool(limit: 1)
        try TestCluster.withDatabase { name in
            try pool.withConnection(to: "postgres") { _ = try $0.run("SELECT 1") }
            let database = try pool.withConnection(to: name) { try $0.run("SELECT current_database()").text(0, 0) }
            #expect(database == name)
            #expect(pool.openCount == 1)
            pool.shutdown()
        }
    }

    @Test func `a database can be dropped once its connections are closed`() throws {
        let pool = try pool()
        try TestCluster.withDatabase { name in
            try pool.withConnection(to: name) { connection in
                try pool.withConnection(to: name) { _ = try $0.run("SELECT 1") }
                pool.closeConnections(to: name)
                #expect(pool.openCount == 1)
                _ = try connection.run("SELECT 1")
            }
            #expect(pool.openCount == 0)
        }
        pool.shutdown()
    }

    @Test func `connections that were idle for long close`() throws {
        let pool = try pool(idle: 0)
        try pool.withConnection(to: "postgres") { _ = try $0.run("SELECT 1") }
        #expect(pool.openCount == 1)
        pool.closeIdle()
        #expect(pool.openCount == 0)
        pool.shutdown()
    }

    @Test func `a pool that is shut down lends nothing`() throws {
        let pool = try pool()
        try pool.withConnection(to: "postgres") { _ in pool.shutdown() }
        #expect(pool.openCount == 0)
        #expect(throws: PostgreSQLError.poolClosed) { try pool.withConnection(to: "postgres") { _ in } }
    }

    @Test func `a failed connection gives its place back`() throws {
        let pool = try pool(limit: 1, wait: 0.05)
        for _ in 1...2 {
            let error = PostgreSQLError.thrown { try pool.withConnection(to: "no such database") { _ in } }
            #expect(error?.isConnectionLoss == true)
        }
        #expect(pool.openCount == 0)
    }
}
