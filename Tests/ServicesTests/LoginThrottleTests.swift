import Testing

@testable import Services

@Suite struct LoginThrottleTests {
    @Test func `five failures cost nothing, each further one twice as much, up to a limit`() {
        let throttle = LoginThrottle()
        let waits = (1...14).map { _ in throttle.failed(address: "192.0.2.1", user: "demo/admin") }
        #expect(waits == [0, 0, 0, 0, 0, 0.5, 1, 2, 4, 8, 8, 8, 8, 8])
    }

    @Test func `an address that tries many users is slowed down`() {
        let throttle = LoginThrottle()
        let waits = (1...7).map { throttle.failed(address: "192.0.2.1", user: "demo/\($0)") }
        #expect(waits == [0, 0, 0, 0, 0, 0.5, 1])
    }

    @Test func `a user whom many addresses try is slowed down`() {
        let throttle = LoginThrottle()
        let waits = (1...7).map { throttle.failed(address: "192.0.2.\($0)", user: "demo/admin") }
        #expect(waits == [0, 0, 0, 0, 0, 0.5, 1])
    }

    @Test func `others are not slowed down with them`() {
        let throttle = LoginThrottle()
        for _ in 1...9 { _ = throttle.failed(address: "192.0.2.1", user: "demo/admin") }
        #expect(throttle.failed(address: "192.0.2.2", user: "demo/sales") == 0)
        #expect(throttle.failed(address: "192.0.2.1", user: "demo/sales") == 8)
    }

    @Test func `an address and a user of the same name are two`() {
        let throttle = LoginThrottle()
        for number in 1...9 { _ = throttle.failed(address: "same", user: "demo/\(number)") }
        #expect(throttle.failed(address: "192.0.2.2", user: "same") == 0)
    }

    @Test func `a right password ends the row`() {
        let throttle = LoginThrottle()
        for _ in 1...9 { _ = throttle.failed(address: "192.0.2.1", user: "demo/admin") }
        throttle.succeeded(address: "192.0.2.1", user: "demo/admin")
        #expect(throttle.failed(address: "192.0.2.1", user: "demo/admin") == 0)
    }

    @Test func `very many names do not make it grow, and an address that keeps failing is not forgotten for them`() {
        let throttle = LoginThrottle()
        for number in 0..<12_000 { _ = throttle.failed(address: "192.0.2.1", user: "demo/\(number)") }
        #expect(throttle.count <= 10_003)
        #expect(throttle.failed(address: "192.0.2.1", user: "demo/admin") == 8)
    }

    @Test func `a guess is refused while many answers are held back, for that user at that address alone`() throws {
        let throttle = LoginThrottle()
        let delay = AnswerDelay()
        func isRefused(_ address: String, _ user: String) -> Bool {
            do { try throttle.refuseHasty(address: address, user: user, delay: delay) } catch { return true }
            return false
        }
        for _ in 1...8 {
            #expect(!isRefused("192.0.2.1", "demo/admin"))
            _ = throttle.failed(address: "192.0.2.1", user: "demo/admin")
        }
        #expect(delay.seconds == 0)
        // By now four of these take more than a second.
        for _ in 1...4 { _ = throttle.failed(address: "192.0.2.1", user: "demo/admin") }
        #expect(isRefused("192.0.2.1", "demo/admin"))
        #expect(delay.seconds > 0 && delay.seconds <= 8)
        #expect(!isRefused("192.0.2.2", "demo/admin"))
        #expect(!isRefused("192.0.2.1", "demo/sales"))
        throttle.succeeded(address: "192.0.2.1", user: "demo/admin")
        #expect(!isRefused("192.0.2.1", "demo/admin"))
    }
}
