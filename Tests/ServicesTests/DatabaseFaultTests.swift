import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

@testable import Services

@Suite struct DatabaseFaultTests {
    private static let subject = ModelDefinition.introducing("library.subject") { model in
        model.title = "Subject"
        model.fields = [.char("name", "Name", size: 32, required: true)]
        model.constraints = [.sql("name_uniq", "UNIQUE (name)", message: "There is such a subject already.")]
    }

    private static func registry() throws -> Registry {
        try Registry(addons: [AddonModels("library", definitions: [subject])], ports: OpenPorts.all)
    }

    private static func refusal(
        _ sqlState: String, _ message: String, constraint: String? = nil, table: String? = nil, detail: String? = nil
    ) -> PostgreSQLError {
        var server = ServerMessage(sqlState: sqlState, message: message, constraint: constraint)
        server.table = table
        server.detail = detail
        if let detail { server.fullText += "DETAIL:  \(detail)\n" }
        return .server(server, statement: "UPDATE library_subject SET name = $1")
    }

    private static let integrity = """
        warning -- Integrity Error

        The operation cannot be completed, probably due to the following:
        - deletion: you may be trying to delete a record while other records still reference it
        - creation/update: a mandatory field is not correctly set
        """

    @Test func `a constraint of a model is told by its message`() throws {
        let error = Self.refusal("23505", "duplicate key", constraint: "library_subject_name_uniq")
        let fault = FaultMapping(registry: try Self.registry()).fault(for: error)
        #expect(fault.code == "warning -- Constraint Error\n\nThere is such a subject already.")
    }

    @Test(arguments: ["23505", "23514", "23P01"])
    func `a constraint that no model knows is told by PostgreSQL's message`(_ sqlState: String) throws {
        let error = Self.refusal(
            sqlState, "new row violates it", constraint: "other", detail: "Key (name)=(x) already exists.")
        for registry in [nil, try Self.registry()] {
            #expect(
                FaultMapping(registry: registry).fault(for: error).code
                    == "warning -- Integrity Error\n\nnew row violates it\nDETAIL:  Key (name)=(x) already exists.\n")
        }
    }

    @Test func `a mandatory column without a value is told with model and table`() throws {
        let error = Self.refusal("23502", "null value", table: "library_subject")
        #expect(
            FaultMapping(registry: try Self.registry()).fault(for: error).code
                == .text(Self.integrity + "\n\n[object with reference: Subject - library.subject]"))
        #expect(
            FaultMapping(registry: nil).fault(for: error).code
                == .text(Self.integrity + "\n\n[object with reference: library_subject - library.subject]"))
    }

    @Test(
        arguments: [
            ("Key (id)=(1) is still referenced from table \"library_book\".", "library_book - library.book"),
            ("Key (subject_id)=(9) is not present in table \"library_subject\".", "Subject - library.subject"),
            (nil, "library_loan - library.loan"), ("a detail of another language", "library_loan - library.loan"),
            ("cut off in table \"library", "library_loan - library.loan"),
        ] as [(String?, String)])
    func `a broken reference is told with the table at its other end`(_ detail: String?, _ object: String) throws {
        let error = Self.refusal("23503", "violates foreign key", table: "library_loan", detail: detail)
        #expect(
            FaultMapping(registry: try Self.registry()).fault(for: error).code
                == .text(Self.integrity + "\n\n[object with reference: \(object)]"))
    }

    @Test(arguments: ["23001", "23502", "23503"])
    func `a broken reference without a table is told without one`(_ sqlState: String) {
        #expect(FaultMapping(registry: nil).fault(for: Self.refusal(sqlState, "x")).code == .text(Self.integrity))
    }

    @Test func `any other refusal is told whole, without the lines about parameters`() {
        var message = ServerMessage(sqlState: "42703", message: "column res_partner.zz does not exist")
        message.fullText = """
            column res_partner.zz does not exist
            LINE 1: SELECT zz
                           ^
            HINT:  Perhaps you meant another.
            CONTEXT:  unnamed portal parameter $1

            """
        let fault = FaultMapping(registry: nil).fault(for: PostgreSQLError.server(message, statement: "SELECT zz"))
        #expect(
            fault.code
                == """
                column res_partner.zz does not exist
                LINE 1: SELECT zz
                               ^
                HINT:  Perhaps you meant another.

                """)
        #expect(fault.string.contains("\nProgrammingError: "))
    }

    @Test func `a database that is not there is told by libpq's text`() {
        let text = "FATAL:  database \"x\" does not exist\n"
        #expect(FaultMapping(registry: nil).fault(for: PostgreSQLError.connection(text)).code == .text(text))
    }

    @Test(
        arguments: [
            .connectionLost("gone\n", duringCommit: false), .transactionAborted, .nulByte(statement: "SELECT 1"),
            .poolExhausted(database: "demo", limit: 8, waitedSeconds: 30),
        ] as [PostgreSQLError])
    func `what else fails is told by its description`(_ error: PostgreSQLError) {
        let fault = FaultMapping(registry: nil).fault(for: error)
        #expect(fault.code == .text(error.description))
        #expect(fault.string.contains("\nOperationalError: "))
    }
}
