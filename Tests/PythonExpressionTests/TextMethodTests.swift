import PythonExpression
import Testing
import Values

@Suite struct TextMethodTests {
    @Test(arguments: [
        Example("'%s' % 'a'", "a"), Example("'%s-%d%%' % ('a', 5)", "a-5%"),
        Example("'%(a)s/%(b)05.1f' % {'a': 1, 'b': 2.25}", "1/002.2"),
        Example("'%r %r' % ('a', 1.0)", "'a' 1.0"), Example("'%5s|%-5s|' % ('a', 'b')", "    a|b    |"),
        Example("'%.2s' % 'abc'", "ab"), Example("'%05d %+d % d' % (42, 42, 42)", "00042 +42  42"),
        Example("'%05d' % -42", "-0042"), Example("'%x %X %#x %o' % (255, 255, 255, 8)", "ff FF 0xff 10"),
        Example("'%.3d' % 7", "007"), Example("'%*d' % (5, 7)", "    7"), Example("'%c%c' % ('a', 98)", "ab"),
        Example("'%e' % 12345.678", "1.234568e+04"), Example("'%g' % 0.0001", "0.0001"), Example("'%d' % 3.9", "3"),
        Example("'%s' % None", "None"), Example("'%s' % [1, 'a']", "[1, 'a']"), Example("'%s' % (0.1 + 0.2)", "0.3"),
        Example("'%s' % ((1, 2),)", "(1, 2)"), Example("'%s' % {'a': (1,)}", "{'a': (1,)}"), Example("'%%'  % ()", "%"),
        Example("'abc' % {}", "abc"),
    ])
    func `the percent sign fills a format`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test(arguments: [
        Example("'aB'.upper()", "AB"), Example("'aB'.lower()", "ab"), Example("'ab cd'.title()", "Ab Cd"),
        Example("'aB'.capitalize()", "Ab"), Example("' a '.strip()", "a"), Example("'xxaxx'.strip('x')", "a"),
        Example("' a '.lstrip()", "a "), Example("' a '.rstrip()", " a"), Example("' a  b '.split()", ["a", "b"]),
        Example("'a,b,,c'.split(',')", ["a", "b", "", "c"]), Example("'a,b,c'.split(',', 1)", ["a", "b,c"]),
        Example("','.join(['a', 'b'])", "a,b"), Example("''.join(c for c in 'abc' if c != 'b')", "ac"),
        Example("'aXbX'.replace('X', '--')", "a--b--"), Example("'aaa'.replace('a', 'b', 2)", "bba"),
        Example("'abc'.startswith('ab')", true), Example("'abc'.endswith('bc')", true),
        Example("'a\u{e9}b'.find('b')", 2), Example("'abc'.find('z')", -1), Example("'aXaXa'.count('aX')", 2),
        Example("'12'.isdigit()", true), Example("'{0} {b} {{}}'.format(1, b='x')", "1 x {}"),
        Example("'{}-{}'.format('a', 'b')", "a-b"),
        Example("{'a': 1}.get('a')", 1), Example("{}.get('a')", nil), Example("{}.get('a', 3)", 3),
        Example("{'b': 1, 'a': 2}.keys()", ["a", "b"]), Example("{'b': 1, 'a': 2}.values()", [2, 1]),
        Example("{'a': 1}.items()", [["a", 1]]), Example("{'a': 1}.has_key('b')", false),
        Example("[1, 2, 1].count(1)", 2), Example("[1, 2].index(2)", 1),
    ])
    func `texts, dictionaries and lists have their methods`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }
}
