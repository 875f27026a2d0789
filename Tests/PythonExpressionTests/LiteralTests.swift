import PythonExpression
import Testing
import Values

@Suite struct LiteralTests {
    @Test(arguments: [
        Example("0", 0), Example("42", 42), Example("42L", 42), Example("0x1F", 31), Example("0o17", 15),
        Example("0755", 493), Example("0b101", 5), Example("00", 0), Example("-7", -7), Example("+7", 7),
        Example("--7", 7), Example("9223372036854775807", .integer(.max)),
        Example("1.5", 1.5), Example("1.", 1.0), Example(".5", 0.5), Example("1e3", 1000.0), Example("1.e2", 100.0),
        Example(".5e-1", 0.05), Example("08.5", 8.5), Example("1E+2", 100.0),
        Example("True", true), Example("False", false), Example("None", nil),
    ])
    func `a number or a constant is its value`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test(arguments: [
        Example("'a'", "a"), Example("\"a'b\"", "a'b"), Example("''", ""), Example("''''''", ""),
        Example("'''a'b''c\n'''", "a'b''c\n"), Example("\"\"\"x\r\ny\"\"\"", "x\ny"),
        Example("u'Zo\u{e9}'", "Zo\u{e9}"), Example("r'\\d\\''", "\\d\\'"), Example("ur'\\n'", "\\n"),
        Example("b'x'", "x"), Example("U\"x\"", "x"),
        Example("'\\n\\t\\\\\\''", "\n\t\\'"), Example("'\\x41\\101\\0'", "AA\0"), Example("'\\q'", "\\q"),
        Example("'a\\\nb'", "ab"), Example("u'\\u20ac'", "\u{20ac}"), Example("u'\\U0001F600'", "\u{1F600}"),
        Example("u'\\ud83d\\ude00'", "\u{1F600}"),
        Example("'\\xc3\\xa9'", "\u{e9}"), Example("'Zo\\xe9'", "Zo\u{e9}"), Example("u'\\xe9'", "\u{e9}"),
        Example("'C:\\users'", "C:\\users"),
        Example("'a' 'b'\"c\"", "abc"), Example("('a'\n  'b')", "ab"),
    ])
    func `a text is read with its prefixes and escapes`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test(arguments: [
        Example("[]", []), Example("()", []), Example("{}", [:]), Example("(1)", 1), Example("(1,)", [1]),
        Example("[1, 2,]", [1, 2]), Example("1, 'a'", [1, "a"]), Example("[(0, 0, {'a': 1})]", [[0, 0, ["a": 1]]]),
        Example("{'a': 1, 'b': [True], 'a': 2,}", ["a": 2, "b": [true]]),
        Example(
            "['&', ('a','<>',1), ('b', 'not in', ('x', 'y'))]", ["&", ["a", "<>", 1], ["b", "not in", ["x", "y"]]]),
    ])
    func `lists and tuples are lists, dictionaries have texts as keys`(_ example: Example) throws {
        #expect(try Expression.literal(example.text) == example.value)
    }

    @Test func `a manifest has comments and blank lines around its dictionary`() throws {
        let manifest = """
            \u{FEFF}# -*- coding: utf-8 -*-
            ########

            {
                'name': 'Books',   # the title
                'depends': ['base',
                            'crm'],
                'description': \"\"\"Lends books.
            'Quotes' and "more".
            \"\"\",
                'installable': True,
            }

            # vim: et

            """
        #expect(
            try Expression.literal(manifest) == [
                "name": "Books", "depends": ["base", "crm"], "installable": true,
                "description": "Lends books.\n'Quotes' and \"more\".\n",
            ])
    }

    @Test(arguments: [
        [nil, true, 3, -4, 2.5, 1e20, "it's \"quoted\"\n\\ \u{e9}\u{20ac}"] as Value,
        ["a": [["b": [:]]], "c": []],
    ])
    func `what Python's repr writes is read back`(_ value: Value) throws {
        #expect(try Expression.literal(value.pythonText) == value)
    }
}
