import ORM
import TestSupport
import Testing
import Values

/// Stored expressions over records and plain values.
@Suite struct RecordExpressionTests {
    private func value(_ text: String, _ body: (Environment) throws -> Record) throws -> Value {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                try RecordExpression(parsing: text).value(names: ["step": 2], records: ["object": body(environment)])
            }
        }
    }

    private static let examples: [(text: String, expected: Value)] = [
        ("object.name + '!' * step", "Ada!!"), ("object.id == object", true), ("[object]", [1]),
        ("len(object.name) > step and 'long'", "long"), ("time.strftime('%Y') > '2000'", true),
    ]

    @Test(arguments: examples)
    func `records are read and names are known`(text: String, expected: Value) throws {
        #expect(try value(text) { try $0.create("library.person", ["name": "Ada"]) } == expected)
    }

    @Test(arguments: ["object.nothing", "nobody", "object.unlink()", "1 +"])
    func `what is not there is refused`(text: String) {
        #expect(throws: ORMError.self) { try value(text) { try $0.create("library.person", ["name": "Ada"]) } }
    }
}
