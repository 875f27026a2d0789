import Testing

@testable import Services

@Suite struct CredentialCacheTests {
    @Test func `knows the pair of user and password it was given, and nothing like it`() {
        let cache = CredentialCache()
        #expect(!cache.contains(uid: 3, password: "pass"))
        cache.insert(uid: 3, password: "pass", since: cache.epoch)
        #expect(cache.contains(uid: 3, password: "pass"))
        for (uid, password) in [(3, "Pass"), (3, "pass\u{0}"), (3, ""), (1, "pass"), (33, "pass")] {
            #expect(!cache.contains(uid: uid, password: password))
        }
    }

    @Test func `forgets everything when users change`() {
        let cache = CredentialCache()
        cache.insert(uid: 3, password: "a", since: cache.epoch)
        cache.insert(uid: 4, password: "b", since: cache.epoch)
        cache.forget()
        #expect(!cache.contains(uid: 3, password: "a"))
        #expect(!cache.contains(uid: 4, password: "b"))
    }

    @Test func `does not take a password verified before users changed`() {
        let cache = CredentialCache()
        let before = cache.epoch
        cache.forget()
        cache.insert(uid: 3, password: "old", since: before)
        #expect(!cache.contains(uid: 3, password: "old"))
        cache.insert(uid: 3, password: "new", since: cache.epoch)
        #expect(cache.contains(uid: 3, password: "new"))
    }

    @Test func `starts anew rather than growing without end`() {
        let cache = CredentialCache()
        for uid in 1...10_000 { cache.insert(uid: uid, password: "x", since: cache.epoch) }
        #expect(cache.contains(uid: 1, password: "x"))
        cache.insert(uid: 10_001, password: "x", since: cache.epoch)
        #expect(!cache.contains(uid: 1, password: "x"))
        #expect(cache.contains(uid: 10_001, password: "x"))
    }
}
