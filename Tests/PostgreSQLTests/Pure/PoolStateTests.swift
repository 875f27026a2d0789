import Testing

@testable import PostgreSQL

@Suite struct PoolStateTests {
    private func state(limit: Int = 2, perDatabase: Int = 2, idle: Double = 60) -> PoolState {
        PoolState(limit: limit, limitPerDatabase: perDatabase, idleSeconds: idle)
    }

    @Test func `a connection that came back is lent again`() {
        var pool = state()
        #expect(pool.borrow("a") == .open(slot: 1, closing: nil))
        #expect(pool.giveBack(1, reusable: true, now: 0) == true)
        #expect(pool.borrow("a") == .use(slot: 1))
    }

    @Test func `the most recently used connection goes first`() {
        var pool = state()
        _ = pool.borrow("a")
        _ = pool.borrow("a")
        _ = pool.giveBack(2, reusable: true, now: 1)
        _ = pool.giveBack(1, reusable: true, now: 2)
        #expect(pool.borrow("a") == .use(slot: 1))
    }

    @Test func `a broken connection does not come back`() {
        var pool = state()
        _ = pool.borrow("a")
        #expect(pool.giveBack(1, reusable: false, now: 0) == false)
        #expect(pool.openCount == 0)
    }

    @Test func `a full pool gives an idle connection of another database up`() {
        var pool = state()
        _ = pool.borrow("a")
        _ = pool.borrow("b")
        #expect(pool.borrow("c") == .wait)
        _ = pool.giveBack(1, reusable: true, now: 0)
        #expect(pool.borrow("c") == .open(slot: 3, closing: 1))
        #expect(pool.openCount == 2)
    }

    @Test func `a database has a bound of its own`() {
        var pool = state(limit: 9, perDatabase: 1)
        _ = pool.borrow("a")
        #expect(pool.borrow("a") == .wait)
        #expect(pool.borrow("b") == .open(slot: 2, closing: nil))
    }

    @Test func `who waits longest goes on first, if a connection of the kind is free`() {
        var pool = state(limit: 2, perDatabase: 1)
        _ = pool.borrow("a")
        _ = pool.borrow("b")
        let first = pool.enqueue("a")
        let second = pool.enqueue("b")
        let third = pool.enqueue("b")
        _ = pool.giveBack(2, reusable: true, now: 0)
        #expect(pool.grants() == [PoolState.Grant(ticket: second, decision: .use(slot: 2))])
        _ = pool.giveBack(1, reusable: false, now: 0)
        #expect(pool.grants().map(\.ticket) == [first])
        pool.withdraw(third)
        #expect(pool.waitingCount == 0)
    }

    @Test func `what was idle for too long is closed`() {
        var pool = state(idle: 10)
        _ = pool.borrow("a")
        _ = pool.borrow("a")
        _ = pool.giveBack(1, reusable: true, now: 0)
        _ = pool.giveBack(2, reusable: true, now: 5)
        #expect(pool.expire(now: 9) == [])
        #expect(pool.expire(now: 10) == [1])
        #expect(pool.openCount == 1)
    }

    @Test func `a retired database's connections close now or when they come back`() {
        var pool = state(limit: 3, perDatabase: 3)
        _ = pool.borrow("a")
        _ = pool.borrow("a")
        _ = pool.borrow("b")
        _ = pool.giveBack(1, reusable: true, now: 0)
        #expect(pool.retire("a") == [1])
        #expect(pool.giveBack(2, reusable: true, now: 0) == false)
        #expect(pool.giveBack(3, reusable: true, now: 0) == true)
    }

    @Test func `shutting down closes everything and forgets who waits`() {
        var pool = state()
        _ = pool.borrow("a")
        _ = pool.borrow("a")
        _ = pool.enqueue("a")
        _ = pool.giveBack(1, reusable: true, now: 0)
        #expect(pool.shutDown() == [1])
        #expect(pool.waitingCount == 0)
        #expect(pool.giveBack(2, reusable: true, now: 0) == false)
    }
}
