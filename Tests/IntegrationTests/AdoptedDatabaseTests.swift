import AddonLoader
import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import Services

/// A database of OpenERP's as clients meet it.
@Suite struct AdoptedDatabaseTests {
    /// A demo database as if OpenERP had made it: without what only Apus adds, and with an addon it does not have.
    private static func foreign(_ body: (ServerProcess, DemoDatabase) throws -> Void) throws {
        try DemoDatabase.own { database in
            try database.settings.transaction { transaction in
                let shadows = try transaction.rows(
                    "SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'")
                for name in shadows.texts(column: 0).compactMap(\.self) {
                    try transaction.rows("DROP TABLE \(table: name) CASCADE")
                }
                try transaction.execute(
                    script: """
                        DELETE FROM ir_config_parameter WHERE key = 'apus.origin';
                        ALTER TABLE crm_lead DROP COLUMN ref CASCADE;
                        UPDATE res_users SET password = login;
                        CREATE TABLE zoo_animal (id serial PRIMARY KEY, create_uid int, create_date timestamp,
                            write_uid int, write_date timestamp, name varchar(64) NOT NULL);
                        INSERT INTO zoo_animal (name) VALUES ('Marty');
                        INSERT INTO ir_model (model, name, state) VALUES ('zoo.animal', 'Animal', 'base');
                        INSERT INTO ir_model_fields (model_id, model, name, field_description, ttype, select_level,
                            selectable, state, relation, view_load)
                            SELECT id, model, 'name', 'Name', 'char', '0', true, 'base', '', false
                            FROM ir_model WHERE model = 'zoo.animal';
                        INSERT INTO ir_module_module (name, state, latest_version)
                            VALUES ('zoo', 'installed', '6.0.1.0');
                        """)
            }
            let process = try ServerProcess()
            defer { process.databases.shutdown() }
            try body(process, database)
        }
    }

    @Test func `it is not served before it is adopted, and told how`() throws {
        try Self.foreign { (process, database) throws in
            let fault = #expect(throws: Fault.self) { try process.call(database, "res.partner", "search", []) }
            #expect(fault?.code.plainText.contains("apus database adopt \(database.name)") == true)
            #expect(try process.databases.databasesToAdopt().contains(database.name))
            #expect(try process.databases.usualLogins(of: database.name) == [])
        }
    }

    @Test func `once adopted it is served, its passwords still open it and are hashed`() throws {
        try Self.foreign { process, database in
            let adoption = try process.databases.adopt(database.name) { _ in }
            #expect(adoption.schema.columns == ["crm_lead.ref"])
            try process.call(database, "crm.lead", "search", [["ref", "=", false]])
            try process.call(database, as: DemoDatabase.demoUser, password: "demo", "res.partner", "search", [])
            #expect(try !process.databases.databasesToAdopt().contains(database.name))
            #expect(try process.databases.adopt(database.name) { _ in }.isRepetition)
        }
    }

    @Test func `models of addons that are not there can be read by clients and not changed`() throws {
        try Self.foreign { process, database in
            _ = try process.databases.adopt(database.name) { _ in }
            let ids = try process.call(database, "zoo.animal", "search", [["name", "ilike", "mar"]])
            let rows = try process.call(database, "zoo.animal", "read", ids, ["name"])
            #expect(rows.list?.first?.dictionary?["name"] == "Marty")
            #expect(try process.call(database, "zoo.animal", "name_get", ids).list?.first?.list?.last == "Marty")
            let fields = try process.call(database, "zoo.animal", "fields_get")
            #expect(fields.dictionary?["name"]?.dictionary?["string"] == "Name")
            for (method, arguments) in [
                ("create", [["name": "Alex"]]), ("write", [ids, ["name": "Alex"]]), ("unlink", [ids]), ("copy", [1]),
            ] as [(String, [Value])] {
                let fault = #expect(throws: Fault.self, "\(method)") {
                    try process.call(
                        database, "zoo.animal", method, arguments[0], arguments.count > 1 ? arguments[1] : [:])
                }
                #expect(fault?.code.plainText.hasPrefix("warning -- Read Only") == true, "\(method)")
            }
        }
    }

    @Test func `a database in use is told to be`() throws {
        try Self.foreign { process, database in
            let connection = try Connection(database.settings)
            defer { connection.close() }
            try connection.execute(script: "BEGIN; LOCK TABLE crm_lead IN ACCESS SHARE MODE")
            let error = #expect(throws: ServiceError.self) {
                try process.databases.adopt(database.name, patience: 1) { _ in }
            }
            #expect(error == .failed("the database \(database.name) is in use: stop OpenERP and try again"))
        }
    }

    @Test func `a database that is not there cannot be adopted`() throws {
        let process = try ServerProcess()
        defer { process.databases.shutdown() }
        #expect(throws: ServiceError.failed("there is no database nowhere")) {
            try process.databases.adopt("nowhere") { _ in }
        }
    }
}
