import Domain
import Testing
import Values

@Suite struct DomainReadingTests {
    private static let a = Leaf(path: "a", comparison: .equal, value: 1)
    private static let b = Leaf(path: "b", comparison: .like, value: "x")

    struct Case: CustomTestStringConvertible {
        let domain: Value
        let expression: DomainExpression
        var testDescription: String { domain.pythonText }
    }

    @Test(arguments: [
        Case(domain: [], expression: .everything),
        Case(domain: [["a", "=", 1]], expression: .leaf(a)),
        Case(domain: [["a", "=", 1], ["b", "like", "x"]], expression: .and([.leaf(a), .leaf(b)])),
        Case(domain: ["|", ["a", "=", 1], ["b", "like", "x"]], expression: .or([.leaf(a), .leaf(b)])),
        Case(domain: ["!", ["a", "=", 1]], expression: .not(.leaf(a))),
        Case(
            domain: ["|", "&", ["a", "=", 1], ["b", "like", "x"], "!", ["a", "=", 1]],
            expression: .or([.and([.leaf(a), .leaf(b)]), .not(.leaf(a))])),
        Case(domain: [[1, "=", 1]], expression: .everything),
        Case(domain: [[0, "=", 1]], expression: .nothing),
    ])
    func `a list in prefix notation becomes a tree`(_ example: Case) throws {
        #expect(try Domain(example.domain).expression == example.expression)
    }

    @Test func `what is no domain is refused in the original's words`() {
        #expect(throws: DomainError.malformed("[['name', 'foo', 1]]")) { try Domain([["name", "foo", 1]]) }
        #expect(throws: DomainError.malformed("[['name', 'LIKE', 'x']]")) { try Domain([["name", "LIKE", "x"]]) }
        #expect(throws: DomainError.malformed("['name']")) { try Domain(["name"]) }
        #expect(throws: DomainError.tooFewOperands) { try Domain(["|", ["a", "=", 1]]) }
        #expect(throws: DomainError.notAList("foo")) { try Domain("foo") }
        #expect(throws: DomainError.notAList(false)) { try Domain(false) }
    }

    @Test func `long lists are fine, deep ones are refused`() throws {
        let leaf: Value = ["a", "=", 1]
        let wide = Array(repeating: Value.text("|"), count: 2_000) + Array(repeating: leaf, count: 2_001)
        guard case .or(let parts) = try Domain(.list(wide)).expression else {
            Issue.record("no alternatives")
            return
        }
        #expect(parts.count == 2_001)
        let deep = Array(repeating: Value.text("!"), count: 5_000) + [leaf]
        #expect(throws: DomainError.self) { try Domain(.list(deep)) }
        #expect(throws: DomainError.self) { try Domain(.list(Array(repeating: leaf, count: 20_000))) }
    }

    @Test func `only a leaf at the top mentions a field`() throws {
        #expect(try Domain(["|", ["active", "=", false], ["a", "=", 1]]).mentions("active"))
        #expect(try Domain([["partner_id.active", "=", false]]).mentions("active") == false)
    }

    @Test func `an order is a list of plain names`() throws {
        #expect(
            try parseOrder("priority, date_action DESC,id") == [
                OrderTerm("priority"), OrderTerm("date_action", descending: true), OrderTerm("id"),
            ])
        for text in ["name;drop", "name desc x", "lower(name)", "", "a,,b", "name down"] {
            #expect(throws: DomainError.malformedOrder(text)) { try parseOrder(text) }
        }
    }
}
