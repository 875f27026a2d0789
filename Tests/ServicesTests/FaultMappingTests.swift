import AddonLoader
import Domain
import Foundation
import Testing
import Values

@testable import ORM
@testable import Services

@Suite struct FaultMappingTests {
    private static func code(_ error: any Error) -> Value { FaultMapping(registry: nil).fault(for: error).code }

    // MARK: - The engine

    @Test(
        arguments: [
            (.unknownModel("no.model"), "warning -- Object Error\n\nObject no.model doesn't exist"),
            (.unknownMethod("fly", of: "res.partner"), "'res.partner' object has no attribute 'fly'"),
            (
                .privateMethod("_sql"),
                "warning -- Access Denied\n\nPrivate methods (such as _sql) cannot be called remotely."
            ),
            (.arguments("read() takes at least 4 arguments (3 given)"), "read() takes at least 4 arguments (3 given)"),
            (.unknownField("zz", of: "res.partner"), "column res_partner.zz does not exist\n"),
            (.missingKey("partner_id"), "partner_id"), (.badValue("invalid literal"), "invalid literal"),
            (
                .notInSelection(value: "poem", field: "kind"),
                "warning -- ValidateError\n\nThe value \"poem\" for the field \"kind\" is not in the selection"
            ),
            (
                .malformedOrder,
                "warning -- AccessError\n\nInvalid \"order\" specified. A valid \"order\" specification is a "
                    + "comma-separated list of valid field names (optionally followed by asc/desc for the direction)"
            ),
            (
                .recordGone(model: "res.partner", title: "Partner"),
                "warning -- AccessError\n\nOne of the records you are trying to modify has already been deleted "
                    + "(Document type: Partner)."
            ),
            (
                .copyOfMissing(id: 7, model: "res.partner"), "Record #7 of res.partner not found, cannot copy!"
            ),
            (
                .changedMeanwhile(title: "Partner", id: 7),
                "warning -- ConcurrencyException\n\nA document was modified since you last viewed it (Partner:7)"
            ),
            (
                .wrongKind(field: "name", of: "res.partner", asked: "a number"),
                "field name of res.partner does not hold a number"
            ),
            (
                .definition(addon: "crm", model: "crm.case", reason: "two names"),
                "addon crm, model crm.case: two names"
            ),
        ] as [(ORMError, String)])
    func `what the engine refuses is told in the original's words`(_ error: ORMError, _ code: String) {
        #expect(Self.code(error) == .text(code))
    }

    @Test(
        arguments: [
            (.malformed("[('a',)]"), "Bad domain expression: [('a',)]"), (.tooFewOperands, "pop from empty list"),
            (.notAList("x"), "'str' object has no attribute 'insert'"), (.unsupported("no operator"), "no operator"),
            (.badValue("invalid literal"), "invalid literal"),
        ] as [(DomainError, String)])
    func `what is wrong with a domain is told by its text`(_ error: DomainError, _ code: String) {
        let fault = FaultMapping(registry: nil).fault(for: error)
        #expect(fault.code == .text(code))
        #expect(fault.string.contains("\nValueError: "))
    }

    // MARK: - Refusals

