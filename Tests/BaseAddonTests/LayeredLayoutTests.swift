import Testing

@testable import BaseAddon

/// Where the nodes of a diagram come to stand.
@Suite struct LayeredLayoutTests {
    private func rows(_ nodes: [Int], _ arrows: [(from: Int, to: Int)]) -> [Int: Int] {
        LayeredLayout(nodes: nodes, arrows: arrows).places.mapValues(\.row)
    }

    @Test func `each node stands below the first that leads to it`() {
        #expect(rows([1, 2, 3, 4], [(1, 2), (2, 3), (1, 4), (4, 3)]) == [1: 0, 2: 1, 4: 1, 3: 2])
    }

    @Test func `rings and loops come to an end, and no two nodes share a place`() {
        let layout = LayeredLayout(nodes: [1, 2, 3, 4], arrows: [(1, 2), (2, 1), (3, 3), (4, 3)])
        #expect(layout.places.count == 4)
        #expect(Set(layout.places.values.map { "\($0.column),\($0.row)" }).count == 4)
    }
}
