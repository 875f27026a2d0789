import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct SQLFileTests {
    struct Case: CustomTestStringConvertible {
        let text: String, statements: [String]
        var testDescription: String { text }
    }

    @Test(arguments: [
        Case(text: "SELECT 1; SELECT 2", statements: ["1 SELECT 1", "1 SELECT 2"]),
        Case(text: "\n-- a; b\nSELECT 1;\n/* c; /* d */ ; */\n", statements: ["3 SELECT 1"]),
        Case(text: ";;\n;", statements: []),
        Case(text: "SELECT 'a;''b'; SELECT 2", statements: ["1 SELECT 'a;''b'", "1 SELECT 2"]),
        Case(text: "SELECT E'a\\';b'; SELECT \";\"", statements: ["1 SELECT E'a\\';b'", "1 SELECT \";\""]),
        Case(text: "SELECT $$a;\nb$$;\nSELECT $x$;$$;$x$", statements: ["1 SELECT $$a;\nb$$", "3 SELECT $x$;$$;$x$"]),
        Case(text: "SELECT $1;SELECT 2", statements: ["1 SELECT $1", "1 SELECT 2"]),
    ])
    func `statements end at semicolons outside of quotes and comments`(_ example: Case) throws {
        let found = try SQLScript.statements(of: example.text, file: "f")
        #expect(found.map { "\($0.line) \($0.text)" } == example.statements)
    }

    @Test(arguments: [
        ("SELECT 'a", "f:1: a quote is not closed"), ("\nSELECT $$a", "f:2: a quote is not closed"),
        ("SELECT 1; /* a", "f:1: a comment is not closed"),
        ("SELECT 1;\nCommit", "f:2: COMMIT is no statement for a data file"),
        ("/* x */ rollback", "f:1: ROLLBACK is no statement for a data file"),
        ("COPY t FROM STDIN", "f:1: COPY is no statement for a data file"),
    ])
    func `what would go beyond the file is refused`(text: String, message: String) throws {
        let error = #expect(throws: LoadError.self) { try SQLScript.statements(of: text, file: "f") }
        #expect(error?.description == message)
    }

    private func withFile(_ text: String, _ body: (Load) throws -> Void) throws {
        let manifest = TemporaryAddons.manifest(depends: ["base"], "'data': ['zoo.xml', 'zoo.sql']")
        let cat = "<record id=\"cat\" model=\"zoo.species\"><field name=\"name\">Cat</field></record>"
        try withLoad(["zoo": manifest.merging(["zoo.xml": Park.file(cat), "zoo.sql": text]) { $1 }], body)
    }

    @Test func `statements see what was loaded before, in upgrades, too`() throws {
        try withFile("UPDATE zoo_species SET legs = COALESCE(legs, 0) + 2; -- once more\n") { load in
            let first = try load.install().record(externalID: "zoo.cat")
            #expect(try first?.integer("legs") == 2)
            let second = try load.upgrade().record(externalID: "zoo.cat")
            #expect(try second?.integer("legs") == 4)
        }
    }

    @Test func `a statement that fails is told by its line`() throws {
        try withFile("SELECT 1;\n\nUPDATE no_such_table SET x = 1;") { load in
            let error = #expect(throws: LoadError.self) {
                try load.transaction.savepoint { () throws in _ = try load.install() }
            }
            #expect(error?.description.hasPrefix("zoo/zoo.sql:3: ") == true, "\(String(describing: error))")
            #expect(error?.description.contains("no_such_table") == true)
        }
    }
}
