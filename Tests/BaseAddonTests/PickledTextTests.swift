import Testing
import Values

@testable import BaseAddon

@Suite struct PickledTextTests {
    @Test(
        arguments: [
            ("S'en_US'\np0\n.", "en_US"), ("S\"it's\"\np0\n.", "it's"), ("I5\n.", 5), ("I01\n.", true),
            ("I00\n.", false),
            ("N.", nil), ("F1.5\n.", 1.5), ("L12L\n.", 12), ("VZo\\u00e9\np0\n.", "Zoé"),
            ("S'Zo\\xc3\\xa9'\np0\n.", "Zoé"),
            ("(lp0\nI1\naI2\na.", [1, 2]), ("(dp0\nS'a'\np1\nI1\ns.", ["a": 1]), ("(I1\nI2\ntp0\n.", [1, 2]),
            ("S'a\\nb'\np0\n.", "a\nb"),
        ] as [(String, Value)])
    func `pickles that OpenERP wrote are read`(_ pickle: String, _ expected: Value) {
        #expect(PickledText.decode(pickle) == expected)
    }

    @Test(
        arguments: [
            "en_US", "", "it's \"so\"\n", "Zoé 𝄞 \\u0041", 0, -7, 1.25, true, false, nil, [1, ["a", nil]],
            ["key": ["x": "y"], "other": []],
        ] as [Value])
    func `what is written is read back`(_ value: Value) {
        #expect(PickledText.decode(PickledText.encode(value)) == value)
    }

    @Test func `text is written as OpenERP writes it`() {
        #expect(PickledText.encode("en_US") == "S'en_US'\np0\n.")
    }

    @Test(arguments: [
        "", ".", "S'open", "S'a'\n", "cos\nsystem\n(S'ls'\ntR.", "I1\nI2\n.", "a.", "(I1\n.", "g9\n.", "Ix\n.", "s.",
        "S'\\q'\n.", "V\\ud800\n.",
    ])
    func `anything else is no value`(_ text: String) {
        #expect(PickledText.decode(text) == nil)
    }

    @Test func `depth is bounded`() {
        let deep = String(repeating: "(l", count: 200) + String(repeating: "a", count: 199) + "."
        #expect(PickledText.decode(deep) == nil)
    }
}
