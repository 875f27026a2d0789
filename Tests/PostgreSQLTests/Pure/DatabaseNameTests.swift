import Testing

@testable import PostgreSQL

@Suite struct DatabaseNameTests {
    @Test(arguments: ["a", "Ölmühle", "with space", "semi;colon", "quo\"te", "a=b", String(repeating: "x", count: 63)])
    func `a name may have any visible character`(_ name: String) throws {
        try DatabaseName.check(name)
    }

    @Test(arguments: [
        "", String(repeating: "x", count: 64), String(repeating: "ö", count: 32), "a\0b", "a\nb", "\u{7f}",
    ])
    func `what PostgreSQL would cut off or misread is refused`(_ name: String) {
        #expect(throws: PostgreSQLError.self) { try DatabaseName.check(name) }
    }

    @Test(arguments: ["postgres", "template0", "template1"])
    func `PostgreSQL's own databases are not ours to change`(_ name: String) {
        #expect(throws: PostgreSQLError.invalidName(name, reason: "it is PostgreSQL's own")) {
            try DatabaseName.checkOwn(name)
        }
    }
}
