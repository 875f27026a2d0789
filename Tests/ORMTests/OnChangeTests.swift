import Testing
import Values

@testable import ORM

/// What on-change methods answer.
@Suite struct OnChangeTests {
    @Test func `a warning is told in the caller's language`() {
        var texts = TranslatedTexts()
        texts.add("Attention", for: "Careful", .code, of: "addons/zoo/models/Animal.swift")
        let change = OnChange(["age": 1], warning: .init(title: "Careful", message: "It bites."))
        let told: Value = ["value": ["age": 1], "warning": ["title": "Attention", "message": "It bites."]]
        #expect(change.value(in: texts) == told)
        let plain: Value = ["value": ["age": 1], "warning": ["title": "Careful", "message": "It bites."]]
        #expect(change.value(in: nil) == plain)
    }
}
