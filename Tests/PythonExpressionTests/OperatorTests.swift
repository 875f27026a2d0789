import PythonExpression
import Testing
import Values

@Suite struct OperatorTests {
    @Test(arguments: [
        Example("1 + 2 * 3", 7), Example("(1 + 2) * 3", 9), Example("7 - 2 - 1", 4), Example("7 / 2", 3),
        Example("-7 / 2", -4), Example("7 / 2.0", 3.5), Example("7.0 // 2", 3.0), Example("-7 % 3", 2),
        Example("7 % -3", -2), Example("-7.5 % 2", 0.5), Example("2 ** 10", 1024), Example("-2 ** 2", -4),
        Example("2 ** 3 ** 2", 512), Example("2 ** -1", 0.5), Example("4 ** 0.5", 2.0), Example("True + 1", 2),
        Example("(-9223372036854775807 - 1) % -1", 0), Example("6 * 7 % 5", 2),
    ])
    func `numbers are reckoned with as in Python 2`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test(arguments: [
        Example("1 < 2 < 3", true), Example("1 < 3 < 2", false), Example("1 == 1.0", true), Example("True == 1", true),
        Example("1 <> 2", true), Example("'1' == 1", false), Example("'a' < 'b' <= 'b'", true),
        Example("[1, 2] < [1, 3]", true), Example("[1] == (1,)", true), Example("{'a': 1} == {'a': 1.0}", true),
        Example("None < 0 < {} < [] < ''", true), Example("2 in [1, 2]", true), Example("'b' in 'abc'", true),
        Example("'' in 'abc'", true), Example("'a' not in {'a': 1}", false), Example("None is None", true),
        Example("1 is not None", true), Example("0 is False", false), Example("not 1 == 2", true),
        Example("not not []", false),
    ])
    func `comparisons may be chained and mixed`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test(arguments: [
        Example("0 or 'x'", "x"), Example("'' or []", []), Example("1 and 0 and missing", 0),
        Example("1 or missing", 1), Example("1 if [] else 2", 2), Example("1 if 1 else missing", 1),
        Example("'a' if 0 else 'b' if 0 else 'c'", "c"),
    ])
    func `logic gives operands and stops early`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test(arguments: [
        Example("'a' + 'b'", "ab"), Example("'ab' * 2", "abab"), Example("2 * [1]", [1, 1]), Example("[0] * -1", []),
        Example("[1] + [2]", [1, 2]), Example("(1,) + (2,)", [1, 2]),
        Example("'abc'[0]", "a"), Example("'abc'[-1]", "c"), Example("[1, 2, 3][1]", 2), Example("{'a': 5}['a']", 5),
        Example("'abcdef'[1:3]", "bc"), Example("'abcdef'[:-2]", "abcd"), Example("'abcdef'[::2]", "ace"),
        Example("'abc'[::-1]", "cba"), Example("[1, 2, 3][-2:]", [2, 3]), Example("[1, 2, 3][5:]", []),
        Example("[1, 2, 3][2:0:-1]", [3, 2]), Example("[1, 2][0:9223372036854775807:9223372036854775807]", [1]),
        Example("[[1, 2], [3]][0][1]", 2), Example("'\u{e9}\u{20ac}x'[1]", "\u{20ac}"),
    ])
    func `sequences are joined, repeated and cut`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test(arguments: [
        Example("[x * 2 for x in [1, 2, 3] if x != 2]", [2, 6]),
        Example("[(a, b) for a in [1, 2] for b in 'xy' if a > 1]", [[2, "x"], [2, "y"]]),
        Example("[b for (a, b) in [(1, 2), (3, 4)]]", [2, 4]), Example("[k for k, in [(1,), (2,)]]", [1, 2]),
        Example("{k: v for k, v in [('a', 1), ('b', 2)]}", ["a": 1, "b": 2]),
        Example("[k for k in {'b': 1, 'a': 2}]", ["a", "b"]), Example("(x for x in [1])", [1]),
        Example("[[y for y in x] for x in [[1], [2, 3]]]", [[1], [2, 3]]),
    ])
    func `comprehensions make lists and dictionaries`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test func `a comprehension's name does not outlive it`() throws {
        let expression = try Expression(parsing: "[[x for x in [1, 2]], x]")
        #expect(try expression.evaluate(in: Scope(names: ["x": "outer"])) == [[1, 2], "outer"])
    }
}
