import PythonExpression
import Testing
import Values

@Suite struct ScopeTests {
    @Test func `names and functions come from the scope`() throws {
        var scope = Scope(names: ["uid": 3, "ids": [4, 5]])
        scope.functions["ref"] = { arguments, named in .list(arguments + [.dictionary(named)]) }
        scope.functions["tools.sum"] = { arguments, _ in .integer(arguments.compactMap(\.integer).reduce(0, +)) }
        let expression = try Expression(parsing: "[uid, ids[1], ref('a', b=1), tools.sum(1, 2)]")
        #expect(try expression.evaluate(in: scope) == [3, 5, ["a", ["b": 1]], 3])
    }

    @Test func `without the standard names there are none`() {
        #expect(throws: ExpressionError.unknownName("len", at: SourcePosition(line: 1, column: 1))) {
            try Expression.literal("len([])")
        }
    }

    @Test func `a function's own error is told with its place`() throws {
        struct Refusal: Error, CustomStringConvertible { let description = "no such id" }
        var scope = Scope()
        scope.functions["ref"] = { _, _ in throw Refusal() }
        #expect(
            throws: ExpressionError.callFailed("ref", reason: "no such id", at: SourcePosition(line: 1, column: 5))
        ) { try Expression(parsing: "[ref('x')]").evaluate(in: scope) }
    }

    // MARK: - Records

    private struct Partner: ExpressionRecord {
        let id: Int
        func member(_ name: String) throws -> ExpressionMember? {
            switch name {
            case "id": .value(.integer(id))
            case "parent_id": .record(Partner(id: 0))
            case "child_ids": .records([Partner(id: 8), Partner(id: 9)])
            case "named": .function { arguments, _ in arguments[0] }
            default: nil
            }
        }
        var expressionValue: Value { id == 0 ? false : .integer(id) }
    }

    @Test(arguments: [
        Example("[('id', '=', user.id)]", [["id", "=", 7]]), Example("user.parent_id and 1 or 2", 2),
        Example("[child.id for child in user.child_ids]", [8, 9]), Example("user", 7), Example("user == 7", true),
        Example("user.parent_id == False", true), Example("user.named('x')", "x"),
        Example("user in user.child_ids", false), Example("user.child_ids[0].id", 8),
    ])
    func `records are looked into`(_ example: Example) throws {
        var scope = Scope.standard
        scope.resolve = { $0 == "user" ? .record(Partner(id: 7)) : nil }
        #expect(try Expression(parsing: example.text).evaluate(in: scope) == example.value)
    }

    @Test(arguments: [
        Example("obj(3).id", 3), Example("[obj(i).child_ids[0].id for i in [1, 2]]", [8, 8]), Example("obj(0) or 5", 5),
    ])
    func `functions lead to records`(_ example: Example) throws {
        var scope = Scope()
        scope.resolve = { name in name == "obj" ? .finder { Partner(id: $0.first?.integer ?? 0) } : nil }
        #expect(try Expression(parsing: example.text).evaluate(in: scope) == example.value)
    }

    @Test func `a function that leads to records says why it cannot`() {
        struct Unknown: Error, CustomStringConvertible { let description = "no such record" }
        var scope = Scope()
        scope.resolve = { _ in .finder { _ in throw Unknown() } }
        #expect(
            throws: ExpressionError.callFailed("obj", reason: "no such record", at: SourcePosition(line: 1, column: 4))
        ) { try Expression(parsing: "obj(1).id").evaluate(in: scope) }
    }

    @Test func `a record without the field says so`() {
        var scope = Scope()
        scope.resolve = { _ in .record(Partner(id: 7)) }
        #expect(
            throws: ExpressionError.unknownAttribute("street", of: "record", at: SourcePosition(line: 1, column: 5))
        ) { try Expression(parsing: "user.street").evaluate(in: scope) }
    }
}