    @Test(arguments: [
        (AccessMode.read, "You can not read this document"), (.write, "You can not write in this document"),
        (.create, "You can not create this document"), (.unlink, "You can not delete this document"),
    ])
    func `a missing right on a model names who has it`(_ mode: AccessMode, _ start: String) {
        let error = ModelAccessDenied(mode, on: "ir.cron", groups: ["Admin / Access", "Sales / User"])
        #expect(
            Self.code(error)
                == .text(
                    "warning -- AccessError\n\n\(start) (ir.cron) ! Be sure your user belongs to one of these groups: "
                        + "Admin / Access, Sales / User."))
        let nobody = ModelAccessDenied(mode, on: "ir.cron", groups: [])
        #expect(
            Self.code(nobody)
                == .text(
                    "warning -- AccessError\n\n\(start) (ir.cron) ! Be sure your user belongs to one of these groups: /."
                ))
    }

    @Test func `a refusal of business code is a box`() {
        #expect(
            Self.code(UserError("Error !", "A won lead needs a partner."))
                == .text(
                    "warning -- Error !\n\nA won lead needs a partner."))
    }

    @Test func `a wrong password is told without a story`() {
        #expect(FaultMapping(registry: nil).fault(for: AccessDenied()) == Fault(code: "AccessDenied", string: "\n"))
    }

    @Test func `broken rules are told one a line`() {
        let failure = ValidationFailure(failures: [
            .init(fields: ["date_from", "date_to"], message: "The end lies before the start."),
            .init(fields: ["parent_id"], message: "No circles."),
        ])
        #expect(
            Self.code(failure)
                == .text(
                    "warning -- ValidateError\n\n"
                        + "Error occurred while validating the field(s) date_from,date_to: The end lies before the start.\n"
                        + "Error occurred while validating the field(s) parent_id: No circles."))
    }

    // MARK: - Services

    @Test(
        arguments: [
            (.unknownMethod(service: "db", method: "fly"), "Method not found: fly"),
            (.unknownMethod(service: "common", method: "fly"), "Method not found: fly"),
            (.unknownMethod(service: "object", method: "fly"), "Method not available fly"),
            (
                .unknownMethod(service: "object", method: "obj_list"),
                "obj_list has been discontinued via RPC as of 6.0, please query ir.model directly!"
            ),
            (.tooFewParameters(service: "db", given: 0), "tuple index out of range"),
            (.tooFewParameters(service: "object", given: 2), "need more than 2 values to unpack"),
            (
                .tooFewParameters(service: "object", given: 4), "execute() takes at least 5 arguments (4 given)"
            ),
            (.wrongSuperPassword, "AccessDenied: Invalid super administrator password."),
            (.tooManyGuesses, "Too many wrong passwords: wait for the answer, then try again."),
            (.listingForbidden, "AccessDenied"), (.databaseExists("demo"), "database \"demo\" already exists\n"),
            (.badDatabaseName("too long"), "too long"),
            (
                .databaseNotReady("demo"),
                "warning -- Database not ready\n\n"
                    + "Currently, this database is not fully loaded and can not be used."
            ),
            (.unknownJob(7), "7"), (.failed("Couldn't restore database"), "Couldn't restore database"),
            (
                .dumpTooLarge(database: "demo", size: (256 << 20) + 1, limit: 256 << 20),
                "Couldn't dump database: its dump of 257 MB is larger than the 256 MB that an answer may have. "
                    + "Have it written to a file on the server: apus database dump demo FILE"
            ),
            (.overloaded, "The server is busy: try again in a moment."),
        ] as [(ServiceError, String)])
    func `what the services refuse is told in the original's words`(_ error: ServiceError, _ code: String) {
        #expect(Self.code(error) == .text(code))
    }

    @Test func `a wrong super-administrator's password is told without a story`() {
        #expect(FaultMapping(registry: nil).fault(for: ServiceError.wrongSuperPassword).string == "\n")
    }

    // MARK: - Others

    @Test func `a fault passes as it is`() {
        let fault = Fault(code: 1, string: "as it is")
        #expect(FaultMapping(registry: nil).fault(for: fault) == fault)
    }

    @Test func `errors of the system keep their paths to themselves`() throws {
        let error = #expect(throws: (any Error).self) {
            try Data(contentsOf: URL(fileURLWithPath: "/nonexistent/secret"))
        }
        #expect(Self.code(try #require(error)) == "The server met an error that nobody foresaw.")
        #expect(Self.code(POSIXError(.ENOENT)) == "The server met an error that nobody foresaw.")
    }

    @Test func `any other error is told by its description`() {
        struct Named: Error, CustomStringConvertible { let description = "a sentence" }
        struct Plain: Error {}
        #expect(Self.code(Named()) == "a sentence")
        #expect(Self.code(Plain()) == "The server met an error that nobody foresaw.")
        let place = SourcePlace(file: "crm/views/lead.xml", line: 42)
        #expect(Self.code(LoadError.malformed("no end", at: place)) == "crm/views/lead.xml:42: no end")
    }
}
