import Testing

@testable import AddonLoader

/// What an addon's code says to people.
@Suite struct CodeTextsTests {
    @Test(arguments: [
        (#"throw UserError("Error !", "No such thing.")"#, ["Error !", "No such thing."]),
        (#"UserError("Error", "one " + "text")"#, ["Error", "one text"]),
        (#"UserError("Error", "\(name) is \(f("x")) gone")"#, ["Error"]),
        (#"UserError("A \"b\"\n", text)"#, ["A \"b\"\n"]),
        (#"OnChange.Warning(title: "Warning", message: "Careful")"#, ["Warning", "Careful"]),
        (#"UserError(title(of: "x"), ["y"].joined())"#, []), (#"MyUserError("x")"#, []),
        ("UserError(\"Error\", \"\"\"\n    two\n    lines\n    \"\"\")", ["Error", "two\nlines"]),
        (#"UserError("Error", "never ends"#, []),
    ])
    func `literals of refusals are found`(source: String, texts: [String]) {
        #expect(CodeTexts.texts(in: source, file: "A.swift").map(\.source) == texts)
    }

    @Test func `the line is told`() {
        let texts = CodeTexts.texts(in: "\n\nfoo {\n    UserError(\"a\", \"b\")\n}", file: "A.swift")
        #expect(texts.map(\.line) == [4, 4])
    }
}
