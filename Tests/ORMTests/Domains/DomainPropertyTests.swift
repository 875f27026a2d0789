import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

/// Whatever a domain is made of: a search finds the records that the contract's tables name.
@Suite struct DomainPropertyTests {
    /// One way a search differs from what the tables say.
    private struct Difference: CustomStringConvertible {
        let model: ModelName
        let domain: Value
        let filtersInactive: Bool
        let answer: String
        let expected: [RecordID]

        var description: String {
            "\(model) \(domain.pythonText) active_test=\(filtersInactive): \(answer), expected \(expected)"
        }
    }

    @Test(arguments: [1, 2, 3, 4])
    func `random domains find what the contract's tables name`(seed: UInt64) throws {
        try withScratchDatabase(models: [Park.addon]) { database in
            try database.run { environment in
                var random = SeededGenerator(seed: seed)
                try ParkRows.plant(in: environment, &random)
                let rows = try ParkRows(reading: environment)
                var domains = RandomDomains(on: rows, random)
                let models: [ModelName] = ["park.tree", "park.zone", "park.tree", "park.area", "park.visit"]
                var found = 0
                for number in 0..<1_000 {
                    let model = models[number % models.count]
                    let naive = NaiveSearch(rows: rows, filtersInactive: number % 3 > 0)
                    let trees = domains.domain(on: model)
                    if try difference(trees, on: model, naive, environment) == nil { continue }
                    let smallest = try DomainTree.smallest(trees) {
                        try difference($0, on: model, naive, environment) != nil
                    }
                    let told = try difference(smallest, on: model, naive, environment)
                    Issue.record("\(told.map(String.init(describing:)) ?? "unstable")")
                    found += 1
                    if found == 5 { return }
                }
            }
        }
    }

    private func difference(
        _ trees: [DomainTree], on model: ModelName, _ naive: NaiveSearch, _ environment: Environment
    ) throws -> Difference? {
        let domain = trees.flatMap(\.elements)
        let expected = naive.search(model, domain).sorted()
        let caller = environment.adding(["active_test": .boolean(naive.filtersInactive)])
        let answer = Swift.Result {
            try environment.transaction.savepoint { try caller.search(model, .list(domain), order: "id").ids }
        }
        if case .success(let ids) = answer, ids == expected { return nil }
        return Difference(
            model: model, domain: .list(domain), filtersInactive: naive.filtersInactive,
            answer: String(describing: answer), expected: expected)
    }

    @Test func `what fails is told as its smallest part`() {
        let guilty: Value = ["b", "in", [1, 2]]
        let trees: [DomainTree] = [
            .leaf(["a", "=", 1]), .not(.either(.leaf(["c", "=", 1]), .both(.leaf(guilty), .leaf(["d", "=", 1])))),
        ]
        let smallest = DomainTree.smallest(trees) { $0.contains { $0.elements.contains { $0.list?.first == "b" } } }
        #expect(smallest.flatMap(\.elements) == [["b", "in", []]])
    }
}
