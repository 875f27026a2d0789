import Testing

@testable import PostgreSQL

@Suite struct StatementCacheTests {
    private func cache(limit: Int, _ texts: [String]) -> StatementCache {
        var cache = StatementCache(limit: limit)
        for text in texts { cache.insert(text, name: "of \(text)") }
        return cache
    }

    @Test func `a statement is found by its text`() {
        var cache = cache(limit: 10, ["a"])
        #expect(cache.name(of: "a") == "of a")
        #expect(cache.name(of: "b") == nil)
    }

    @Test func `the least recently used one leaves first`() {
        var cache = cache(limit: 3, ["a", "b", "c"])
        _ = cache.name(of: "a")
        #expect(cache.evict(for: 1, keeping: []) == ["of b"])
        #expect(cache.name(of: "a") != nil)
        #expect(cache.name(of: "b") == nil)
    }

    @Test func `a tenth leaves at once`() {
        var cache = cache(limit: 20, (0..<20).map(String.init))
        #expect(cache.evict(for: 1, keeping: []) == ["of 0", "of 1"])
        #expect(cache.evict(for: 1, keeping: []) == [])
    }

    @Test func `what is about to run stays`() {
        var cache = cache(limit: 2, ["a", "b"])
        #expect(cache.evict(for: 1, keeping: ["of a"]) == ["of b"])
    }

    @Test func `a forgotten statement leaves the server with the next ones`() {
        var cache = cache(limit: 2, ["a", "b"])
        cache.forget("b")
        #expect(cache.name(of: "b") == nil)
        #expect(cache.evict(for: 1, keeping: []) == ["of b"])
        #expect(cache.count == 1)
    }
}
