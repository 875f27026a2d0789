import Testing

@testable import Transports

@Suite struct BodyBudgetTests {
    private static let small = BodyBudget.smallSize

    @Test func `small bodies cost nothing`() {
        let budget = BodyBudget(bytes: 0)
        let share = BodyBudget.Share(of: budget)
        #expect(share.grow(to: 1))
        #expect(share.grow(to: Self.small))
        #expect(!share.grow(to: Self.small + 1))
    }

    @Test func `large ones share what there is, and give it back`() {
        let budget = BodyBudget(bytes: 1000)
        let first = BodyBudget.Share(of: budget)
        let second = BodyBudget.Share(of: budget)
        #expect(first.grow(to: Self.small + 400))
        #expect(first.grow(to: Self.small + 600))
        #expect(second.grow(to: Self.small + 400))
        #expect(!second.grow(to: Self.small + 401))
        first.release()
        first.release()
        #expect(second.grow(to: Self.small + 1000))
        #expect(!second.grow(to: Self.small + 1001))
        second.release()
        #expect(first.grow(to: Self.small + 1000))
    }
}
