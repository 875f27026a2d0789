import PythonExpression
import Testing
import Values

@Suite struct RefusalTests {
    @Test(arguments: [
        ("", "line 1, column 1: an expression was expected, not the end of the text"),
        ("[1, 2", "line 1, column 6: ']' was expected, not the end of the text"),
        ("{'a': 1,\n 'b' 2}", "line 2, column 6: ':' was expected, not a number"),
        ("1 2", "line 1, column 3: an expression was expected, not a number"),
        ("1\n2", "line 2, column 1: an expression was expected, not a number"),
        ("'\u{e9}' $", "line 1, column 5: a character that has no meaning here"),
        ("'abc", "line 1, column 1: a text that is not closed"),
        ("'ab\nc'", "line 1, column 1: a text that is not closed on its line"),
        ("0789", "line 1, column 1: a number with letters or wrong digits in it"),
        ("0x", "line 1, column 1: a number without digits"),
        ("99999999999999999999", "line 1, column 1: the number does not fit in 64 bits"),
        ("2j", "line 1, column 1: a complex number is not supported in an expression"),
        ("lambda x: x", "line 1, column 1: 'lambda' is not supported in an expression"),
        ("import os", "line 1, column 1: 'import' is not supported in an expression"),
        ("1 | 2", "line 1, column 3: '|' is not supported in an expression"),
        ("{1, 2}", "line 1, column 1: a set is not supported in an expression"),
        ("f(*a)", "line 1, column 3: an expression was expected, not '*'"),
        ("f(a=1, 2)", "line 1, column 8: a plain argument behind a named one"),
        ("x = 1", "line 1, column 3: an expression was expected, not '='"),
        ("a[]", "line 1, column 3: an index was expected, not ']'"),
        ("1 \\ + 2", "line 1, column 3: a backslash outside a text must be the last character of its line"),
        ("u'\\ud800'", "line 1, column 3: no such Unicode character"),
    ])
    func `what is no expression is refused with its place`(_ text: String, _ complaint: String) {
        let error = #expect(throws: ExpressionError.self) { try Expression(parsing: text) }
        #expect(error?.description == complaint)
    }

    @Test(arguments: [
        ("missing", "line 1, column 1: name 'missing' is not defined"),
        ("[1,\n  uid]", "line 2, column 3: name 'uid' is not defined"),
        ("''.__class__", "line 1, column 3: 'str' has no attribute '__class__'"),
        ("[].append(1)", "line 1, column 3: 'list' has no attribute 'append'"),
        ("1 / 0", "line 1, column 3: division by zero"), ("1.5 % 0", "line 1, column 5: division by zero"),
        ("0 ** -1", "line 1, column 3: division by zero"),
        ("9223372036854775807 + 1", "line 1, column 21: the number does not fit in 64 bits"),
        ("10 ** 100", "line 1, column 4: the number does not fit in 64 bits"),
        ("(-9223372036854775807 - 1) / -1", "line 1, column 28: the number does not fit in 64 bits"),
        ("1 + 'a'", "line 1, column 3: '+' does not work between int and str"),
        ("{'a': 1}['b']", "line 1, column 9: there is no key 'b'"),
        ("[1][1]", "line 1, column 4: the index is out of range"),
        ("[1]['a']", "line 1, column 4: a list has no element at a str"),
        ("{[]: 1}", "line 1, column 2: a list cannot be a key"),
        ("5()", "line 1, column 2: a int cannot be called"),
        ("'%d' % 'a'", "line 1, column 6: %d needs a number, not a str"),
        ("'%s' % (1, 2)", "line 1, column 6: the format takes fewer values than are given"),
        ("'%s %s' % 1", "line 1, column 9: the format takes more values than are given"),
        ("'%(a)s' % {}", "line 1, column 9: there is no key 'a'"),
        ("[a for a, b in [(1,)]]", "line 1, column 16: 1 values for 2 names"),
        ("{1: 2}", "the result is a dict with a key of type int, which is no value a field or a client can take"),
        ("''.upper", "the result is a method, which is no value a field or a client can take"),
        ("[1][::0]", "line 1, column 4: the step of a slice is never 0"),
    ])
    func `what cannot be evaluated is refused with its place`(_ text: String, _ complaint: String) {
        let error = #expect(throws: ExpressionError.self) { try Expression.literal(text) }
        #expect(error?.description == complaint)
    }

    // MARK: - Limits

    @Test(arguments: [
        String(repeating: "[", count: 101), String(repeating: "(", count: 100_000),
        String(repeating: "-", count: 101) + "1",
        String(repeating: "not ", count: 101) + "1", String(repeating: "{1:", count: 101),
        String(repeating: "2**", count: 101) + "2", String(repeating: "1 if 1 else ", count: 101) + "1",
        String(repeating: "f(", count: 101), String(repeating: "a[", count: 101),
    ])
    func `deep nesting is refused`(_ text: String) {
        let error = #expect(throws: ExpressionError.self) { try Expression(parsing: text) }
        guard case .limitExceeded(.depth, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `the deepest nesting allowed is evaluated`() throws {
        let opening = String(repeating: "[0 or 1 and 0 == 1 + 2 * 3 and 1, ", count: 98)
        let value = try Expression.literal(opening + "1" + String(repeating: "]", count: 98))
        #expect(value.list?.count == 2)
    }

    @Test func `long chains are flat`() throws {
        #expect(try Expression.literal("0" + String(repeating: "+1", count: 50_000)) == 50_000)
        #expect(try Expression.literal("1" + String(repeating: " and 1", count: 50_000)) == 1)
        #expect(try Expression.literal("[" + String(repeating: "[1],", count: 50_000) + "]").list?.count == 50_000)
    }

    @Test(arguments: [
        "[0] * 1000000000", "range(1000000000000)", "'a' * 9000000000000000000", "'%99999999d' % 1",
        "'%.99999999f' % 1.0",
        "('a' * 16000000) + ('a' * 16000000)", "'a' * 1000000 in 'a' * 2000000",
        "[x for x in range(2000) for y in range(2000)]",
        "[['a' * 1000000] * 1000] * 10", "('a' * 1000000).replace('a', 'b' * 1000)", "str([['a' * 100000] * 1000])",
        "[x for a in range(999) for b in range(999) for x in range(999)]",
        "[x for a in [1] for b in [1] for c in [1] for x in [1]]",
        "sum([['a'] * 1000 for x in range(1000)], [])", "sorted(range(100000)) == sorted(range(100000))",
    ])
    func `too much work is refused in good time`(_ text: String) {
        let error = #expect(throws: ExpressionError.self) {
            try Expression(parsing: text).evaluate(in: .standard)
        }
        guard case .limitExceeded? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a value that shares its parts is not spread out`() {
        var text = "[1]"
        for _ in 0..<40 { text = "[x for x in \(text) * 2]" }
        #expect(throws: ExpressionError.self) { try Expression.literal(text) }
        let doubled = String(repeating: "[", count: 60) + "1" + String(repeating: "] * 2", count: 60)
        #expect(throws: ExpressionError.self) { try Expression.literal(doubled) }
    }

    @Test func `limits may be narrower`() throws {
        var limits = Expression.Limits()
        limits.bytes = 4
        #expect(throws: ExpressionError.limitExceeded(.bytes, at: SourcePosition(line: 1, column: 1))) {
            try Expression(parsing: "12345", limits: limits)
        }
        limits.steps = 2
        #expect(throws: ExpressionError.self) { try Expression(parsing: "1+1", limits: limits).evaluate() }
    }
}
