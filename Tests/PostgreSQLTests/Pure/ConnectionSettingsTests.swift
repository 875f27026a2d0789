import Testing

@testable import PostgreSQL

@Suite struct ConnectionSettingsTests {
    @Test(arguments: [
        ("host=db port=5433 user=openerp password=secret", "host=db port=5433 user=openerp"),
        ("postgresql://openerp:secret@db:5433/crm", "dbname=crm host=db port=5433 user=openerp"),
        ("", ""),
    ])
    func `both spellings are read and passwords are not shown`(_ conninfo: String, _ expected: String) throws {
        #expect(try ConnectionSettings(conninfo).description == expected)
    }

    @Test(arguments: ["hots=db", "host", "postgresql://[", "host=a\0b"])
    func `what libpq cannot read is an error`(_ conninfo: String) {
        #expect(throws: PostgreSQLError.self) { try ConnectionSettings(conninfo) }
    }

    @Test func `another database leaves the rest alone`() throws {
        let settings = try ConnectionSettings("host=db dbname=one")
        #expect(settings.database("two").description == "dbname=two host=db")
        #expect(settings.databaseName == "one")
    }

    @Test func `programs get the settings as variables`() throws {
        let variables = try ConnectionSettings("host=db user=openerp password=secret dbname=crm").environment()
        #expect(variables == ["PGHOST": "db", "PGUSER": "openerp", "PGPASSWORD": "secret"])
    }
}
